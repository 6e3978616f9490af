import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { insertAll } from '../bulk.js';
import { smartMethodEntity, smartMethodEntryEntity, smartObjectEntity } from '../entities/smart-object.js';
import { methodEntryRows, methodOf, summaryOf } from '../smart-objects/rows.js';

/** What a search over methods reads, filled from the SmartObjects that are there. */
export class SmartMethodEntries1764800000000 implements MigrationInterface {
  readonly name = 'SmartMethodEntries1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.dataSource.options.type === 'postgres' ? { collation: 'C' } : {};
    const text = (name: string, isPrimary = false) => ({ name, type: 'text', isPrimary, ...collation });
    await runner.createTable(
      new Table({
        name: 'smart_method_entries',
        columns: [
          text('object_name', true),
          { name: 'position', type: 'integer', isPrimary: true },
          ...['instance', 'category', 'kind', 'search', 'entry'].map((name) => text(name)),
        ],
        indices: ['instance', 'category', 'kind'].map((column) => ({
          name: `smart_method_entries_${column}`,
          columnNames: [column],
        })),
      }),
    );
    await fill(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('smart_method_entries');
  }
}

/** One object after another: all definitions together may be gigabytes. Columns are named, for later ones are not there yet. */
async function fill({ manager }: QueryRunner): Promise<void> {
  const objects = await manager.find(smartObjectEntity, { select: { name: true, instance: true, summary: true } });
  for (const object of objects) {
    const rows = await manager.find(smartMethodEntity, {
      select: { object: true, name: true, method: true },
      where: { object: object.name },
      order: { position: 'ASC' },
    });
    const { displayName, category } = summaryOf(object);
    const smartObject = { name: object.name, displayName, category, methods: rows.map(methodOf) };
    await insertAll(manager, smartMethodEntryEntity, methodEntryRows(object.instance, [smartObject]));
  }
}
