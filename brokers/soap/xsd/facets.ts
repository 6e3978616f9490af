import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import { attributeOf, clark, resolveQName, type XmlElement } from '../../xml/index.js';
import { readSimple } from './lexical.js';
import { patternOf } from './pattern.js';
import type { SimpleType } from './simple-types.js';

/** Digits that a JSON number holds without loss. */
const EXACT_DIGITS = 15;

/** A simple type narrowed by facets (Part 2 §4.3). What JSON Schema cannot say of a value is left to the service. */
export function narrowed(base: SimpleType, facets: readonly XmlElement[]): SimpleType {
  const values = (name: string): string[] =>
    facets.filter((facet) => facet.name === name).flatMap((facet) => attributeOf(facet, 'value') ?? []);
  const enumeration = facets.filter(({ name }) => name === 'enumeration');
  if (enumeration.length > 0) return enumerated(base, enumeration);
  if ('list' in base.simple) return { ...base, schema: { ...base.schema, ...lengths(values, 'minItems', 'maxItems') } };
  if (!('builtin' in base.simple)) return base;
  const { builtin } = base.simple;
  const schema = base.schema;
  if (builtin === 'decimal' || builtin === 'float' || builtin === 'double')
    return { ...base, schema: boundedNumber(schema, values) };
  if (schema.type === 'integer') return { ...base, schema: { ...schema, ...integerBounds(schema, values) } };
  if (schema.contentEncoding !== undefined || schema.type !== 'string') return base;
  const isPlainText = schema.pattern === undefined && !('x-smartwright-data-type' in schema);
  return {
    ...base,
    schema: {
      ...schema,
      ...(isPlainText || schema.minLength !== undefined ? lengths(values, 'minLength', 'maxLength') : {}),
      ...patterns(schema, values('pattern')),
    },
  };
}

/** Typed values, once each; a value that the base cannot read is left out. */
function enumerated(base: SimpleType, facets: readonly XmlElement[]): SimpleType {
  const known = new Set<unknown>();
  for (const facet of facets) {
    const text = attributeOf(facet, 'value') ?? '';
    const isName = 'builtin' in base.simple && base.simple.builtin === 'QName';
    const name = isName ? resolveQName(text, facet.scope) : undefined;
    const value = name === undefined ? readSimple(base.simple, text) : clark(name);
    if (value !== undefined && (typeof value !== 'object' || value === null)) known.add(value);
  }
  if (known.size === 0) return base;
  const values = [...known];
  const type = base.schema.type;
  return {
    simple: base.simple,
    schema: { ...(typeof type === 'string' ? { type } : {}), enum: values },
    enumerated: true,
  };
}

type Values = (facet: string) => string[];

function lengths(values: Values, least: 'minItems' | 'minLength', most: 'maxItems' | 'maxLength'): JsonSchemaObject {
  const exact = count(values('length'));
  const minimum = exact ?? count(values('minLength'));
  const maximum = exact ?? count(values('maxLength'));
  return {
    ...(minimum === undefined || minimum === 0 ? {} : { [least]: minimum }),
    ...(maximum === undefined ? {} : { [most]: maximum }),
  };
}

function count(values: readonly string[]): number | undefined {
  const value = values[0] === undefined ? Number.NaN : Number(values[0]);
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Patterns of one step are alternatives (Part 2 §4.3.4.3); those of several steps must all hold. */
function patterns(schema: JsonSchemaObject, expressions: readonly string[]): JsonSchemaObject {
  if (expressions.length === 0) return {};
  const translated = expressions.map(patternOf);
  if (translated.some((expression) => expression === undefined)) return {};
  const pattern =
    translated.length === 1 ? (translated[0] ?? '') : `^(?:${translated.map((one) => one?.slice(1, -1)).join('|')})$`;
  if (schema.pattern === undefined) return { pattern };
  return { allOf: [...(schema.allOf ?? []), { pattern }] };
}

function integerBounds(schema: JsonSchemaObject, values: Values): JsonSchemaObject {
  const digits = count(values('totalDigits'));
  const most = digits === undefined || digits > EXACT_DIGITS ? undefined : 10 ** digits - 1;
  const minimum = largest([
    schema.minimum,
    number(values('minInclusive')),
    above(values('minExclusive')),
    most === undefined ? undefined : -most,
  ]);
  const maximum = smallest([schema.maximum, number(values('maxInclusive')), below(values('maxExclusive')), most]);
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

function boundedNumber(schema: JsonSchemaObject, values: Values): JsonSchemaObject {
  const bounds: JsonSchemaObject = {};
  const at = (facet: string) => number(values(facet));
  const [minimum, maximum] = [at('minInclusive'), at('maxInclusive')];
  const [over, under] = [at('minExclusive'), at('maxExclusive')];
  if (minimum !== undefined) bounds.minimum = minimum;
  if (maximum !== undefined) bounds.maximum = maximum;
  if (over !== undefined) bounds.exclusiveMinimum = over;
  if (under !== undefined) bounds.exclusiveMaximum = under;
  const digits = count(values('totalDigits'));
  const whole = count(values('fractionDigits')) === 0;
  const isExact = digits !== undefined && digits <= EXACT_DIGITS;
  if (Object.keys(bounds).length === 0 && !isExact && !whole) return schema;
  const limit = isExact ? 10 ** (digits - (count(values('fractionDigits')) ?? 0)) : undefined;
  return {
    type: whole ? 'integer' : 'number',
    ...(limit === undefined ? {} : { exclusiveMinimum: -limit, exclusiveMaximum: limit }),
    ...bounds,
  };
}

function number(values: readonly string[]): number | undefined {
  const value = values[0] === undefined || values[0].trim() === '' ? Number.NaN : Number(values[0]);
  return Number.isFinite(value) ? value : undefined;
}

const above = (values: readonly string[]): number | undefined => {
  const value = number(values);
  return value === undefined ? undefined : Math.floor(value) + 1;
};
const below = (values: readonly string[]): number | undefined => {
  const value = number(values);
  return value === undefined ? undefined : Math.ceil(value) - 1;
};
const largest = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((most, value) => (value === undefined ? most : Math.max(most ?? value, value)), undefined);
const smallest = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((least, value) => (value === undefined ? least : Math.min(least ?? value, value)), undefined);
