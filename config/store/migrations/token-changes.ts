import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

/** A counter of its own for tokens, so that nodes tell a token's end from a change of the configuration. */
export class TokenChanges1764100000000 implements MigrationInterface {
  readonly name = 'TokenChanges1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('tokens', new TableColumn({ name: 'changed', type: 'bigint', default: 0 }));
    await runner.createIndex('tokens', new TableIndex({ name: 'tokens_changed', columnNames: ['changed'] }));
    await runner.manager.insert('store_revision', { id: 2, value: 0 });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.manager.delete('store_revision', { id: 2 });
    await runner.dropIndex('tokens', 'tokens_changed');
    await runner.dropColumn('tokens', 'changed');
  }
}
