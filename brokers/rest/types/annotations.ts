import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { isRawObject, type RawObject, rawText } from '../load/index.js';

/** Vendor extensions that designers' tools know; they are kept in the schema as they are. */
const KEPT = [
  'x-ms-visibility',
  'x-ms-dynamic-values',
  'x-ms-dynamic-list',
  'x-ms-dynamic-schema',
  'x-ms-dynamic-properties',
] as const;

/** Keywords that say something to a reader and nothing to a validator. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'summary',
  'deprecated',
  'readOnly',
  'readonly',
  'writeOnly',
  'default',
  'example',
  'examples',
  'externalDocs',
  'xml',
  'nullable',
  '$comment',
  '$id',
  '$schema',
  '$anchor',
  '$dynamicAnchor',
  'id',
  '$defs',
  'definitions',
]);

/** Whether a keyword constrains values, as opposed to telling a reader something. */
export const isStructural = (keyword: string): boolean => !ANNOTATIONS.has(keyword) && !keyword.startsWith('x-');

/** The annotations of a schema, in the terms of JSON Schema 2020-12. */
export function annotationsOf(raw: RawObject): JsonSchemaObject {
  const schema: JsonSchemaObject = {};
  const title = rawText(raw['x-ms-summary']) ?? rawText(raw.title);
  if (title !== undefined) schema.title = title;
  const description = rawText(raw.description) ?? rawText(raw.summary);
  if (description !== undefined) schema.description = description;
  if (raw.deprecated === true || raw['x-deprecated'] === true) schema.deprecated = true;
  if (raw.readOnly === true || raw.readonly === true) schema.readOnly = true;
  if (raw.writeOnly === true) schema.writeOnly = true;
  if (raw.default !== undefined) schema.default = raw.default;
  const examples = examplesOf(raw);
  if (examples.length > 0) schema.examples = examples;
  for (const key of KEPT) if (raw[key] !== undefined) schema[key] = raw[key];
  return schema;
}

/** Examples of one value; whole documents given as examples stay in the descriptor. */
function examplesOf(raw: RawObject): unknown[] {
  const listed: unknown[] = Array.isArray(raw.examples) ? raw.examples : [];
  const all = raw.example === undefined ? listed : [raw.example, ...listed];
  return all.filter(isShort).slice(0, 3);
}

const isShort = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= 200);

/** Names for enum values: `x-enum-varnames`, NSwag's `x-enumNames`, and AutoRest's `x-ms-enum`. */
export function enumNamesOf(raw: RawObject): string[] | undefined {
  for (const names of [raw['x-enum-varnames'], raw['x-enumNames'], raw['x-enum-names']]) {
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  }
  const values = isRawObject(raw['x-ms-enum']) ? raw['x-ms-enum'].values : undefined;
  if (!Array.isArray(values)) return undefined;
  const names = values.map((value) => (isRawObject(value) ? rawText(value.name) : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}
