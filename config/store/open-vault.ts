import type { EntityManager } from 'typeorm';
import { ConfigurationError } from '../model/errors.js';
import type { MasterKey } from '../model/settings.js';
import { change } from './database/change.js';
import type { Database } from './database/database.js';
import { masterKeyEntity } from './entities/master-key.js';
import { createKeyFile, readKeyFile } from './key-file.js';
import { createVault, type Vault, type VaultRow } from './vault.js';

const PROOF = { proof: 'smartwright' };
const proofRow = (id: string): VaultRow => ({ table: 'master_keys', row: id });

/**
 * Makes the vault of a database and proves that the master keys are the ones that its secrets are sealed with.
 *
 * @param configured the operator's keys; absent: those of the key file in `folder`, which is made when the database has no
 *   secrets of another key yet
 * @throws ConfigurationError SETTINGS_INVALID when a key that the database uses is missing or has another value
 */
export async function openVault(
  database: Database,
  folder: string,
  configured: readonly MasterKey[] | undefined,
): Promise<Vault> {
  return change(database, async (manager) => {
    const known = await manager.find(masterKeyEntity);
    const masterKeys = configured ?? readKeyFile(folder) ?? (known.length === 0 ? await createKeyFile(folder) : []);
    const missing = known.find(({ id }) => !masterKeys.some((key) => key.id === id));
    if (missing !== undefined) throw missingKey(missing.id, folder);

    const vault = createVault(
      masterKeys,
      configured === undefined ? () => readKeyFile(folder) ?? masterKeys : undefined,
    );
    for (const key of masterKeys) {
      const stored = known.find(({ id }) => id === key.id);
      if (stored !== undefined) prove(createVault([key]), stored.id, stored.proof);
    }
    // Only a key that secrets are sealed with from now on becomes a key that the database needs.
    if (!known.some(({ id }) => id === vault.newestKey)) await addProof(manager, vault);
    return { changed: false, result: vault };
  });
}

/** Makes the newest key one that the database needs. */
export async function announceKey(manager: EntityManager, vault: Vault): Promise<void> {
  if (!(await manager.existsBy(masterKeyEntity, { id: vault.newestKey }))) await addProof(manager, vault);
}

async function addProof(manager: EntityManager, vault: Vault): Promise<void> {
  const id = vault.newestKey;
  await manager.insert(masterKeyEntity, { id, proof: vault.seal(proofRow(id), PROOF) });
}

function prove(vault: Vault, id: string, proof: string): void {
  try {
    vault.open(proofRow(id), proof);
  } catch (cause) {
    throw new ConfigurationError(
      'SETTINGS_INVALID',
      `Master key "${id}" is not the key of that name that this database was sealed with. Configure the former one; a new key ` +
        'needs a new id.',
      { cause },
    );
  }
}

function missingKey(id: string, folder: string): ConfigurationError {
  return new ConfigurationError(
    'SETTINGS_INVALID',
    `This database has secrets sealed with master key "${id}", which is not configured. Put it into SMARTWRIGHT_MASTER_KEY, the ` +
      `same on all nodes, or restore the key file in ${folder}.`,
  );
}
