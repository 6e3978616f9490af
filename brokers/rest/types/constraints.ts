import type { JsonSchemaObject, JsonSchemaType } from '../../../config/model/json-schema.js';
import type { RawObject } from '../load/index.js';
import { enumDescriptionsOf, enumNamesOf } from './annotations.js';

/** Says that a keyword was dropped or changed, and why. */
export type Complain = (message: string) => void;

const COUNTS = ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties'] as const;
const LIMITS = ['maximum', 'minimum'] as const;

/** The keywords that `constraintsOf` reads. */
export const CONSTRAINTS: readonly string[] = [
  ...COUNTS,
  ...LIMITS,
  'exclusiveMaximum',
  'exclusiveMinimum',
  'multipleOf',
  'uniqueItems',
  'pattern',
  'const',
  'enum',
  'contentEncoding',
  'contentMediaType',
];

/**
 * The keywords that constrain one value (`enum`, `minimum`, `pattern`, …), each valid under JSON Schema 2020-12: what is not
 * is put right when its meaning is plain, else dropped, with a complaint. A validator always compiles the result.
 */
export function constraintsOf(raw: RawObject, types: readonly JsonSchemaType[], complain: Complain): JsonSchemaObject {
  const schema: JsonSchemaObject = {};
  for (const key of COUNTS) {
    const count = numberOf(raw, key, complain);
    if (count === undefined) continue;
    if (Number.isInteger(count) && count >= 0) schema[key] = count;
    else complain(`"${key}" is ${count}, not a count; it was dropped.`);
  }
  for (const key of LIMITS) limitOf(raw, key, schema, complain);
  const multipleOf = numberOf(raw, 'multipleOf', complain);
  if (multipleOf !== undefined && multipleOf > 0) schema.multipleOf = multipleOf;
  else if (multipleOf !== undefined) complain(`"multipleOf" is ${multipleOf}, not above 0; it was dropped.`);
  if (raw.uniqueItems === true) schema.uniqueItems = true;
  patternOf(raw, schema, complain);
  if (raw.const !== undefined) schema.const = raw.const;
  enumOf(raw, types, schema, complain);
  if (typeof raw.contentEncoding === 'string') schema.contentEncoding = raw.contentEncoding;
  if (typeof raw.contentMediaType === 'string') schema.contentMediaType = raw.contentMediaType;
  return schema;
}

function numberOf(raw: RawObject, key: string, complain: Complain): number | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isFinite(read)) {
    complain(`"${key}" is the text "${String(value)}"; it was read as a number.`);
    return read;
  }
  complain(`"${key}" is not a number; it was dropped.`);
  return undefined;
}

/** `exclusiveMinimum: true` beside a `minimum` (OpenAPI 3.0) becomes `exclusiveMinimum: n` (JSON Schema 2020-12 §6.2). */
function limitOf(raw: RawObject, key: 'maximum' | 'minimum', schema: JsonSchemaObject, complain: Complain): void {
  const exclusiveKey = key === 'maximum' ? 'exclusiveMaximum' : 'exclusiveMinimum';
  const limit = numberOf(raw, key, complain);
  const exclusive = raw[exclusiveKey];
  if (typeof exclusive === 'boolean') {
    if (limit !== undefined) schema[exclusive ? exclusiveKey : key] = limit;
    return;
  }
  if (limit !== undefined) schema[key] = limit;
  const exclusiveLimit = numberOf(raw, exclusiveKey, complain);
  if (exclusiveLimit !== undefined) schema[exclusiveKey] = exclusiveLimit;
}

function patternOf(raw: RawObject, schema: JsonSchemaObject, complain: Complain): void {
  const { pattern } = raw;
  if (pattern === undefined || pattern === null) return;
  if (typeof pattern !== 'string') {
    complain('"pattern" is not a text; it was dropped.');
    return;
  }
  // A JavaScript literal, slashes and all, matches nothing as a pattern.
  const literal = /^\/(\^.*\$)\/[a-z]*$/.exec(pattern)?.[1];
  if (literal !== undefined) complain('"pattern" is written as a literal with slashes; they were dropped.');
  const expression = literal ?? pattern;
  if (isPattern(expression)) schema.pattern = expression;
  else
    complain(
      `"pattern" ${JSON.stringify(pattern.slice(0, 100))} is no regular expression of ECMA-262 with Unicode; it was dropped.`,
    );
}

const checked = new Map<string, boolean>();
const MAX_CHECKED = 10_000;

/** Whether a text is a regular expression under the `u` flag, as JSON Schema 2020-12 §6.4 wants it. */
export function isPattern(text: string): boolean {
  let valid = checked.get(text);
  if (valid === undefined) {
    try {
      valid = new RegExp(text, 'u') instanceof RegExp;
    } catch {
      valid = false;
    }
    if (checked.size < MAX_CHECKED) checked.set(text, valid);
  }
  return valid;
}

function enumOf(raw: RawObject, types: readonly JsonSchemaType[], schema: JsonSchemaObject, complain: Complain): void {
  if (raw.enum === undefined || raw.enum === null) return;
  if (!Array.isArray(raw.enum)) {
    complain('"enum" is not a list; it was dropped.');
    return;
  }
  const values = new Set<unknown>();
  const positions: number[] = [];
  let changed = false;
  for (const [index, value] of raw.enum.entries()) {
    const fitting = coerce(value, types);
    if (fitting === undefined) continue;
    changed ||= fitting !== value;
    if (!values.has(fitting)) positions.push(index);
    values.add(fitting);
  }
  if (values.size === 0) {
    if (raw.enum.length > 0) complain(`No value of "enum" is of type ${types.join(' or ')}; it was dropped.`);
    return;
  }
  if (changed) complain(`Values of "enum" were turned into ${types.join(' or ')}, which "type" asks for.`);
  schema.enum = [...values];
  const names = enumNamesOf(raw);
  if (names?.length === raw.enum.length) schema['x-enum-varnames'] = positions.map((position) => names[position] ?? '');
  const descriptions = enumDescriptionsOf(raw);
  if (descriptions?.length === raw.enum.length)
    schema['x-enum-descriptions'] = positions.map((position) => descriptions[position] ?? '');
}

/** The value as one of the types: itself, or turned when the meaning is plain; undefined when it cannot be. */
function coerce(value: unknown, types: readonly JsonSchemaType[]): unknown {
  if (types.length === 0 || value === null || typeof value === 'object') return value;
  const own = typeof value;
  if (types.some((type) => type === own || (type === 'integer' && Number.isInteger(value)))) return value;
  if (types.includes('string')) return String(value);
  if (own !== 'string' || String(value).trim() === '') return undefined;
  if (types.includes('number') || types.includes('integer')) {
    const read = Number(value);
    if (Number.isFinite(read)) return read;
  }
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return undefined;
}
