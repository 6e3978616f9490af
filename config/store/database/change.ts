import type { EntityManager } from 'typeorm';
import { REVISION_ID, type RevisionRow, revisionEntity } from '../entities/revision.js';
import type { Database } from './database.js';

/** What a change reports: whether anything was written, and its result. */
export interface Change<T> {
  readonly changed: boolean;
  readonly result: T;
}

/**
 * Runs one change of what the revision counts. It holds the revision's row lock from its first statement, so that changes of
 * all nodes happen one after another and see each other whole; then the revision grows in the same transaction.
 */
export function change<T>(database: Database, work: (manager: EntityManager) => Promise<Change<T>>): Promise<T> {
  return database.write(async (manager) => {
    await lockRevision(manager);
    const { changed, result } = await work(manager);
    if (changed) await manager.increment(revisionEntity, { id: REVISION_ID }, 'value', 1);
    return result;
  });
}

/** Waits for the changes under way. On SQLite the transaction itself is the lock. */
async function lockRevision(manager: EntityManager): Promise<void> {
  if (manager.dataSource.options.type !== 'postgres') return;
  await manager.findOne(revisionEntity, { where: { id: REVISION_ID }, lock: { mode: 'pessimistic_write' } });
}

export async function readRevision(manager: EntityManager): Promise<number> {
  const row: RevisionRow | null = await manager.findOneBy(revisionEntity, { id: REVISION_ID });
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
    await lockRevision(manager);
    return work(manager);
  });
}
