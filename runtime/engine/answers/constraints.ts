import type { JsonSchemaObject, JsonSchemaType } from '../../../config/model/json-schema.js';

/** What is wrong with a value by one keyword; undefined when nothing. No message repeats the value: it may be anybody's secret. */
type Constraint = (value: unknown, schema: JsonSchemaObject) => string | undefined;

/** A keyword about numbers, texts, lists or objects says nothing of other values (JSON Schema Validation 2020-12 §6). */
const ofNumber =
  (fails: (value: number | bigint, schema: JsonSchemaObject) => string | false): Constraint =>
  (value, schema) =>
    typeof value === 'number' || typeof value === 'bigint' ? fails(value, schema) || undefined : undefined;
const ofText =
  (fails: (value: string, schema: JsonSchemaObject) => string | false): Constraint =>
  (value, schema) =>
    typeof value === 'string' ? fails(value, schema) || undefined : undefined;
const ofList =
  (fails: (value: readonly unknown[], schema: JsonSchemaObject) => string | false): Constraint =>
  (value, schema) =>
    Array.isArray(value) ? fails(value, schema) || undefined : undefined;
const ofObject =
  (fails: (value: Readonly<Record<string, unknown>>, schema: JsonSchemaObject) => string | false): Constraint =>
  (value, schema) =>
    typeOf(value) === 'object' ? fails(value as Record<string, unknown>, schema) || undefined : undefined;

/** The keywords that are about a value alone. */
export const constraints: { readonly [keyword: string]: Constraint | undefined } = Object.assign(Object.create(null), {
  type: (value, { type = [] }) => {
    const types = Array.isArray(type) ? type : [type];
    return types.some((name) => isOf(value, name)) ? undefined : `must be ${types.join(' or ')}, not ${typeOf(value)}`;
  },
  enum: (value, { enum: values = [] }) =>
    values.some((one) => same(one, value)) ? undefined : 'must be one of the values that the description lists',
  const: (value, { const: only }) =>
    same(only, value) ? undefined : 'must be the one value that the description names',
  maximum: ofNumber((value, { maximum = 0 }) => value > maximum && `must be at most ${maximum}`),
  minimum: ofNumber((value, { minimum = 0 }) => value < minimum && `must be at least ${minimum}`),
  exclusiveMaximum: ofNumber(
    (value, { exclusiveMaximum = 0 }) => value >= exclusiveMaximum && `must be less than ${exclusiveMaximum}`,
  ),
  exclusiveMinimum: ofNumber(
    (value, { exclusiveMinimum = 0 }) => value <= exclusiveMinimum && `must be more than ${exclusiveMinimum}`,
  ),
  multipleOf: ofNumber(
    (value, { multipleOf = 1 }) => !isMultiple(value, multipleOf) && `must be a multiple of ${multipleOf}`,
  ),
  maxLength: ofText(
    (value, { maxLength = 0 }) =>
      value.length > maxLength && lengthOf(value) > maxLength && `must have at most ${maxLength} characters`,
  ),
  minLength: ofText(
    (value, { minLength = 0 }) => lengthOf(value) < minLength && `must have at least ${minLength} characters`,
  ),
  pattern: ofText(
    (value, { pattern = '' }) =>
      !expression(pattern).test(value) && 'must match the pattern that the description names',
  ),
  maxItems: ofList((value, { maxItems = 0 }) => value.length > maxItems && `must have at most ${maxItems} items`),
  minItems: ofList((value, { minItems = 0 }) => value.length < minItems && `must have at least ${minItems} items`),
  uniqueItems: ofList(
    (value, { uniqueItems }) => uniqueItems === true && hasDuplicates(value) && 'must have no item twice',
  ),
  required: ofObject((value, { required = [] }) => {
    const missing = required.filter((name) => !Object.hasOwn(value, name) || value[name] === undefined);
    return missing.length > 0 && `must have ${missing.map((name) => JSON.stringify(name)).join(', ')}`;
  }),
  dependentRequired: ofObject((value, { dependentRequired = {} }) => {
    const missing = Object.entries(dependentRequired)
      .filter(([name]) => Object.hasOwn(value, name))
      .flatMap(([, names]) => names.filter((name) => !Object.hasOwn(value, name)));
    return missing.length > 0 && `must have ${missing.map((name) => JSON.stringify(name)).join(', ')}`;
  }),
  maxProperties: ofObject(
    (value, { maxProperties = 0 }) =>
      Object.keys(value).length > maxProperties && `must have at most ${maxProperties} properties`,
  ),
  minProperties: ofObject(
    (value, { minProperties = 0 }) =>
      Object.keys(value).length < minProperties && `must have at least ${minProperties} properties`,
  ),
} satisfies Record<string, Constraint>);

function isOf(value: unknown, type: JsonSchemaType): boolean {
  const actual = typeOf(value);
  return actual === type || (actual === 'integer' && type === 'number');
}

/** An integer beyond 2^53 is a bigint. */
function typeOf(value: unknown): JsonSchemaType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'boolean' | 'object' | 'string';
}

const isNumeric = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    // A schema's own number is one beyond 2^53 as near as a number can be.
    return isNumeric(one) && isNumeric(other) && Number(one) === Number(other);
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) => Object.hasOwn(other, name) && same(one[name as keyof typeof one], other[name as keyof typeof other]),
    )
  );
}

/** In characters, not in UTF-16 units (JSON Schema Validation 2020-12 §6.3.1). */
const lengthOf = (text: string): number => (/[\ud800-\udbff]/.test(text) ? [...text].length : text.length);

/** Decimal fractions are not exact in binary: a quotient next to an integer counts. */
function isMultiple(value: number | bigint, of: number): boolean {
  if (typeof value === 'bigint') return !Number.isInteger(of) || value % BigInt(of) === 0n;
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

/** Lists and objects of a list that are compared with one another. */
const COMPARED = 100;

function hasDuplicates(items: readonly unknown[]): boolean {
  const isSimple = (item: unknown) => typeof item !== 'object' || item === null;
  const simple = items.filter(isSimple);
  if (new Set(simple).size < simple.length) return true;
  const others = items.filter((item) => !isSimple(item)).slice(0, COMPARED);
  return others.some((item, index) => others.slice(0, index).some((earlier) => same(earlier, item)));
}

const expressions = new Map<string, RegExp>();
/** Patterns kept compiled. */
const EXPRESSIONS = 2_000;

/** A pattern that is no regular expression of JavaScript's is fulfilled by everything. */
function expression(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  if (expressions.size >= EXPRESSIONS) expressions.clear();
  const compiled = compile(pattern);
  expressions.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return /(?:)/;
  }
}
