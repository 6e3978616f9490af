import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  referencedTypes,
  type TypeMap,
  walkSchema,
} from '../../config/model/json-schema.js';

/**
 * The schema with all that it refers to, transitively, under `$defs`: a document of its own, that any validator of JSON Schema
 * 2020-12 takes. A type that is not in `types` accepts anything.
 */
export function selfContained(schema: JsonSchema, types: TypeMap): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const names = closure(schema, types);
  if (names.size === 0) return schema;
  const keys = definitionKeys(names, schema.$defs);
  const pointer = (name: string): string => `#/$defs/${escaped(keys.get(name) ?? name)}`;
  const definitions = [...keys].map(([name, key]): [string, JsonSchema] => [
    key,
    redirected(Object.hasOwn(types, name) ? (types[name] ?? true) : true, pointer, pointer(name)),
  ]);
  const root = redirected(schema, pointer, '#') as JsonSchemaObject;
  return { ...root, $defs: { ...root.$defs, ...Object.fromEntries(definitions) } };
}

function closure(schema: JsonSchema, types: TypeMap): Set<string> {
  const names = referencedTypes(schema);
  // A set that grows while it is walked is walked to its end.
  for (const name of names) {
    for (const further of referencedTypes(Object.hasOwn(types, name) ? (types[name] ?? true) : true))
      names.add(further);
  }
  return names;
}

/** The key of each type under `$defs`: its name, unless the schema has a definition of that name already. */
function definitionKeys(names: ReadonlySet<string>, taken: TypeMap = {}): Map<string, string> {
  const keys = new Map<string, string>();
  for (const name of names) {
    let key = name;
    while (Object.hasOwn(taken, key) || (key !== name && names.has(key))) key += '_';
    keys.set(name, key);
  }
  return keys;
}

/** A copy whose references to named types go to their definitions, and whose local ones start from where it now stands. */
function redirected(schema: JsonSchema, pointer: (type: string) => string, place: string): JsonSchema {
  const copy = structuredClone(schema);
  walkSchema(copy, (part) => {
    if (part.$ref === undefined || !part.$ref.startsWith('#')) return;
    const type = referencedType(part.$ref);
    part.$ref = type === undefined ? place + part.$ref.slice(1) : pointer(type);
  });
  return copy;
}

/** RFC 6901 §3 and §6. */
const escaped = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
