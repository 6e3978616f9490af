import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';

/** The recent calls of methods; and the audit in the order in which it is read. */
export class Calls1764700000000 implements MigrationInterface {
  readonly name = 'Calls1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    const postgres = runner.dataSource.options.type === 'postgres';
    const collation = postgres ? { collation: 'C' } : {};
    await runner.createTable(
      new Table({
        name: 'calls',
        columns: [
          {
            name: 'id',
            // SQLite counts up in its own 64-bit integer only.
            type: postgres ? 'bigint' : 'integer',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          { name: 'at', type: 'bigint' },
          ...['object_name', 'method', 'instance', 'actor', 'credential'].map((name) => ({
            ...{ name, type: 'text', ...collation },
          })),
          { name: 'status', type: 'integer' },
          { name: 'code', type: 'text', isNullable: true, ...collation },
          { name: 'ms', type: 'integer' },
        ],
        indices: [
          { name: 'calls_instance', columnNames: ['instance', 'id'] },
          { name: 'calls_object', columnNames: ['object_name', 'id'] },
          { name: 'calls_at', columnNames: ['at'] },
        ],
      }),
    );
    await runner.createIndex('audit', new TableIndex({ name: 'audit_order', columnNames: ['at', 'id'] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit', 'audit_order');
    await runner.dropTable('calls');
  }
}
