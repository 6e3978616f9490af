import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../config/model/logger.js';
import type { Settings } from '../../config/model/settings.js';
import { type OpenedStore, type OpenStoreOptions, openStore } from '../../config/store/index.js';
import type { Postgres } from './postgres.js';

/** One fresh database with a data folder of its own. */
export interface Place {
  readonly settings: Pick<Settings, 'data' | 'databaseUrl'>;
  /** Opens a store on it, as each node does. Closed by `remove`. */
  open(options?: OpenStoreOptions & Pick<Settings, 'masterKeys'>): Promise<OpenedStore>;
  /** All that the database holds, as raw as it can be had. */
  dump(): Promise<string>;
  /** What the stores have logged. */
  logged(): string;
  remove(): Promise<void>;
}

export async function sqlitePlace(): Promise<Place> {
  const data = await mkdtemp(join(tmpdir(), 'smartwright-store-'));
  return place(
    { data },
    {
      async dump() {
        const files = (await readdir(data)).filter((name) => name.startsWith('smartwright.sqlite'));
        return (await Promise.all(files.map((name) => readFile(join(data, name), 'latin1')))).join('');
      },
      drop: async () => undefined,
    },
  );
}

export async function postgresPlace(postgres: Postgres): Promise<Place> {
  const data = await mkdtemp(join(tmpdir(), 'smartwright-store-'));
  const database = await postgres.createDatabase();
  return place(
    { data, databaseUrl: database.url },
    {
      async dump() {
        const tables = await database.query(
          `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
        );
        const rows = await Promise.all(tables.map(({ table_name }) => database.query(`SELECT * FROM "${table_name}"`)));
        return JSON.stringify(rows);
      },
      drop: database.drop,
    },
  );
}

function place(settings: Place['settings'], raw: { dump(): Promise<string>; drop(): Promise<void> }): Place {
  const stores: OpenedStore[] = [];
  const lines: string[] = [];
  const write = (details: object, message: string) => void lines.push(`${message} ${JSON.stringify(details)}`);
  const log: Logger = { debug: write, info: write, warn: write, error: write };
  return {
    settings,
    async open({ masterKeys, ...options } = {}) {
      const store = await openStore({ ...settings, ...(masterKeys === undefined ? {} : { masterKeys }) }, log, options);
      stores.push(store);
      return store;
    },
    dump: raw.dump,
    logged: () => lines.join('\n'),
    async remove() {
      await Promise.all(stores.map((store) => store.close()));
      await raw.drop();
      await rm(settings.data, { recursive: true, force: true });
    },
  };
}
