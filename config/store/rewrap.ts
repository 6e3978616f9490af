import { type EntityManager, In } from 'typeorm';
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
}

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
 * Wraps every row's data key with the newest master key. It can be interrupted and repeated, and runs beside other work: a
 * row that changes meanwhile is left to that change, which seals with the newest key itself. Run it when all nodes have the
 * newest key.
 */
export async function rewrapAll(database: Database, vault: Vault): Promise<Rewrapped> {
  let rows = 0;
  for (const table of tables) rows += await rewrapTable(database, vault, table);
  const retired = vault.keys.filter((id) => id !== vault.newestKey);
  if (retired.length > 0) await database.write((manager) => manager.delete(masterKeyEntity, { id: In(retired) }));
  return { rows, retired };
}

async function rewrapTable(database: Database, vault: Vault, { entity, key, vaultRow }: SealedTable): Promise<number> {
  const rows = await database.read((manager) =>
    manager
      .createQueryBuilder(entity, 'sealed')
      .select([...key, 'secrets'].map((column) => `sealed.${column}`))
      .where('sealed.secrets IS NOT NULL')
      .getMany(),
  );
  let count = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK);
    count += await database.write(async (manager) => {
      let written = 0;
      for (const row of chunk) {
        const where = Object.fromEntries(key.map((column) => [column, String(row[column])]));
        written += await replaceSecrets(manager, entity, where, String(row.secrets), (sealed) =>
          vault.rewrap(vaultRow(where), sealed),
        );
      }
      return written;
    });
  }
  return count;
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
