import { existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigurationError } from '../../config/model/errors.js';

/**
 * The absolute URL (`file:`, `http:` or `https:`) that the location of a descriptor stands for: a URL is taken as it is, anything
 * else is a path, relative to the working directory.
 *
 * @param key display name of the service key that holds the location, for messages
 * @throws ConfigurationError KEYS_INVALID for a URL of another kind
 */
export function descriptorUrl(location: string, key: string): string {
  const text = location.trim();
  if (text === '') throw new ConfigurationError('KEYS_INVALID', `${key} is empty; give a path or a URL.`);
  if (!/^[a-z][a-z\d+.-]+:/i.test(text)) return pathToFileURL(resolve(text)).href;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['http:', 'https:', 'file:'].includes(url.protocol)) {
    url.hash = '';
    return url.href;
  }
  throw new ConfigurationError(
    'KEYS_INVALID',
    `${key} "${text.slice(0, 200)}" is neither a path nor a file:, http: or https: URL.`,
  );
}

export const isLocal = (url: string): boolean => url.startsWith('file:');

/** How a location is shown to people: a path for a file; a URL without its user, password and query, which may hold secrets. */
export function displayLocation(url: string): string {
  if (isLocal(url)) {
    try {
      return fileURLToPath(url);
    } catch {
      return url;
    }
  }
  if (!URL.canParse(url)) return url;
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  return shown.href;
}

/**
 * The folder that a local descriptor's references must stay in: the root of the repository that holds it (the nearest folder
 * above with a `.git`), or else the descriptor's own folder.
 */
export function referenceRoot(descriptor: string): string {
  const own = dirname(fileURLToPath(descriptor));
  for (let folder = own; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return own;
  }
}

/** Whether a path is a folder or lies in it. Both must have their symbolic links resolved. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
