import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { isRawObject, type RawObject, rawText } from '../load/index.js';
import { designOf } from './design.js';

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
  const schema: JsonSchemaObject = designOf(raw);
  const title = schema.title ?? rawText(raw.title);
  if (title !== undefined) schema.title = title;
  const description = rawText(raw.description) ?? rawText(raw.summary);
  if (description !== undefined) schema.description = description;
  if (raw.deprecated === true || raw['x-deprecated'] === true) schema.deprecated = true;
  if (raw.readOnly === true || raw.readonly === true) schema.readOnly = true;
  if (raw.writeOnly === true) schema.writeOnly = true;
  if (raw.default !== undefined) schema.default = raw.default;
  const examples = examplesOf(raw);
  if (examples.length > 0) schema.examples = examples;
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
export const enumNamesOf = (raw: RawObject): string[] | undefined =>
  texts(raw['x-enum-varnames']) ??
  texts(raw['x-enumNames']) ??
  texts(raw['x-enum-names']) ??
  complete(azureEnum(raw, 'name'));

/** Descriptions of enum values; '' for a value that has none. */
export function enumDescriptionsOf(raw: RawObject): string[] | undefined {
  const listed = texts(raw['x-enum-descriptions']) ?? texts(raw['x-enumDescriptions']);
  if (listed !== undefined) return listed;
  const own = azureEnum(raw, 'description')?.map((text) => text ?? '');
  return own?.some((text) => text !== '') === true ? own : undefined;
}

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((text) => typeof text === 'string') ? value : undefined;

function azureEnum(raw: RawObject, member: 'name' | 'description'): (string | undefined)[] | undefined {
  const values = isRawObject(raw['x-ms-enum']) ? raw['x-ms-enum'].values : undefined;
  if (!Array.isArray(values)) return undefined;
  return values.map((value) => (isRawObject(value) ? rawText(value[member]) : undefined));
}

const complete = (names: (string | undefined)[] | undefined): string[] | undefined =>
  names?.every((name) => name !== undefined) === true ? names : undefined;
