import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { SmartwrightError } from '../../model/errors.js';
import { entities } from '../entities/index.js';
import { migrations } from '../migrations/index.js';
import { type Database, outermost, type Work } from './database.js';
import { closedStore, isBusy, storeFailure } from './failure.js';
import { migrate } from './migrate.js';
import { Mutex } from './mutex.js';

/** How long the driver waits for another process's lock, milliseconds. It does not yield meanwhile, so it is short. */
const BUSY_TIMEOUT = 20;
/** How long a read or transaction waits for another process's lock in all, milliseconds; it yields meanwhile. */
const LOCK_TIMEOUT = 20_000;
const LOCK_POLL = 20;

/**
 * Opens a SQLite database, made when missing with mode 0600, in WAL mode.
 *
 * It uses two connections. One connection is one transaction: statements of two tasks on it would share a transaction and
 * its rollback. So a single writing connection lets transactions through one at a time (`Mutex` between tasks, `BEGIN
 * IMMEDIATE` between processes), and a reading connection, outside of any transaction, always sees what is committed.
 */
export async function openSqlite(file: string): Promise<Database> {
  const database = new SqliteDatabase(file);
  await database.open();
  return database;
}

class SqliteDatabase implements Database {
  readonly #file: string;
  readonly #writer: DataSource;
  readonly #reader: DataSource;
  readonly #mutex = new Mutex();
  #closing: Promise<void> | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#writer = connection(file);
    this.#reader = connection(file);
  }

  async open(): Promise<void> {
    try {
      await createPrivateFile(this.#file);
      await untilFree(() => this.#writer.initialize());
      await this.write(() => migrate(this.#writer, this.#writer.createQueryRunner()));
      await untilFree(() => this.#reader.initialize());
    } catch (error) {
      const failure = this.#failure(error);
      await this.close();
      throw failure;
    }
  }

  async read<T>(work: Work<T>): Promise<T> {
    if (this.#closing !== undefined) throw closedStore(this.#name);
    try {
      return await untilFree(() => work(this.#reader.manager));
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async write<T>(work: Work<T>): Promise<T> {
    if (this.#closing !== undefined) throw closedStore(this.#name);
    try {
      return await outermost(this, () => this.#mutex.run(() => this.#transaction(work)));
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async statement<T>(work: Work<T>): Promise<T> {
    if (this.#closing !== undefined) throw closedStore(this.#name);
    try {
      return await outermost(this, () => this.#mutex.run(() => untilFree(() => work(this.#writer.manager))));
    } catch (error) {
      throw this.#failure(error);
    }
  }

  close(): Promise<void> {
    // Transactions under way end first.
    this.#closing ??= this.#mutex.run(async () => {
      for (const source of [this.#reader, this.#writer]) if (source.isInitialized) await source.destroy();
    });
    return this.#closing;
  }

  async #transaction<T>(work: Work<T>): Promise<T> {
    await untilFree(() => this.#writer.query('BEGIN IMMEDIATE'));
    try {
      const result = await work(this.#writer.manager);
      await this.#writer.query('COMMIT');
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself, then this statement fails; the first error is the one to report.
      await this.#writer.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  get #name(): string {
    return `The SQLite database ${this.#file}`;
  }

  #failure(error: unknown): unknown {
    if (this.#closing !== undefined && !(error instanceof SmartwrightError)) return closedStore(this.#name);
    return storeFailure(error, this.#name, 'Check that its folder exists and can be written.');
  }
}

interface SqlitePragmas {
  pragma(source: string): unknown;
}

function connection(file: string): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    database: file,
    timeout: BUSY_TIMEOUT,
    entities,
    migrations,
    migrationsTableName: 'migrations',
    logging: false,
    prepareDatabase: (database: SqlitePragmas) => {
      database.pragma('journal_mode = WAL');
      // A rotated refresh token must outlive a power cut, so each commit is synced.
      database.pragma('synchronous = FULL');
    },
  });
}

/** The file holds hashes and sealed secrets: nobody else reads it. SQLite gives its -wal and -shm files the same mode. */
async function createPrivateFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, 'a', 0o600)).close();
  await chmod(file, 0o600);
}

async function untilFree<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + LOCK_TIMEOUT; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      await sleep(LOCK_POLL);
    }
  }
}
