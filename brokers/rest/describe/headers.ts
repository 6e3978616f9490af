import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';

/** The schema of `$headers`: the declared headers of an answer, none of which is sure to be there. */
export function headersSchema(headers: Readonly<Record<string, JsonSchema>>): JsonSchemaObject {
  return { type: 'object', description: 'Headers of the answer.', properties: { ...headers } };
}
