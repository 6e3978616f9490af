import type { EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';

/** Rows a statement. With the widest table here it stays below SQLite's 32,766 and PostgreSQL's 65,535 parameters. */
const CHUNK = 500;

/** Inserts rows in bulk. They may come from a generator, so that their texts need not all be in memory at once. */
export async function insertAll<R extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntitySchema<R>,
  rows: Iterable<R>,
): Promise<void> {
  const { tableName, columns } = manager.dataSource.getMetadata(entity);
  const { driver } = manager.dataSource;
  const names = columns.map((column) => driver.escape(column.databaseName)).join(', ');
  for (const chunk of chunks(rows, CHUNK)) {
    const parameters: unknown[] = [];
    const tuples = chunk.map((row) => {
      const places = columns.map((column) => {
        parameters.push(row[column.propertyName]);
        return driver.createParameter(column.propertyName, parameters.length - 1);
      });
      return `(${places.join(', ')})`;
    });
    // Written as one statement: the query builder copies each row several times, which counts with 22,000 of them.
    await manager.query(`INSERT INTO ${driver.escape(tableName)} (${names}) VALUES ${tuples.join(', ')}`, parameters);
  }
}

/** Splits into arrays of at most `size`. */
export function* chunks<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
