import { pascalCase, UniqueNames } from '../../../config/model/names.js';
import {
  type Documents,
  decodeFragment,
  isRawObject,
  pointerSegments,
  pointerTo,
  rawObject,
  rawText,
  type Site,
} from '../load/index.js';

/** Steps of a pointer that say where a schema stands and not what it is. */
const STRUCTURE = new Set([
  'components',
  'schemas',
  'definitions',
  '$defs',
  'properties',
  'items',
  'paths',
  'content',
  'schema',
  'responses',
  'requestBodies',
  'requestBody',
  'parameters',
  'headers',
  'allOf',
  'anyOf',
  'oneOf',
  'additionalProperties',
]);

/**
 * Names types. A component of the descriptor keeps its name whatever else the document has, because all of them are
 * reserved first, in the document's order; other schemas are named by title, file or place.
 */
export class TypeNames {
  readonly #names = new UniqueNames();
  /** Schema → name: the components, and what stands in another document and is a component here by reference. */
  readonly #reserved = new Map<unknown, string>();

  constructor(documents: Documents) {
    const { descriptor } = documents;
    this.#reserve(documents, '/components/schemas', rawObject(descriptor.components).schemas);
    this.#reserve(documents, '/definitions', descriptor.definitions);
  }

  /** The name of the schema at a place. Ask once for each schema. */
  nameFor(value: unknown, site: Site): string {
    return this.#reserved.get(value) ?? this.#names.take(wanted(value, site));
  }

  /** Another name that is derived from one. */
  derive(name: string, suffix: string): string {
    return this.#names.take(name + suffix);
  }

  #reserve(documents: Documents, place: string, schemas: unknown): void {
    for (const [key, value] of Object.entries(rawObject(schemas))) {
      const name = this.#names.take(pascalCase(key));
      if (!isRawObject(value)) continue;
      if (!this.#reserved.has(value)) this.#reserved.set(value, name);
      if (typeof value.$ref !== 'string' || value.$ref.startsWith('#')) continue;
      const target = documents.final(value.$ref, { ...documents.rootSite, pointer: pointerTo(place, key) })?.value;
      if (isRawObject(target) && !this.#reserved.has(target)) this.#reserved.set(target, name);
    }
  }
}

function wanted(value: unknown, site: Site): string {
  const segments = pointerSegments(site.pointer);
  if (segments.length === 0) return pascalCase(titleOf(value) ?? idOf(value) ?? fileName(site.document.url));
  const parent = segments.at(-2);
  const last = segments.at(-1) ?? '';
  if (parent === 'schemas' || parent === 'definitions' || parent === '$defs') return pascalCase(last);
  const name = titleOf(value) ?? idOf(value);
  if (name !== undefined) return pascalCase(name);
  const telling = segments.filter((segment) => !STRUCTURE.has(segment) && !/^(\d+|\w+\/[\w.+-]+)$/.test(segment));
  return pascalCase(telling.length > 0 ? telling.join(' ') : fileName(site.document.url));
}

function titleOf(value: unknown): string | undefined {
  const title = isRawObject(value) ? rawText(value.title) : undefined;
  return title !== undefined && title.length <= 60 ? title : undefined;
}

/** What a schema's `$id` or `$anchor` calls it: `https://example.com/schemas/person.schema.json` is `person`. */
function idOf(value: unknown): string | undefined {
  const id = isRawObject(value) ? (rawText(value.$id) ?? rawText(value.$anchor)) : undefined;
  const last = id?.split(/[/#:]/).findLast((step) => /[\p{L}]/u.test(step));
  return last === undefined
    ? undefined
    : decodeFragment(last)
        .replace(/\.(?:json|ya?ml)$/, '')
        .replace(/[.-]schema$/, '');
}

function fileName(url: string): string {
  const path = new URL(url).pathname;
  return decodeFragment(path.slice(path.lastIndexOf('/') + 1)).replace(/\.\w+$/, '');
}
