import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** The descriptions that instances had, and the steps of SmartObjects' methods that lead to other instances. */
export class DescriptionVersions1764400000000 implements MigrationInterface {
  readonly name = 'DescriptionVersions1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.dataSource.options.type === 'postgres' ? { collation: 'C' } : {};
    const text = (name: string, isPrimary = false) => ({ name, type: 'text', isPrimary, ...collation });
    await runner.createTable(
      new Table({
        name: 'description_versions',
        columns: [
          text('instance', true),
          { name: 'version', type: 'integer', isPrimary: true },
          ...['description', 'head', 'changes', 'archive'].map((name) => text(name)),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'smart_steps',
        columns: [
          text('object_name', true),
          text('method', true),
          { name: 'position', type: 'integer', isPrimary: true },
          ...['owner', 'instance', 'service_object', 'service_method'].map((name) => text(name)),
        ],
        indices: ['owner', 'instance'].map((column) => ({ name: `smart_steps_${column}`, columnNames: [column] })),
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('smart_steps');
    await runner.dropTable('description_versions');
  }
}
