import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import { RuntimeError } from '../../model/errors.js';

export type Work<T> = (manager: EntityManager) => Promise<T>;

/** A database as the repositories see it: reads of committed data, and transactions. */
export interface Database {
  /** Reads what is committed. Several statements may see several states; see `consistently`. */
  read<T>(work: Work<T>): Promise<T>;
  /** Runs `work` in one transaction: all or nothing. */
  write<T>(work: Work<T>): Promise<T>;
  /** Runs a single statement that writes; it is its own transaction, which saves the trips for one around it. */
  statement<T>(work: Work<T>): Promise<T>;
  close(): Promise<void>;
}

/** The database as it looks from inside an open transaction: everything joins that transaction. */
export function joined(manager: EntityManager): Database {
  return {
    read: (work) => work(manager),
    write: (work) => work(manager),
    statement: (work) => work(manager),
    close: async () => undefined,
  };
}

/** The transaction that the running task is in. */
interface Scope {
  readonly database: Database;
  ended: boolean;
}

const scopes = new AsyncLocalStorage<Scope>();

/**
 * Runs a transaction so that a second one on the same database, begun inside it, fails at once: it would wait for the first
 * for ever.
 * @throws RuntimeError INTERNAL
 */
export async function outermost<T>(database: Database, run: () => Promise<T>): Promise<T> {
  const outer = scopes.getStore();
  if (outer?.database === database && !outer.ended) {
    throw new RuntimeError(
      'INTERNAL',
      'A transaction of this store is open already; within it use the store that it hands to its work, not the outer one.',
    );
  }
  const scope: Scope = { database, ended: false };
  try {
    return await scopes.run(scope, run);
  } finally {
    scope.ended = true;
  }
}
