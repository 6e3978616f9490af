import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../../config/model/errors.js';
import { camelCase, pascalCase, toDisplayName, words } from '../../config/model/names.js';
import { findPackageFile } from '../../config/model/package-file.js';

export interface Scaffold {
  /** The service type's system name. */
  readonly type: string;
  /** Written, relative to the folder. */
  readonly files: readonly string[];
}

/**
 * Writes a broker's package from the template.
 * @param name the service type; default: the folder's name without a `-broker` at its end
 * @throws ConfigurationError when the folder holds something already
 */
export async function scaffoldBroker(folder: string, name?: string): Promise<Scaffold> {
  const target = resolve(folder);
  await refuseUsed(target, folder);
  const type = camelCase(name ?? (basename(target).replace(/[-_]?broker$/i, '') || 'service'));
  const values: Readonly<Record<string, string>> = {
    type,
    className: pascalCase(type),
    displayName: toDisplayName(type),
    packageName: `${words(type).join('-').toLowerCase()}-broker`,
    version: await ownVersion(),
  };
  const template = findPackageFile(join('brokers', '_template'));
  const files = (await readdir(template, { recursive: true })).filter((path) => path.endsWith('.tmpl')).sort();
  const written = files.map((path) => path.slice(0, -'.tmpl'.length));
  for (const [index, path] of files.entries()) {
    const text = await readFile(join(template, path), 'utf8');
    const place = join(target, written[index] ?? path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(
      place,
      text.replace(/__(\w+?)__/g, (mark, key: string) => values[key] ?? mark),
      { flag: 'wx' },
    );
  }
  return { type, files: written };
}

async function refuseUsed(target: string, folder: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new ConfigurationError('DOCUMENT_INVALID', `${folder} cannot be used: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  if (names.length === 0) return;
  const message = `${folder} is not empty: it holds ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}. Name a new folder.`;
  throw new ConfigurationError('DOCUMENT_INVALID', message);
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(findPackageFile('package.json'), 'utf8')) as { version: string };
  return version;
}
