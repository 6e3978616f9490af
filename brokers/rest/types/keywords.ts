import type { JsonSchema, JsonSchemaObject, JsonSchemaType } from '../../../config/model/json-schema.js';
import { isRawObject, pointerTo, put, type RawObject, rawArray, type Site } from '../load/index.js';
import { annotationsOf } from './annotations.js';
import { unionOf } from './any-of.js';
import { CONSTRAINTS, constraintsOf, isPattern } from './constraints.js';
import { typeKeyword } from './type-keyword.js';
import type { Types } from './types.js';

/** Keywords by what reads them. Most schemas have a few of them, and only their readers are called. */
const READERS: ReadonlyMap<string, 'constraint' | 'object' | 'array' | 'logic' | 'union'> = new Map([
  ...CONSTRAINTS.map((key) => [key, 'constraint'] as const),
  ...['properties', 'required', 'patternProperties', 'additionalProperties'].map((key) => [key, 'object'] as const),
  ...['unevaluatedProperties', 'propertyNames', 'dependentRequired'].map((key) => [key, 'object'] as const),
  ...['items', 'prefixItems', 'contains'].map((key) => [key, 'array'] as const),
  ...['not', 'if', 'then', 'else'].map((key) => [key, 'logic'] as const),
  ...['oneOf', 'anyOf'].map((key) => [key, 'union'] as const),
]);

/** All keywords of one schema but `$ref` and `allOf`. */
export function keywordsOf(types: Types, raw: RawObject, site: Site, depth: number): JsonSchemaObject {
  const complain = (message: string) => types.warn('SCHEMA_KEYWORD', message, site);
  const readers = new Set<string>();
  for (const key of Object.keys(raw)) {
    const reader = READERS.get(key);
    if (reader !== undefined) readers.add(reader);
  }
  const keyword = typeKeyword(raw.type);
  if (keyword.foreign !== undefined) {
    complain(`"type" is ${JSON.stringify(keyword.foreign)}, which is none of JSON Schema.`);
  }
  const own = impliedTypes(keyword.types, raw, readers);
  const schema: JsonSchemaObject = annotationsOf(raw);
  const [only] = own;
  if (only !== undefined) schema.type = own.length === 1 ? only : own;
  if (readers.has('constraint')) Object.assign(schema, constraintsOf(raw, own, complain));
  formatOf(raw, keyword.format, schema);
  dropUnfitDefault(schema, own);
  if (readers.has('object')) objectKeywords(types, raw, schema, site, depth);
  if (readers.has('array')) arrayKeywords(types, raw, schema, site, depth);
  if (readers.has('logic')) logicKeywords(types, raw, schema, site, depth);
  const union = readers.has('union') ? unionOf(types, raw, site, depth) : undefined;
  return union === undefined ? schema : { ...schema, ...union };
}

function logicKeywords(types: Types, raw: RawObject, schema: JsonSchemaObject, site: Site, depth: number): void {
  for (const key of ['not', 'if', 'then', 'else'] as const) {
    if (isRawObject(raw[key])) schema[key] = types.part(site, depth, raw[key], key);
  }
}

/** A schema with `properties` means an object, one with `items` an array, also when it does not say so. */
function impliedTypes(types: JsonSchemaType[], raw: RawObject, readers: ReadonlySet<string>): JsonSchemaType[] {
  if (types.length > 0 || raw.type !== undefined || readers.size === 0) return types;
  if (isRawObject(raw.properties) || isRawObject(raw.additionalProperties) || isRawObject(raw.patternProperties))
    return ['object'];
  return isRawObject(raw.items) || Array.isArray(raw.items) || Array.isArray(raw.prefixItems) ? ['array'] : types;
}

/** `byte` says base64 in OpenAPI 3.0; JSON Schema says so by `contentEncoding`. */
function formatOf(raw: RawObject, implied: string | undefined, schema: JsonSchemaObject): void {
  const format = typeof raw.format === 'string' && raw.format !== '' ? raw.format : implied;
  if (format === 'byte' || format === 'base64') schema.contentEncoding ??= 'base64';
  else if (format !== undefined) schema.format = format;
}

function dropUnfitDefault(schema: JsonSchemaObject, types: readonly JsonSchemaType[]): void {
  const { default: value } = schema;
  if (value === undefined || types.length === 0) return;
  const own = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const fits = types.some((type) => type === own || (type === 'integer' && Number.isInteger(value)));
  if (!fits || (schema.enum && !schema.enum.includes(value))) delete schema.default;
}

function objectKeywords(types: Types, raw: RawObject, schema: JsonSchemaObject, site: Site, depth: number): void {
  const required = new Set<string>();
  for (const name of rawArray(raw.required)) if (typeof name === 'string') required.add(name);
  if (typeof raw.required === 'string') required.add(raw.required);
  if (isRawObject(raw.properties)) {
    const properties: Record<string, JsonSchema> = {};
    const place = { ...site, pointer: pointerTo(site.pointer, 'properties') };
    for (const [name, value] of Object.entries(raw.properties)) {
      put(properties, name, types.part(place, depth, value, name));
      // JSON Schema draft 3, and many a slip.
      if (isRawObject(value) && value.required === true) required.add(name);
    }
    schema.properties = properties;
  }
  if (required.size > 0) schema.required = [...required];
  if (isRawObject(raw.patternProperties)) patternProperties(types, raw.patternProperties, schema, site, depth);
  for (const key of ['additionalProperties', 'unevaluatedProperties'] as const) {
    const value = raw[key];
    if (typeof value === 'boolean') schema[key] = value;
    else if (isRawObject(value)) schema[key] = types.part(site, depth, value, key);
  }
  if (isRawObject(raw.propertyNames))
    schema.propertyNames = types.part(site, depth, raw.propertyNames, 'propertyNames');
  if (isRawObject(raw.dependentRequired)) {
    const dependent: Record<string, string[]> = {};
    for (const [name, names] of Object.entries(raw.dependentRequired)) {
      put(dependent, name, [...new Set(rawArray(names).filter((item) => typeof item === 'string'))]);
    }
    schema.dependentRequired = dependent;
  }
}

function patternProperties(types: Types, raw: RawObject, schema: JsonSchemaObject, site: Site, depth: number): void {
  const patterns: Record<string, JsonSchema> = {};
  for (const [pattern, value] of Object.entries(raw)) {
    if (isPattern(pattern)) put(patterns, pattern, types.part(site, depth, value, 'patternProperties', pattern));
    else
      types.warn(
        'SCHEMA_KEYWORD',
        `The pattern ${JSON.stringify(pattern.slice(0, 100))} is no regular expression; it was dropped.`,
        site,
      );
  }
  if (Object.keys(patterns).length > 0) schema.patternProperties = patterns;
}

/** `items` as a list (before draft 2020-12) is `prefixItems`, and `additionalItems` is `items`. */
function arrayKeywords(types: Types, raw: RawObject, schema: JsonSchemaObject, site: Site, depth: number): void {
  const tuple = Array.isArray(raw.prefixItems) ? 'prefixItems' : Array.isArray(raw.items) ? 'items' : undefined;
  if (tuple !== undefined) {
    const members = rawArray(raw[tuple]).map((item, index) => types.part(site, depth, item, tuple, index));
    if (members.length > 0) schema.prefixItems = members;
  }
  const rest = tuple === 'items' ? 'additionalItems' : 'items';
  const items = raw[rest];
  if (typeof items === 'boolean') schema.items = items;
  else if (isRawObject(items)) schema.items = types.part(site, depth, items, rest);
  if (isRawObject(raw.contains)) schema.contains = types.part(site, depth, raw.contains, 'contains');
}
