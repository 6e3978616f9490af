import { jsonPointer, pointerPath } from '../json-pointer.js';
import { type JsonSchema, type JsonSchemaObject, referencedType, type TypeMap } from '../json-schema.js';
import type { Shape } from './shape.js';

/** A whole schema: a named type, or a method's input or output. References within it start from here. */
export interface Root {
  readonly schema: JsonSchema;
  /** Where it is in the description. */
  readonly pointer: string;
  /** For a named type. */
  readonly typeName?: string;
  readonly types: TypeRoots;
}

/** A schema at its place. */
export interface Part {
  readonly schema: JsonSchema;
  readonly root: Root;
  /** JSON Pointer from the root. */
  readonly path: string;
}

/** One value's description: of one schema, or of several that all apply to it. */
export interface Place {
  readonly parts: readonly [Part, ...Part[]];
  /** What else holds here: for a member of a choice, all that stands beside the choice. */
  readonly within?: Shape;
}

export const rootPlace = (root: Root): Place => ({ parts: [{ schema: root.schema, root, path: '' }] });

export const inner = (part: Part, schema: JsonSchema, ...steps: (string | number)[]): Part => ({
  schema,
  root: part.root,
  path: part.path + jsonPointer(steps),
});

/** The part nearest to the value. */
export const nearest = ({ parts }: Place): Part => parts[parts.length - 1] ?? parts[0];

export function pointerOf(place: Place): string {
  const { root, path } = nearest(place);
  return root.pointer + path;
}

/** The named types of one description, as roots. */
export class TypeRoots {
  readonly types: TypeMap;
  readonly #roots = new Map<string, Root>();

  constructor(types: TypeMap) {
    this.types = types;
  }

  root(typeName: string): Root | undefined {
    const known = this.#roots.get(typeName);
    if (known !== undefined || !Object.hasOwn(this.types, typeName)) return known;
    const pointer = jsonPointer(['types', typeName]);
    const root: Root = { schema: this.types[typeName] ?? true, pointer, typeName, types: this };
    this.#roots.set(typeName, root);
    return root;
  }
}

/** What a part's `$ref` names; undefined when it leads nowhere. */
export function target({ root }: Part, $ref: string): Part | undefined {
  const typeName = referencedType($ref);
  if (typeName !== undefined) {
    const named = root.types.root(typeName);
    return named === undefined ? undefined : { schema: named.schema, root: named, path: '' };
  }
  if (!$ref.startsWith('#')) return undefined;
  let schema: unknown = root.schema;
  const path = decodeURIComponent($ref.slice(1));
  for (const step of pointerPath(path)) {
    if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, step)) return undefined;
    schema = (schema as Record<string, unknown>)[step];
  }
  return { schema: schema as JsonSchema, root, path };
}

/** What does not say anything about values beside a `$ref`. */
const annotations = new Set([
  'description',
  'title',
  'examples',
  '$comment',
  '$defs',
  'deprecated',
  'default',
  'readOnly',
  'writeOnly',
]);

const refers = (schema: JsonSchemaObject): boolean =>
  schema.$ref !== undefined &&
  Object.keys(schema).every((keyword) => keyword === '$ref' || annotations.has(keyword) || keyword.startsWith('x-'));

/** More references in a row lead nowhere. */
const LONGEST_CHAIN = 100;

/** The schema that a place refers to, where it does nothing else but also allow null. */
export function unwrapped(place: Place): { readonly place: Place; readonly nullable: boolean } {
  let [part, ...more] = place.parts;
  let nullable = false;
  if (more.length > 0 || place.within !== undefined) return { place, nullable };
  for (let hops = 0; hops < LONGEST_CHAIN && typeof part.schema === 'object'; hops++) {
    const only = onlyChoice(part);
    if (only !== undefined) {
      nullable ||= only.nullable;
      part = only.part;
    } else if (refers(part.schema) && part.schema.$ref !== undefined) {
      const next = target(part, part.schema.$ref);
      if (next === undefined) break;
      part = next;
    } else {
      break;
    }
  }
  return { place: part === place.parts[0] ? place : { parts: [part] }, nullable };
}

/** `anyOf: [X, { type: 'null' }]` and the like. */
function onlyChoice(part: Part): { readonly part: Part; readonly nullable: boolean } | undefined {
  const { schema } = part;
  if (typeof schema !== 'object' || schema.$ref !== undefined || schema.allOf !== undefined) return undefined;
  const keyword = schema.oneOf === undefined ? 'anyOf' : 'oneOf';
  const choice = schema[keyword];
  if (choice === undefined) return undefined;
  if (!Object.keys(schema).every((name) => name === keyword || annotations.has(name))) return undefined;
  const others = choice.flatMap((member, index) => (isNull(member) ? [] : [inner(part, member, keyword, index)]));
  const [only] = others;
  return only === undefined || others.length > 1 ? undefined : { part: only, nullable: others.length < choice.length };
}

export function isNull(schema: JsonSchema): boolean {
  if (typeof schema === 'boolean') return false;
  return schema.type === 'null' || schema.const === null || (schema.enum?.length === 1 && schema.enum[0] === null);
}
