import { type EntityManager, In } from 'typeorm';
import { ConfigurationError } from '../model/errors.js';
import { authorizationVaultRow } from './authorization-repository.js';
import type { Database } from './database/database.js';
import { type AuthorizationRow, authorizationEntity } from './entities/authorization.js';
import { type DocumentRow, documentEntity } from './entities/document.js';
import { masterKeyEntity } from './entities/master-key.js';
import { type TokenRow, tokenEntity } from './entities/token.js';
import { tokenVaultRow } from './tokens/token-row.js';
import type { Vault, VaultRow } from './vault.js';

export interface Rewrapped {
  /** Rows that were wrapped with an older master key. */
  readonly rows: number;
  /** Ids of the master keys that nothing is wrapped with any more: they can be taken out of the settings. */
  readonly retired: readonly string[];
  /** Rows that cannot be opened, such as `tokens user:alice crm`: they were changed, or their key is lost. */
  readonly unreadable: readonly string[];
}

/** Passes over all tables, for what an older key seals meanwhile. */
const PASSES = 5;
/** Rows a transaction: short, so that others hardly wait. */
const CHUNK = 100;

/** A table with sealed rows: its entity's name, what identifies a row, and the row as the vault knows it. */
interface SealedTable {
  readonly entity: string;
  readonly key: readonly string[];
  readonly vaultRow: (row: Readonly<Record<string, string>>) => VaultRow;
}

const tables: readonly SealedTable[] = [
  {
    entity: documentEntity.options.name,
    key: ['kind', 'name'] satisfies (keyof DocumentRow)[],
    vaultRow: ({ kind = '', name = '' }) => ({ table: kind, row: name }),
  },
  {
    entity: tokenEntity.options.name,
    key: ['credential', 'resource'] satisfies (keyof TokenRow)[],
    vaultRow: ({ credential = '', resource = '' }) => tokenVaultRow(credential, resource),
  },
  {
    entity: authorizationEntity.options.name,
    key: ['id'] satisfies (keyof AuthorizationRow)[],
    vaultRow: ({ id = '' }) => authorizationVaultRow(id),
  },
];

/**
 * Wraps every row's data key with the newest master key. It can be interrupted and repeated, and runs beside other work: a row that
 * changes meanwhile is left to that change, and another pass finds it if an older key sealed it. A row that cannot be opened is
 * told and stays as it is.
 */
export async function rewrapAll(database: Database, vault: Vault): Promise<Rewrapped> {
  let rows = 0;
  let unreadable: string[] = [];
  for (let pass = 0, found = 1; found > 0 && pass < PASSES; pass++) {
    const results = [];
    for (const table of tables) results.push(await rewrapTable(database, vault, table));
    found = results.reduce((sum, result) => sum + result.rows, 0);
    unreadable = results.flatMap((result) => result.unreadable);
    rows += found;
  }
  const used = await usedKeys(database);
  const retired = vault.keys.filter((id) => id !== vault.newestKey && !used.has(id));
  if (retired.length > 0) await database.write((manager) => manager.delete(masterKeyEntity, { id: In(retired) }));
  return { rows, retired, unreadable };
}

/** The ids of the master keys that rows are wrapped with. */
export async function usedKeys(database: Database): Promise<Set<string>> {
  const used = new Set<string>();
  for (const { entity } of tables) {
    const rows = await database.read((manager) =>
      manager
        .createQueryBuilder(entity, 'sealed')
        // The id stands first in an envelope, and is at most 64 characters.
        .select('DISTINCT substr(sealed.secrets, 1, 80)', 'head')
        .where('sealed.secrets IS NOT NULL')
        .getRawMany<{ readonly head: string }>(),
    );
    for (const { head } of rows) {
      const [, id] = /^\{"masterKey":"([^"]+)"/.exec(head) ?? [];
      if (id !== undefined) used.add(id);
    }
  }
  return used;
}

async function rewrapTable(database: Database, vault: Vault, table: SealedTable): Promise<Omit<Rewrapped, 'retired'>> {
  const { entity, key, vaultRow } = table;
  let rows = 0;
  const unreadable: string[] = [];
  for (let after: readonly string[] | undefined; ; ) {
    const chunk = await olderRows(database, table, vault.newestKey, after);
    const last = chunk.at(-1);
    if (last === undefined) return { rows, unreadable };
    after = key.map((column) => String(last[column]));
    rows += await database.write(async (manager) => {
      let written = 0;
      for (const row of chunk) {
        const where = Object.fromEntries(key.map((column) => [column, String(row[column])]));
        try {
          const rewrap = (sealed: string) => vault.rewrap(vaultRow(where), sealed);
          written += await replaceSecrets(manager, entity, where, String(row.secrets), rewrap);
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          unreadable.push(`${entity} ${Object.values(where).join(' ')}`);
        }
      }
      return written;
    });
  }
}

/** The next rows, in the order of their keys, that another master key than the newest has wrapped. */
async function olderRows(
  database: Database,
  { entity, key }: SealedTable,
  newest: string,
  after: readonly string[] | undefined,
): Promise<Record<string, unknown>[]> {
  const current = `{"masterKey":"${newest}"`;
  return database.read((manager) => {
    const columns = key.map((column) => `sealed.${column}`);
    const query = manager
      .createQueryBuilder<Record<string, unknown>>(entity, 'sealed')
      .select([...columns, 'sealed.secrets'])
      .where(`sealed.secrets IS NOT NULL AND substr(sealed.secrets, 1, ${current.length}) <> :current`, { current });
    if (after !== undefined) {
      const places = after.map((_, index) => `:after${index}`).join(', ');
      const values = Object.fromEntries(after.map((value, index) => [`after${index}`, value]));
      query.andWhere(`(${columns.join(', ')}) > (${places})`, values);
    }
    for (const column of columns) query.addOrderBy(column);
    return query.limit(CHUNK).getMany();
  });
}

/** Replaces a sealed text, unless the row was sealed anew meanwhile. */
async function replaceSecrets(
  manager: EntityManager,
  entity: string,
  where: Readonly<Record<string, string>>,
  sealed: string,
  rewrap: (sealed: string) => string | undefined,
): Promise<number> {
  const secrets = rewrap(sealed);
  if (secrets === undefined) return 0;
  const { affected } = await manager.update(entity, { ...where, secrets: sealed }, { secrets });
  return affected ?? 0;
}
