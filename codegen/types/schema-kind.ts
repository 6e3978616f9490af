import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import { hasMembers } from './shape.js';

/** Whether a schema is made of others. */
export function isComposed(schema: JsonSchemaObject): boolean {
  const { allOf, oneOf, anyOf } = schema;
  return allOf !== undefined || oneOf !== undefined || anyOf !== undefined || schema['x-smartwright-file'] === true;
}

/** Whether a schema with a `$ref` says nothing of values by itself. */
export function isBareReference(schema: JsonSchemaObject): boolean {
  const { type, properties, required, additionalProperties, patternProperties, items, prefixItems } = schema;
  const shaped = type ?? properties ?? required ?? additionalProperties ?? patternProperties ?? items ?? prefixItems;
  return shaped === undefined && schema.enum === undefined && schema.const === undefined;
}

/** The types that a schema's own keywords allow; none: any. */
export function ownTypes(schema: JsonSchemaObject): readonly string[] {
  const { type } = schema;
  if (type !== undefined) return typeof type === 'string' ? [type] : type;
  if (hasMembers(schema)) return ['object'];
  return schema.items === undefined && schema.prefixItems === undefined ? [] : ['array'];
}

/** Whether an integer can be one that a `number` does not hold exactly. */
export function isWide({ format, minimum, maximum }: JsonSchemaObject): boolean {
  if (format !== 'int64' && format !== 'uint64') return false;
  const bounded = (limit: unknown): boolean => typeof limit === 'number' && Number.isSafeInteger(limit);
  return !(bounded(minimum) && bounded(maximum));
}
