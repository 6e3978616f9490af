import { join } from 'node:path';
import type { Logger } from '../model/logger.js';
import type { Settings } from '../model/settings.js';
import type { Database } from './database/database.js';
import { openPostgres } from './database/postgres.js';
import { openSqlite } from './database/sqlite.js';
import { databaseStore } from './database-store.js';
import type { SecretKeys } from './documents/repositories.js';
import { openVault } from './open-vault.js';
import { type Rotated, rotateMasterKey } from './rotate.js';
import type { Store } from './store.js';
import { forgetAbsentTokens } from './tokens/absent.js';

/** The SQLite file's name in the data folder. */
export const DATABASE_FILE = 'smartwright.sqlite';

export interface OpenStoreOptions {
  /** The system names of the secret service keys of a service type; default: none are secret. */
  readonly secretKeys?: SecretKeys;
}

/** A store with what an operator does to it. */
export interface OpenedStore extends Store {
  /** Wraps all secrets with the newest master key, made when need be, while others work on. See `rotateMasterKey`. */
  rotateMasterKey(): Promise<Rotated>;
}

/**
 * Opens the store: PostgreSQL when `databaseUrl` is given, else SQLite in the data folder. Brings the schema up to date; any
 * number of processes may do so at once.
 *
 * @throws RuntimeError STORE_UNAVAILABLE when the database cannot be reached or opened
 * @throws ConfigurationError SETTINGS_INVALID when a master key is missing, malformed or another one
 */
export async function openStore(
  settings: Pick<Settings, 'data' | 'databaseUrl' | 'masterKeys'>,
  log: Logger,
  options: OpenStoreOptions = {},
): Promise<OpenedStore> {
  const { data, databaseUrl, masterKeys } = settings;
  const database = await (databaseUrl === undefined
    ? openSqlite(join(data, DATABASE_FILE))
    : openPostgres(databaseUrl, log));
  try {
    return await prepare(database);
  } catch (error) {
    await database.close();
    throw error;
  }

  async function prepare(opened: Database): Promise<OpenedStore> {
    const vault = await openVault(opened, data, masterKeys);
    await opened.write((manager) => forgetAbsentTokens(manager, new Date()));
    const { secretKeys = () => [] } = options;
    return {
      ...databaseStore({ database: opened, vault, secretKeys }),
      rotateMasterKey: () =>
        rotateMasterKey(opened, vault, {
          keyFolder: masterKeys === undefined ? data : undefined,
          shared: databaseUrl !== undefined,
        }),
    };
  }
}
