import { fileName } from './identifiers.js';
import { compare } from './import-lines.js';
import type { ObjectModule } from './layout.js';
import type { MethodsOfObject } from './object-module.js';
import { type Owner, SHARED } from './ownership.js';
import type { Declaration } from './types/declare.js';
import { referencesOf } from './types/print-declaration.js';

/** A declaration with the module that it stands in: its path in the library, without extension. */
export interface PlacedDeclaration {
  readonly path: string;
  readonly declaration: Declaration;
}

/** The types of a library beside those that only one method has. */
export interface LibraryTypes {
  readonly named: readonly Declaration[];
  /** Who uses a named type, by its identifier. */
  readonly ownerOf: ReadonlyMap<string, Owner | undefined>;
  /** The inline objects that go by their title. */
  readonly inline: readonly Declaration[];
}

/**
 * Puts each declaration into a module: what one SmartObject uses stands with it, what several use stands apart. The methods' own types
 * come first in each, then the others in the order of their names.
 */
export function placeTypes(
  modules: readonly ObjectModule[],
  methods: readonly MethodsOfObject[],
  { named, ownerOf, inline }: LibraryTypes,
): PlacedDeclaration[] {
  const inputs = methods.flatMap(({ declarations }, position) =>
    declarations.map((declaration) => ({ path: modules[position]?.path ?? '', declaration })),
  );
  const pathOf = new Map<unknown, string>(modules.map(({ object, path }) => [object, path]));
  const owned = named.map((declaration) => ({ path: pathOf.get(ownerOf.get(declaration.name)), declaration }));
  const users = usersOf(inline, modules, methods, [...inputs, ...owned]);
  const all = [
    ...owned,
    ...inline.map((declaration) => {
      const user = users.get(declaration.name);
      return { path: user === SHARED ? undefined : user, declaration };
    }),
  ].sort((a, b) => compare(a.declaration.name, b.declaration.name));
  const shared = placeSharedTypes(
    all.filter(({ path }) => path === undefined).map(({ declaration }) => declaration.name),
  );
  return [
    ...inputs,
    ...all.map(({ path, declaration }) => ({ path: path ?? shared.get(declaration.name) ?? 'types', declaration })),
  ];
}

/** For each inline type, the one module that uses it, itself or through others, or `SHARED`. A user changes at most twice. */
function usersOf(
  inline: readonly Declaration[],
  modules: readonly ObjectModule[],
  methods: readonly MethodsOfObject[],
  placed: readonly { readonly path: string | undefined; readonly declaration: Declaration }[],
): Map<string, string | typeof SHARED> {
  const references = new Map(inline.map((declaration) => [declaration.name, referencesOf(declaration)]));
  const users = new Map<string, string | typeof SHARED>();
  const pending: { name: string; by: string | typeof SHARED }[] = [];
  const use = (names: Iterable<string>, by: string | typeof SHARED): void => {
    for (const name of names) if (references.has(name)) pending.push({ name, by });
  };
  if (references.size > 0) {
    for (const [position, { path }] of modules.entries()) use(methods[position]?.references ?? [], path);
    for (const { path, declaration } of placed) use(referencesOf(declaration), path ?? SHARED);
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const known = users.get(next.name);
    if (known === next.by || known === SHARED) continue;
    const now = known === undefined ? next.by : SHARED;
    users.set(next.name, now);
    use(references.get(next.name) ?? [], now);
  }
  return users;
}

/** A library with more shared types than this keeps them in a folder. */
const SINGLE_FILE_TYPES = 200;
/** Types whose names start with the same word share a file when there are at least this many; else those with the same letter do. */
const GROUP_SIZE = 4;

/** Divides the shared types into files: identifier → path without extension. Small libraries have one, `types`. */
function placeSharedTypes(names: readonly string[]): Map<string, string> {
  if (names.length <= SINGLE_FILE_TYPES) return new Map(names.map((name) => [name, 'types']));
  const firstWord = (name: string): string => fileName(name).split('-', 1)[0] ?? '_';
  const sizes = new Map<string, number>();
  for (const name of names) sizes.set(firstWord(name), (sizes.get(firstWord(name)) ?? 0) + 1);
  return new Map(
    names.map((name) => {
      const word = firstWord(name);
      const [letter = '_'] = word;
      return [name, `types/${(sizes.get(word) ?? 0) >= GROUP_SIZE && word !== letter ? word : letter}`];
    }),
  );
}
