import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { put } from '../load/index.js';
import { isStructural } from './annotations.js';

/**
 * Adds an inline member of an `allOf` to the schema that has it, when the two say nothing different about the same thing:
 * properties and required names are united, other keywords must be new or equal.
 *
 * @returns undefined when they cannot be merged
 */
export function mergeInto(target: JsonSchemaObject, member: JsonSchemaObject): JsonSchemaObject | undefined {
  const merged: JsonSchemaObject = { ...target };
  for (const [key, value] of Object.entries(member)) {
    const own = Object.hasOwn(target, key) ? target[key as keyof JsonSchemaObject] : undefined;
    if (key === 'properties') {
      const properties = uniteProperties(target.properties, member.properties);
      if (properties === undefined) return undefined;
      merged.properties = properties;
    } else if (key === 'required')
      merged.required = [...new Set([...(target.required ?? []), ...(member.required ?? [])])];
    else if (key === 'allOf') merged.allOf = [...(target.allOf ?? []), ...(member.allOf ?? [])];
    else if (own === undefined) Object.assign(merged, { [key]: value });
    else if (isStructural(key) && JSON.stringify(own) !== JSON.stringify(value)) return undefined;
  }
  return merged;
}

function uniteProperties(
  own: Record<string, JsonSchema> | undefined,
  added: Record<string, JsonSchema> | undefined,
): Record<string, JsonSchema> | undefined {
  const united: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(own ?? {})) put(united, name, schema);
  for (const [name, schema] of Object.entries(added ?? {})) {
    const present = Object.hasOwn(united, name) ? united[name] : undefined;
    if (present !== undefined && JSON.stringify(present) !== JSON.stringify(schema)) return undefined;
    put(united, name, schema);
  }
  return united;
}

/** Whether a schema says nothing that a validator would check. */
export function isUnconstrained(schema: JsonSchema): boolean {
  return schema === true || (typeof schema === 'object' && !Object.keys(schema).some(isStructural));
}
