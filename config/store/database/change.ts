import type { EntityManager } from 'typeorm';
import { type Counter, counters, type RevisionRow, revisionEntity } from '../entities/revision.js';
import type { Database } from './database.js';

/** What a change reports: whether anything was written, and its result. */
export interface Change<T> {
  readonly changed: boolean;
  readonly result: T;
}

/**
 * Runs one change of what a counter counts. It holds the counter's row lock from its first statement, so that changes of all nodes
 * happen one after another and see each other whole; then the counter grows in the same transaction.
 *
 * @param work gets the value that the counter has once the change is committed
 */
export function change<T>(
  database: Database,
  work: (manager: EntityManager, revision: number) => Promise<Change<T>>,
  counter: Counter = 'configuration',
): Promise<T> {
  return database.write(async (manager) => {
    const next = (await lockRevision(manager, counter)) + 1;
    const { changed, result } = await work(manager, next);
    if (changed) await manager.update(revisionEntity, { id: counters[counter] }, { value: next });
    return result;
  });
}

/** Waits for the changes under way. On SQLite the transaction itself is the lock. @returns the counter's value */
async function lockRevision(manager: EntityManager, counter: Counter): Promise<number> {
  if (manager.dataSource.options.type !== 'postgres') return readRevision(manager, counter);
  const where = { id: counters[counter] };
  const row = await manager.findOne(revisionEntity, { where, lock: { mode: 'pessimistic_write' } });
  return row?.value ?? 0;
}

export async function readRevision(manager: EntityManager, counter: Counter = 'configuration'): Promise<number> {
  const row: RevisionRow | null = await manager.findOneBy(revisionEntity, { id: counters[counter] });
  return row?.value ?? 0;
}

const ATTEMPTS = 3;

/**
 * Reads with several statements as if with one: when a change was committed meanwhile it reads again, and at last with
 * changes locked out.
 */
export async function consistently<T>(database: Database, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [before, result, after] = await database.read(async (manager) => [
      await readRevision(manager),
      await work(manager),
      await readRevision(manager),
    ]);
    if (before === after) return result;
  }
  return database.write(async (manager) => {
    await lockRevision(manager, 'configuration');
    return work(manager);
  });
}
