import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  type TypeMap,
} from '../../../config/model/json-schema.js';
import { HEADERS } from '../wsdl/messages.js';

/** Where in an answer's value the result is, and its schema. */
export interface Result {
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

/** Wrappers taken off one after another. */
const MAX_STEPS = 3;

/** The result within an answer: what is inside elements that hold one thing only (`GetContactResponse/GetContactResult`). */
export function resultOf(answer: JsonSchemaObject, types: TypeMap): Result {
  const path: string[] = [];
  let schema: JsonSchema = answer;
  for (let step = 0; step < MAX_STEPS; step++) {
    const only = onlyProperty(schema, types);
    if (only === undefined) break;
    // One more than the response's own is taken off only to reach a list.
    if (step > 0 && !isList(only.schema)) break;
    path.push(only.name);
    schema = only.schema;
  }
  return { path, schema };
}

function onlyProperty(schema: JsonSchema, types: TypeMap): { name: string; schema: JsonSchema } | undefined {
  const object = objectOf(schema, types);
  const [first, ...more] = Object.entries(object?.properties ?? {});
  if (object?.type !== 'object' || object.anyOf !== undefined || object.allOf !== undefined) return undefined;
  if (first === undefined || more.length > 0 || first[0] === HEADERS) return undefined;
  return { name: first[0], schema: first[1] };
}

function objectOf(schema: JsonSchema, types: TypeMap): JsonSchemaObject | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (schema.$ref === undefined) return schema;
  const name = referencedType(schema.$ref);
  const target = name === undefined ? undefined : types[name];
  return typeof target === 'object' ? target : undefined;
}

/** A list, also one that may be null. */
export function isList(schema: JsonSchema): schema is JsonSchemaObject {
  if (typeof schema === 'boolean') return false;
  return schema.type === 'array' || (Array.isArray(schema.type) && schema.type.includes('array'));
}
