import type { JsonSchema, JsonSchemaObject } from '../json-schema.js';
import { inner, type Part, type Place } from './schema-place.js';
import { anything, type Shape } from './shape.js';

/** Keywords that have a member of their own in a shape, and those that say nothing about values. */
const understood = new Set([
  ...['$ref', '$defs', '$comment', 'title', 'description', 'default', 'deprecated', 'readOnly', 'writeOnly'],
  ...['examples', 'type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'patternProperties'],
  ...['items', 'prefixItems', 'allOf', 'oneOf', 'anyOf', 'discriminator'],
]);

/** What a schema says itself, without what it refers to and what it is put together of. */
export function bareShape(part: Part, schema: JsonSchemaObject): Shape {
  if (schema['x-smartwright-file'] === true) return { ...anything, types: new Set(['file']), nullable: false };
  const listed = schema.const !== undefined ? [schema.const] : schema.enum;
  const named = schema.type === undefined ? impliedTypes(schema, listed) : [schema.type].flat();
  const types = named === undefined ? undefined : new Set(named.filter((type) => type !== 'null'));
  if (types?.has('number')) types.delete('integer');
  const nullable = (named === undefined || named.includes('null')) && (listed === undefined || listed.includes(null));
  const place = (value: JsonSchema, ...steps: (string | number)[]): Place => ({
    parts: [inner(part, value, ...steps)],
  });
  const { additionalProperties: additional, items, prefixItems, patternProperties, required } = schema;
  const values = listed?.filter((value) => value !== null).map((value) => JSON.stringify(value));
  const patterns = Object.entries(patternProperties ?? {}).map(([pattern, value]) => {
    return [pattern, place(value, 'patternProperties', pattern)] as const;
  });
  const constraints = Object.entries(schema).filter(([keyword, value]) => limits(keyword, value));
  return {
    ...anything,
    types,
    nullable,
    values: values && new Set(values),
    closed: additional === false || schema.unevaluatedProperties === false,
    additional: typeof additional === 'object' ? place(additional, 'additionalProperties') : undefined,
    items: items === undefined ? undefined : place(items, 'items'),
    discriminator: schema.discriminator,
    ...((schema.properties ?? required) && { properties: propertiesOf(part, schema) }),
    ...(required && { required: new Set(required) }),
    ...(prefixItems && { prefix: prefixItems.map((value, index) => place(value, 'prefixItems', index)) }),
    ...(patterns.length > 0 && { patterns: new Map(patterns) }),
    ...(constraints.length > 0 && { constraints: new Map(constraints) }),
  };
}

/** Whether a keyword that has no member of its own in a shape limits values. */
function limits(keyword: string, value: unknown): boolean {
  if (value === undefined || understood.has(keyword) || keyword.startsWith('x-')) return false;
  return keyword !== 'unevaluatedProperties' || typeof value !== 'boolean';
}

/** Whatever is required is a property, described or not. */
function propertiesOf(part: Part, { properties = {}, required = [] }: JsonSchemaObject): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const [name, schema] of Object.entries(properties)) {
    if (schema !== false) places.set(name, { parts: [inner(part, schema, 'properties', name)] });
  }
  for (const name of required) {
    if (!places.has(name)) places.set(name, { parts: [inner(part, true, 'properties', name)] });
  }
  return places;
}

/** The types of which a schema without `type` can only speak. */
function impliedTypes(schema: JsonSchemaObject, values: readonly unknown[] | undefined): string[] | undefined {
  if (values !== undefined) return [...new Set(values.map(typeOfValue))];
  if (schema.properties ?? schema.required ?? schema.patternProperties) return ['object'];
  if (typeof schema.additionalProperties === 'object') return ['object'];
  return schema.items === undefined && schema.prefixItems === undefined ? undefined : ['array'];
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer';
  return typeof value;
}
