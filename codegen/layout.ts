import { camelCase, UniqueNames } from '../config/model/names.js';
import type { SmartObject } from '../config/model/smart-object.js';
import { fileName, type Identifiers } from './identifiers.js';

/** A SmartObject's place in the library. */
export interface ObjectModule extends LibraryName {
  readonly object: SmartObject;
  /** Path in the library, without extension: `contact`. */
  readonly path: string;
  /** The module's function, such as `contact`. */
  readonly functionName: string;
}

/** What a library calls a SmartObject. */
export interface LibraryName {
  /** The SmartObject's name without its instance, such as `Contact`. */
  readonly localName: string;
  /** The property of the whole library's object, such as `contact`. */
  readonly key: string;
}

/** Gives each SmartObject its file and its names. Objects are in order of their names, so a library does not depend on theirs. */
export function layOut(objects: readonly SmartObject[], identifiers: Identifiers): ObjectModule[] {
  const names = libraryNames(objects);
  const files = new UniqueNames(['index', 'types']);
  return byName(objects).map((object) => {
    const { localName, key } = names.get(object.name) ?? { localName: object.name, key: object.name };
    return {
      object,
      localName,
      path: files.take(fileName(localName)),
      functionName: identifiers.value(localName),
      key,
    };
  });
}

/** What the library of these SmartObjects calls each of them, by system name. */
export function libraryNames(
  objects: readonly Pick<SmartObject, 'name' | 'instance'>[],
): ReadonlyMap<string, LibraryName> {
  const single = new Set(objects.map(({ instance }) => instance)).size === 1;
  const keys = new UniqueNames();
  return new Map(
    byName(objects).map(({ name, instance }) => {
      const prefix = `${instance}_`;
      const localName = single && name.startsWith(prefix) ? name.slice(prefix.length) : name;
      return [name, { localName, key: keys.take(camelCase(localName)) }];
    }),
  );
}

const byName = <O extends { readonly name: string }>(objects: readonly O[]): O[] =>
  objects.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
