import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../model/errors.js';
import type { MasterKey } from '../model/settings.js';
import { parseMasterKeys } from './master-keys.js';

/** The key file's name in the data folder. */
export const KEY_FILE = 'master.key';

/** Read or write for the group or others. */
const OTHERS = 0o077;

/**
 * Reads the master keys from the data folder's key file.
 * @returns undefined when there is none
 * @throws ConfigurationError SETTINGS_INVALID when it is malformed, or other users of the machine can read it
 */
export async function readKeyFile(folder: string): Promise<MasterKey[] | undefined> {
  const file = join(folder, KEY_FILE);
  const status = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unusable(file, error);
  });
  if (status === undefined) return undefined;
  if (process.platform !== 'win32' && (status.mode & OTHERS) !== 0) {
    const mode = (status.mode & 0o777).toString(8);
    throw new ConfigurationError(
      'SETTINGS_INVALID',
      `The key file ${file} can be read by other users (mode ${mode}). Run: chmod 600 ${file}`,
    );
  }
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unusable(file, error);
  });
  return parseMasterKeys(text, `The key file ${file}`);
}

/**
 * Makes a key file with one new key and mode 0600. When another process makes one at the same time, the first stays and both
 * use it.
 */
export async function createKeyFile(folder: string): Promise<MasterKey[]> {
  const file = join(folder, KEY_FILE);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const id = `key-${randomBytes(4).toString('hex')}`;
  const lines = [
    '# The master key of the secrets in the store. Without it they cannot be read: keep a copy in a safe place.',
    `${id}:${randomBytes(32).toString('base64')}`,
    '',
  ];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(lines.join('\n'));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link appears whole or not at all, and never replaces a file.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await unlink(draft);
  } catch (error) {
    throw unusable(file, error);
  }
  const keys = await readKeyFile(folder);
  if (keys === undefined) throw unusable(file, new Error('it was removed again'));
  return keys;
}

function unusable(file: string, cause: unknown): ConfigurationError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConfigurationError(
    'SETTINGS_INVALID',
    `The key file ${file} cannot be used: ${reason}. Check the data folder and its permissions, or give the keys in ` +
      'SMARTWRIGHT_MASTER_KEY.',
    { cause },
  );
}
