import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../config/model/json-schema.js';
import { referencedType } from '../../config/model/json-schema.js';

/** Schemas that are looked at for one step of a path; types may offer one another without end. */
const MOST_SCHEMAS = 1_000;

/**
 * The schemas of an input by the names on the way to it; lists on the way are passed through, for all their items are alike. Several
 * where an object is one of several things.
 *
 * @param path such as `['lines', 'product']` for the product of each line
 */
export function findProperty(schema: JsonSchema, path: readonly string[], types: TypeMap): JsonSchema[] {
  let here = new Set([schema]);
  for (const name of path) here = propertiesNamed(here, name, types);
  return [...here];
}

function propertiesNamed(schemas: Iterable<JsonSchema>, name: string, types: TypeMap): Set<JsonSchema> {
  const found = new Set<JsonSchema>();
  for (const part of partsOf(schemas, types)) {
    if (part.properties !== undefined && Object.hasOwn(part.properties, name)) found.add(part.properties[name] ?? true);
    else if (typeof part.additionalProperties === 'object') found.add(part.additionalProperties);
  }
  return found;
}

/**
 * All that a value has to be or may be, lists taken for their items. All schemas are looked at together: types that lead to one
 * another by several ways are followed once at each step.
 */
function partsOf(schemas: Iterable<JsonSchema>, types: TypeMap): Set<JsonSchemaObject> {
  const parts = new Set<JsonSchemaObject>();
  const pending = [...schemas];
  for (let next = pending.pop(); next !== undefined && parts.size < MOST_SCHEMAS; next = pending.pop()) {
    if (typeof next === 'boolean' || parts.has(next)) continue;
    parts.add(next);
    const type = next.$ref === undefined ? undefined : referencedType(next.$ref);
    if (type !== undefined && Object.hasOwn(types, type)) pending.push(types[type] ?? true);
    for (const choice of [next.allOf, next.oneOf, next.anyOf]) pending.push(...(choice ?? []));
    if (next.items !== undefined) pending.push(next.items);
  }
  return parts;
}
