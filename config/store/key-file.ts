import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
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
export function readKeyFile(folder: string): MasterKey[] | undefined {
  const text = readText(folder);
  return text === undefined ? undefined : parseMasterKeys(text, `The key file ${join(folder, KEY_FILE)}`);
}

function readText(folder: string): string | undefined {
  const file = join(folder, KEY_FILE);
  try {
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) throw readableByOthers(file, mode);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error instanceof ConfigurationError ? error : unusable(file, error);
  }
}

function readableByOthers(file: string, mode: number): ConfigurationError {
  return new ConfigurationError(
    'SETTINGS_INVALID',
    `The key file ${file} can be read by other users (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${file}`,
  );
}

/**
 * Makes a key file with one new key and mode 0600. When another process makes one at the same time, the first stays and both
 * use it.
 */
export async function createKeyFile(folder: string): Promise<MasterKey[]> {
  const file = join(folder, KEY_FILE);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = await writeDraft(file, [newKeyLine()]);
    // A link appears whole or not at all, and never replaces a file.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await unlink(draft);
  } catch (error) {
    throw unusable(file, error);
  }
  const keys = readKeyFile(folder);
  if (keys === undefined) throw unusable(file, new Error('it was removed again'));
  return keys;
}

/**
 * Puts a new key in front of those of the key file that are still needed. The file changes whole or not at all; its readers find
 * the former keys or these.
 *
 * @param needed the ids of the keys to keep
 */
export async function addToKeyFile(folder: string, needed: ReadonlySet<string>): Promise<void> {
  const file = join(folder, KEY_FILE);
  const kept = (readKeyFile(folder) ?? []).filter(({ id }) => needed.has(id));
  try {
    const draft = await writeDraft(file, [newKeyLine(), ...kept.map(({ id, key }) => `${id}:${key.reveal()}`)]);
    await rename(draft, file);
  } catch (error) {
    throw unusable(file, error);
  }
}

const newKeyLine = (): string => `key-${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;

/** A file beside the key file, whole and on the disk. @returns its name */
async function writeDraft(file: string, keys: readonly string[]): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const lines = [
    '# The master keys of the secrets in the store, newest first. Without them they cannot be read: keep a copy in a safe place.',
    ...keys,
    '',
  ];
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(lines.join('\n'));
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
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
