import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { isStructural } from './annotations.js';

/** The schema, accepting null too. */
export function nullable(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema ? schema : { type: 'null' };
  const structural = Object.keys(schema).filter(isStructural);
  if (structural.length === 0) return schema;
  const composed = structural.some(
    (key) => key === '$ref' || key === 'allOf' || key === 'anyOf' || key === 'oneOf' || key === 'not',
  );
  if (!composed) return withNull(schema);
  if (schema.anyOf && structural.every((key) => key === 'anyOf' || key === 'discriminator')) {
    const has = schema.anyOf.some((member) => typeof member === 'object' && acceptsOnlyNull(member));
    return has ? schema : { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  }
  const outer: JsonSchemaObject = {};
  const inner: JsonSchemaObject = {};
  for (const [key, value] of Object.entries(schema)) {
    Object.assign(isStructural(key) ? inner : outer, { [key]: value });
  }
  return { ...outer, anyOf: [inner, { type: 'null' }] };
}

const acceptsOnlyNull = (schema: JsonSchemaObject): boolean => schema.type === 'null';

function withNull(schema: JsonSchemaObject): JsonSchemaObject {
  const result = { ...schema };
  if (schema.type !== undefined) {
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    if (!types.includes('null')) result.type = [...types, 'null'];
  }
  if (schema.enum !== undefined && !schema.enum.includes(null)) {
    result.enum = [...schema.enum, null];
    const names = schema['x-enum-varnames'];
    if (names) result['x-enum-varnames'] = [...names, 'Null'];
    const descriptions = schema['x-enum-descriptions'];
    if (descriptions) result['x-enum-descriptions'] = [...descriptions, ''];
  }
  if (schema.const !== undefined && schema.const !== null) {
    result.enum = [schema.const, null];
    delete result.const;
  }
  return result;
}
