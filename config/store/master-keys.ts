import { ConfigurationError } from '../model/errors.js';
import { Secret } from '../model/secret.js';
import type { MasterKey } from '../model/settings.js';

const KEY_ID = /^[A-Za-z0-9._-]{1,64}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const KEY_BYTES = 32;

/**
 * Reads master keys: `id:base64` items, newest first, separated by commas or line ends; `#` begins a comment line.
 *
 * @param where what to name in an error, such as `SMARTWRIGHT_MASTER_KEY`
 * @throws ConfigurationError SETTINGS_INVALID; the message never has a part of a key
 */
export function parseMasterKeys(text: string, where: string): MasterKey[] {
  const items = text
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const fault = (message: string) => new ConfigurationError('SETTINGS_INVALID', `${where}: ${message}`);
  if (items.length === 0) throw fault('there is no master key; write id:base64, with 32 random bytes in base64');
  const keys = items.map((item, index) => {
    const at = item.indexOf(':');
    const id = item.slice(0, at);
    const key = item.slice(at + 1);
    if (at < 1 || !KEY_ID.test(id)) {
      throw fault(
        `item ${index + 1} is not of the form id:base64; an id has letters, digits, ".", "_" or "-". ` +
          'Make a key with: openssl rand -base64 32',
      );
    }
    const bytes = BASE64.test(key) ? Buffer.from(key, 'base64').length : 0;
    if (bytes !== KEY_BYTES) {
      throw fault(`key "${id}" must be 32 bytes in base64. Make one with: openssl rand -base64 32`);
    }
    return { id, key: new Secret(key) };
  });
  const twice = keys.find(({ id }, index) => keys.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw fault(`key "${twice.id}" is given twice`);
  return keys;
}
