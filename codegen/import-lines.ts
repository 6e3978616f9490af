import { clientNames } from './identifiers.js';
import { LINE_WIDTH, textWidth } from './types/ts-type.js';

const fromClient: ReadonlySet<string> = new Set(clientNames);

/** Where each declared type is: identifier → path of its module in the library, without extension. */
export type Places = ReadonlyMap<string, string>;

/**
 * The import statements of a module.
 *
 * @param here the module's path, without extension
 * @param clientSpecifiers what the module itself needs of the client library, beside the types it refers to
 */
export function importLines(
  references: ReadonlySet<string>,
  here: string,
  places: Places,
  clientSpecifiers: readonly string[] = [],
): string[] {
  const client = [...clientSpecifiers];
  const shared: string[] = [];
  for (const name of references) {
    if (fromClient.has(name)) client.push(`type ${name}`);
    else if (places.get(name) !== here) shared.push(name);
  }
  const lines: string[] = [];
  if (client.length > 0) lines.push(importLine(client, 'smartwright/client'));
  if (shared.length > 0) {
    lines.push(
      importLine(
        shared.map((name) => `type ${name}`),
        here.includes('/') ? '../types.js' : './types.js',
      ),
    );
  }
  return lines;
}

/** One import statement, broken over lines where it is long and has several names. All-type imports become `import type`. */
export function importLine(specifiers: readonly string[], from: string): string {
  const typeOnly = specifiers.every((specifier) => specifier.startsWith('type '));
  const names = typeOnly ? specifiers.map((specifier) => specifier.slice('type '.length)) : specifiers;
  const sorted = [...new Set(names)].sort(byName);
  const start = typeOnly ? 'import type {' : 'import {';
  const line = `${start} ${sorted.join(', ')} } from '${from}';`;
  if (textWidth(line) <= LINE_WIDTH || sorted.length === 1) return line;
  return `${start}\n${sorted.map((specifier) => `  ${specifier},\n`).join('')}} from '${from}';`;
}

/** In alphabetical order, whatever the case; `type ` does not count. */
function byName(one: string, other: string): number {
  const a = one.replace(/^type /, '');
  const b = other.replace(/^type /, '');
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

/** By code units, so that the order is the same in every locale. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
