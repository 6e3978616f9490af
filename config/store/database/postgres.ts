import { DataSource, type QueryRunner } from 'typeorm';
import { ConfigurationError, SmartwrightError } from '../../model/errors.js';
import type { Logger } from '../../model/logger.js';
import type { Secret } from '../../model/secret.js';
import { entities } from '../entities/index.js';
import { migrations } from '../migrations/index.js';
import { type Database, outermost, type Work } from './database.js';
import { closedStore, storeFailure } from './failure.js';
import { migrate } from './migrate.js';

const POOL_SIZE = 10;
/** Milliseconds to wait for a connection. */
const CONNECT_TIMEOUT = 5_000;
/** The advisory lock that two starting nodes take in turn: any number, the same in all releases. */
const MIGRATION_LOCK = 7_245_190_411;

/** Opens a PostgreSQL database over a pool of connections. */
export async function openPostgres(url: Secret, log: Logger): Promise<Database> {
  const database = new PostgresDatabase(url, log);
  await database.open();
  return database;
}

class PostgresDatabase implements Database {
  readonly #name: string;
  readonly #source: DataSource;
  #closing: Promise<void> | undefined;

  constructor(url: Secret, log: Logger) {
    this.#name = `The PostgreSQL database ${displayUrl(url)}`;
    this.#source = new DataSource({
      type: 'postgres',
      url: url.reveal(),
      entities,
      migrations,
      migrationsTableName: 'migrations',
      installExtensions: false,
      logging: false,
      poolSize: POOL_SIZE,
      connectTimeoutMS: CONNECT_TIMEOUT,
      applicationName: 'smartwright',
      poolErrorHandler: (error: unknown) =>
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'A database connection broke'),
    });
  }

  async open(): Promise<void> {
    try {
      await this.#source.initialize();
      await this.#transaction(async (runner) => {
        await runner.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
        await migrate(this.#source, runner);
      });
    } catch (error) {
      const failure = this.#failure(error);
      await this.close();
      throw failure;
    }
  }

  async read<T>(work: Work<T>): Promise<T> {
    if (this.#closing !== undefined) throw closedStore(this.#name);
    try {
      return await work(this.#source.manager);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async write<T>(work: Work<T>): Promise<T> {
    if (this.#closing !== undefined) throw closedStore(this.#name);
    try {
      return await outermost(this, () => this.#transaction((runner) => work(runner.manager)));
    } catch (error) {
      throw this.#failure(error);
    }
  }

  statement<T>(work: Work<T>): Promise<T> {
    return this.read(work);
  }

  close(): Promise<void> {
    this.#closing ??= this.#source.isInitialized ? this.#source.destroy() : Promise.resolve();
    return this.#closing;
  }

  async #transaction<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.#source.createQueryRunner();
    try {
      await runner.startTransaction();
      const result = await work(runner);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // On a broken connection this fails too; the first error is the one to report.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  #failure(error: unknown): unknown {
    if (this.#closing !== undefined && !(error instanceof SmartwrightError)) return closedStore(this.#name);
    return storeFailure(
      error,
      this.#name,
      'Check that the server runs and that SMARTWRIGHT_DATABASE_URL names it with the right user and password.',
    );
  }
}

/** Host, port and database, without user and password. */
function displayUrl(url: Secret): string {
  const text = url.reveal();
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new ConfigurationError(
      'SETTINGS_INVALID',
      'SMARTWRIGHT_DATABASE_URL is not a PostgreSQL URL; write it as postgres://user:password@host:5432/database.',
    );
  }
  const { hostname, port, pathname } = new URL(text);
  return `${decodeURIComponent(pathname.slice(1))} at ${hostname}:${port || '5432'}`;
}
