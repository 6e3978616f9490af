import { ConfigurationError } from '../model/errors.js';
import { change } from './database/change.js';
import type { Database } from './database/database.js';
import { addToKeyFile } from './key-file.js';
import { announceKey } from './open-vault.js';
import { type Rewrapped, rewrapAll, usedKeys } from './rewrap.js';
import type { Vault } from './vault.js';

export interface Rotated extends Rewrapped {
  /** The master key that everything is wrapped with now. */
  readonly masterKey: string;
  /** Whether it was made for this; false when a rotation that was interrupted has been brought to its end, or it was given. */
  readonly made: boolean;
}

/** Where the master keys come from. */
export interface KeyOrigin {
  /** The data folder, whose key file has them; undefined: the operator gives them. */
  readonly keyFolder: string | undefined;
  /** Whether other machines may work on the database. */
  readonly shared: boolean;
}

/**
 * Puts another master key to use. With a key file, one is made, unless there is one that not everything is wrapped with yet: then an
 * interrupted rotation goes on. Other processes on the folder take the new key up when they first meet it, so nothing is unreadable
 * at any moment; the former key stays in the file for what such a process seals until then. Keys that are older and that nothing is
 * wrapped with are dropped from it.
 *
 * @throws ConfigurationError SETTINGS_INVALID when there is no other key to rotate to and none can be made here
 */
export async function rotateMasterKey(
  database: Database,
  vault: Vault,
  { keyFolder, shared }: KeyOrigin,
): Promise<Rotated> {
  // Under the lock of all changes: two rotations at once would write over one another's key file.
  const made = await change(database, async (manager) => {
    vault.reload();
    const used = await usedKeys(database);
    const unfinished = [...used].some((id) => id !== vault.newestKey);
    const makes = !unfinished && keyFolder !== undefined && !shared;
    if (!unfinished && !makes && vault.keys.length === 1) throw noOtherKey();
    if (makes) {
      await addToKeyFile(keyFolder, new Set([...used, vault.newestKey]));
      vault.reload();
    }
    await announceKey(manager, vault);
    return { changed: false, result: makes };
  });
  return { ...(await rewrapAll(database, vault)), masterKey: vault.newestKey, made };
}

function noOtherKey(): ConfigurationError {
  return new ConfigurationError(
    'SETTINGS_INVALID',
    'There is one master key only, and other nodes must know a new one first. Put a new one before it, in SMARTWRIGHT_MASTER_KEY or ' +
      'the key file of every node, restart them, and run this again. Make one with: openssl rand -base64 32',
  );
}
