import { camelCase, UniqueNames } from '../config/model/names.js';
import type { SmartObject } from '../config/model/smart-object.js';
import { fileName, type Identifiers } from './identifiers.js';

/** A SmartObject's place in the library. */
export interface ObjectModule {
  readonly object: SmartObject;
  /** The SmartObject's name without its instance, such as `Contact`. */
  readonly localName: string;
  /** Path in the library, without extension: `contact`. */
  readonly path: string;
  /** The module's function, such as `contact`. */
  readonly functionName: string;
  /** The property of the whole library's object, such as `contact`. */
  readonly key: string;
}

/** Gives each SmartObject its file and its names. Objects are in order of their names, so a library does not depend on theirs. */
export function layOut(objects: readonly SmartObject[], identifiers: Identifiers): ObjectModule[] {
  const sorted = [...objects].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const single = new Set(sorted.map(({ instance }) => instance)).size === 1;
  const files = new UniqueNames(['index', 'types']);
  const keys = new UniqueNames();
  return sorted.map((object) => {
    const prefix = `${object.instance}_`;
    const localName = single && object.name.startsWith(prefix) ? object.name.slice(prefix.length) : object.name;
    return {
      object,
      localName,
      path: files.take(fileName(localName)),
      functionName: identifiers.value(localName),
      key: keys.take(camelCase(localName)),
    };
  });
}
