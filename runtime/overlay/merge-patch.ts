import type { JsonSchemaObject } from '../../config/model/json-schema.js';

/** A JSON Schema after a JSON Merge Patch (RFC 7396): null takes a keyword away, objects are merged, all else is replaced. */
export function patchedSchema(schema: JsonSchemaObject, patch: Readonly<Record<string, unknown>>): JsonSchemaObject {
  return merged(schema, patch) as JsonSchemaObject;
}

function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, merged(result.get(name), value));
  }
  return Object.fromEntries(result);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
