import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPackageFile } from '../../../config/model/package-file.js';

/** How an asset travels: as it is, or compressed when it was built. RFC 9110 §8.4.1. */
export type Encoding = 'identity' | 'br' | 'gzip';

const suffixes: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz', identity: '' };

const mediaTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

export interface Asset {
  readonly mediaType: string;
  readonly encoding: Encoding;
  readonly content: Buffer;
}

const loaded = new Map<string, Buffer>();

/** A built file; each is read once. What there is not is not remembered: anybody may ask for anything. */
function read(file: string): Buffer | undefined {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const path = join(findPackageFile('package.json'), '..', 'dist/console', file);
  if (!existsSync(path)) return undefined;
  const content = readFileSync(path);
  loaded.set(file, content);
  return content;
}

/** The page that every address of the console gets; undefined when the console was not built. */
export const consolePage = (): Buffer | undefined => read('index.html');

/**
 * A file that the page loads, in the best form that the browser takes.
 *
 * @param name as the build named it, `index-B1c3.js`
 * @param accepted the `Accept-Encoding` header
 */
export function consoleAsset(name: string, accepted = ''): Asset | undefined {
  const mediaType = mediaTypes[/^[\w-]+(?:\.[\w-]+)*\.(\w+)$/.exec(name)?.[1] ?? ''];
  if (mediaType === undefined || read(`assets/${name}`) === undefined) return undefined;
  for (const encoding of ['br', 'gzip', 'identity'] as const) {
    if (encoding !== 'identity' && !new RegExp(`\\b${encoding}\\b(?!;q=0)`).test(accepted)) continue;
    const content = read(`assets/${name}${suffixes[encoding]}`);
    if (content !== undefined) return { mediaType, encoding, content };
  }
  return undefined;
}
