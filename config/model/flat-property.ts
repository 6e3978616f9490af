/**
 * Flattened property names, `address.city`: for designers whose forms have no nested values. Only objects whose members are all
 * described are taken apart, so the flat form loses nothing; lists, maps and choices stay whole.
 */
import { type DataType, dataTypeOf, plainSchema } from './data-type.js';
import { type JsonSchema, type JsonSchemaObject, referencedType, type TypeMap } from './json-schema.js';

/** A property after flattening. */
export interface FlatProperty {
  /** The names on the way, joined by `.`; a `.` within a name is written `\.`, a `\` is written `\\`. */
  readonly name: string;
  /** The names on the way, from the outermost. */
  readonly path: readonly string[];
  readonly schema: JsonSchema;
  readonly dataType: DataType;
  /** Whether it must be there whenever the object is; every object on the way is required too. */
  readonly required: boolean;
}

/**
 * Which properties of an object are taken apart: each described name, with the same of its own members; undefined for a
 * property that stays whole.
 */
export type FlatShape = ReadonlyMap<string, FlatShape | undefined>;

/** An object with more levels than this below the first stays whole from there on. */
const DEEPEST_LEVEL = 5;

/** A description with more flat properties than this keeps further objects whole. */
const MOST_PROPERTIES = 1000;

/** The flat properties of an object schema, in the order of their description. A type that contains itself stays whole inside. */
export function flatten(schema: JsonSchema, types: TypeMap): FlatProperty[] {
  return takenApart(schema, types).properties;
}

/** How values of an object schema are flattened: just as `flatten` flattens their description. */
export function flatShape(schema: JsonSchema, types: TypeMap): FlatShape {
  return takenApart(schema, types).shape;
}

function takenApart(schema: JsonSchema, types: TypeMap): { properties: FlatProperty[]; shape: FlatShape } {
  const flat: FlatProperty[] = [];
  const walk = (
    object: JsonSchemaObject,
    path: readonly string[],
    required: boolean,
    open: ReadonlySet<string>,
  ): FlatShape => {
    const shape = new Map<string, FlatShape | undefined>();
    const needed = new Set(required ? object.required : []);
    for (const [name, property] of Object.entries(object.properties ?? {})) {
      const here = [...path, name];
      const isRequired = needed.has(name);
      const named = namesIn(property, types);
      const plain = plainSchema(property, types);
      const isCircular = [...named].some((type) => open.has(type));
      if (
        plain !== undefined &&
        isClosedObject(plain) &&
        !isCircular &&
        path.length < DEEPEST_LEVEL &&
        flat.length < MOST_PROPERTIES
      ) {
        shape.set(name, walk(plain, here, isRequired, new Set([...open, ...named])));
      } else {
        shape.set(name, undefined);
        flat.push({
          name: flatName(here),
          path: here,
          schema: property,
          dataType: dataTypeOf(property, types),
          required: isRequired,
        });
      }
    }
    return shape;
  };
  const root = plainSchema(schema, types);
  const shape = root === undefined ? new Map() : walk(root, [], true, namesIn(schema, types));
  return { properties: flat, shape };
}

/** `['address', 'city']` → `address.city`. */
export function flatName(path: readonly string[]): string {
  return path.map((name) => name.replaceAll('\\', '\\\\').replaceAll('.', '\\.')).join('.');
}

/** `address.city` → `['address', 'city']`. */
export function flatPath(name: string): string[] {
  const path = [''];
  for (const [token] of name.matchAll(/\\[\\.]|[\s\S]/g)) {
    if (token === '.') path.push('');
    else path.push((path.pop() ?? '') + (token.length === 2 ? token.slice(1) : token));
  }
  return path;
}

/** An object all of whose members are described. */
function isClosedObject(schema: JsonSchemaObject): boolean {
  if (schema.type !== 'object' || schema['x-smartwright-file'] === true) return false;
  const open = schema.additionalProperties === true || typeof schema.additionalProperties === 'object';
  return !open && schema.patternProperties === undefined && Object.keys(schema.properties ?? {}).length > 0;
}

/** The named types that a schema is made of, itself and by `allOf`. */
function namesIn(schema: JsonSchema, types: TypeMap, names = new Set<string>()): Set<string> {
  if (typeof schema === 'boolean') return names;
  const name = schema.$ref === undefined ? undefined : referencedType(schema.$ref);
  if (name !== undefined && !names.has(name)) {
    names.add(name);
    namesIn(types[name] ?? true, types, names);
  }
  for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
    namesIn(part, types, names);
  return names;
}
