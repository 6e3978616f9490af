import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';

export const text: JsonSchemaObject = { type: 'string' };
export const integer: JsonSchemaObject = { type: 'integer' };
export const moment: JsonSchemaObject = { type: 'string', format: 'date-time' };
export const arrayOf = (items: JsonSchema): JsonSchemaObject => ({ type: 'array', items });

/** An object whose properties are required, but for those whose name ends in `?`. */
export function record(properties: Record<string, JsonSchema>, description?: string): JsonSchemaObject {
  const names = Object.keys(properties);
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema])),
    required: names.filter((name) => !name.endsWith('?')),
  };
}
