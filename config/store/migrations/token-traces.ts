import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';

/** The records of token flows; and a way to find tokens by their state. */
export class TokenTraces1764300000000 implements MigrationInterface {
  readonly name = 'TokenTraces1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.dataSource.options.type === 'postgres' ? { collation: 'C' } : {};
    await runner.createTable(
      new Table({
        name: 'token_traces',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          ...['resource', 'credential', 'trace'].map((name) => ({ name, type: 'text', ...collation })),
        ],
        indices: [{ name: 'token_traces_whose', columnNames: ['resource', 'credential', 'id'] }],
      }),
    );
    await runner.createIndex('tokens', new TableIndex({ name: 'tokens_state', columnNames: ['state'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('tokens', 'tokens_state');
    await runner.dropTable('token_traces');
  }
}
