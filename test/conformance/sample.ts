import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  type TypeMap,
} from '../../config/model/json-schema.js';

export interface SampleOptions {
  /** Whether properties that are not required are given too. */
  readonly optional: boolean;
  /** Makes a string that no format, pattern or enumeration rules. Default: a plain word. */
  readonly text?: () => string;
  /** Makes a string that matches a pattern, where no known word does. */
  readonly matching?: (pattern: string) => string | undefined;
}

/** Nesting beyond which optional properties and items are left out: a recursive type ends there. */
const deepest = 4;

/** A value that fits a schema, the same each time. What it cannot know, such as an odd pattern, may make it invalid: validate it. */
export function sample(schema: JsonSchema, types: TypeMap, options: SampleOptions): unknown {
  return new Sampler(schema, types, options).value(schema, 0);
}

class Sampler {
  readonly #root: JsonSchema;
  readonly #types: TypeMap;
  readonly #options: SampleOptions;

  constructor(root: JsonSchema, types: TypeMap, options: SampleOptions) {
    this.#root = root;
    this.#types = types;
    this.#options = options;
  }

  value(given: JsonSchema, depth: number): unknown {
    const schema = this.#merged(given, 0);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return chosen(schema.enum, schema.type) ?? null;
    const types = schema.type === undefined ? [] : [schema.type].flat();
    const type = types.find((name) => name !== 'null') ?? types[0] ?? impliedType(schema);
    switch (type) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, depth);
      case 'string':
        return stringOf(schema, this.#options);
      case 'integer':
      case 'number':
        return numberOf(schema, type === 'integer');
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return 'sample';
    }
  }

  #object(schema: JsonSchemaObject, depth: number): Record<string, unknown> {
    const required = new Set(schema.required ?? []);
    const properties = Object.entries(schema.properties ?? {});
    const names = properties.filter(
      ([name, member]) => required.has(name) || (this.#options.optional && depth < deepest && member !== false),
    );
    const members = names.map(([name, member]): [string, unknown] => [name, this.value(member, depth + 1)]);
    const others = schema.additionalProperties === false ? undefined : (schema.additionalProperties ?? true);
    const undeclared = [...required].filter((name) => !names.some(([known]) => known === name));
    if (others !== undefined)
      members.push(...undeclared.map((name): [string, unknown] => [name, this.value(others, depth + 1)]));
    for (let n = 1; others !== undefined && members.length < (schema.minProperties ?? 0); n++)
      members.push([`key${n}`, this.value(others, depth + 1)]);
    return Object.fromEntries(members);
  }

  #array(schema: JsonSchemaObject, depth: number): unknown[] {
    if (depth >= deepest && (schema.minItems ?? 0) === 0) return [];
    const fixed = (schema.prefixItems ?? []).map((item) => this.value(item, depth + 1));
    const item = schema.items === undefined || schema.items === false ? undefined : schema.items;
    const wanted = Math.max(
      schema.minItems ?? 0,
      fixed.length > 0 || item === undefined || schema.maxItems === 0 ? 0 : 1,
    );
    const choices = item === undefined ? undefined : this.#merged(item, 0).enum;
    while (item !== undefined && fixed.length < wanted) {
      const value = choices?.[fixed.length] ?? this.value(item, depth + 1);
      fixed.push(
        schema.uniqueItems === true && fixed.length > 0 && choices === undefined ? other(value, fixed.length) : value,
      );
    }
    return fixed;
  }

  /** The schema with its reference followed, `allOf` folded in and the first alternative taken. */
  #merged(schema: JsonSchema, hops: number): JsonSchemaObject {
    if (typeof schema === 'boolean' || hops > 32) return {};
    const { $ref, allOf, oneOf, anyOf, ...own } = schema;
    const parts = [
      ...($ref === undefined ? [] : [this.#resolve($ref)]),
      ...(allOf ?? []),
      ...alternative(oneOf, schema.discriminator),
      ...alternative(anyOf, schema.discriminator),
    ];
    return parts.map((part) => this.#merged(part, hops + 1)).reduce(combined, own);
  }

  #resolve(ref: string): JsonSchema {
    const name = referencedType(ref);
    if (name !== undefined) return this.#types[name] ?? true;
    let found: unknown = this.#root;
    for (const token of ref.split('/').slice(1)) {
      const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
      found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
    }
    return (found ?? true) as JsonSchema;
  }
}

/** The first alternative that is more than null, and the value by which it is told from the others. */
function alternative(
  members: readonly JsonSchema[] | undefined,
  discriminator: JsonSchemaObject['discriminator'],
): JsonSchema[] {
  const first = members?.find((member) => typeof member === 'object' && member.type !== 'null');
  if (typeof first !== 'object') return [];
  const { propertyName, mapping = {} } = discriminator ?? {};
  const name = first.$ref === undefined ? undefined : referencedType(first.$ref);
  const value = Object.entries(mapping).find(([, type]) => type === name)?.[0] ?? name;
  if (propertyName === undefined || value === undefined) return [first];
  return [first, { properties: { [propertyName]: { const: value } }, required: [propertyName] }];
}

/** The first value of an enumeration that is not null and of a type that the schema has. */
function chosen(values: readonly unknown[], type: JsonSchemaObject['type']): unknown {
  const types: readonly string[] = type === undefined ? [] : [type].flat();
  const fits = (value: unknown): boolean =>
    types.length === 0 || types.includes(typeof value) || (typeof value === 'number' && types.includes('integer'));
  return values.find((value) => value !== null && fits(value)) ?? values.find((value) => value !== null);
}

/** Another value like one, for a list whose items differ. */
function other(value: unknown, index: number): unknown {
  if (typeof value === 'number') return value + index;
  return typeof value === 'string' ? `${value}${index}` : value;
}

const combined = (a: JsonSchemaObject, b: JsonSchemaObject): JsonSchemaObject => ({
  ...a,
  ...b,
  ...(a.properties === undefined && b.properties === undefined
    ? {}
    : { properties: { ...a.properties, ...b.properties } }),
  ...(a.required === undefined && b.required === undefined
    ? {}
    : { required: [...(a.required ?? []), ...(b.required ?? [])] }),
});

function impliedType(schema: JsonSchemaObject): string | undefined {
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return 'object';
  return schema.items !== undefined || schema.prefixItems !== undefined ? 'array' : undefined;
}

const formats: Readonly<Record<string, string>> = {
  date: '2024-02-29',
  time: '12:30:00Z',
  'date-time': '2024-02-29T12:30:00Z',
  duration: 'P1D',
  email: 'person@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  'uri-reference': '/a',
  uuid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  byte: 'c2FtcGxl',
  regex: 'a',
  'json-pointer': '/a',
};

const words = [
  'sample',
  'a',
  'A',
  'ab',
  'en',
  'US',
  'EUR',
  '1',
  '12',
  '1234',
  '2024-02-29',
  'a1',
  'a-b',
  'a_b',
  '#aabbcc',
  '+15550100',
  '12:30',
  'a@example.com',
  'https://example.com/',
];

function stringOf(schema: JsonSchemaObject, { text, matching }: SampleOptions): string {
  const format = schema.format === undefined ? undefined : formats[schema.format];
  if (format !== undefined) return format;
  if (schema.contentEncoding === 'base64') return 'c2FtcGxl';
  if (schema.contentMediaType === 'application/xml') return '<s:sample xmlns:s="urn:sample"/>';
  if (schema.pattern !== undefined) {
    const pattern = new RegExp(schema.pattern, 'u');
    const wanted = text?.();
    if (wanted !== undefined && pattern.test(wanted)) return wanted;
    const fits = (word: string) => pattern.test(word) && lengthFits(word, schema);
    return words.find(fits) ?? matching?.(schema.pattern) ?? words.find((word) => pattern.test(word)) ?? 'sample';
  }
  const plain = text?.() ?? 'sample';
  return plain.padEnd(schema.minLength ?? 0, 'x').slice(0, schema.maxLength ?? plain.length + (schema.minLength ?? 0));
}

const lengthFits = ({ length }: string, { minLength = 0, maxLength = Infinity }: JsonSchemaObject): boolean =>
  length >= minLength && length <= maxLength;

function numberOf(schema: JsonSchemaObject, integer: boolean): number {
  const step = schema.multipleOf ?? 1;
  const low =
    schema.minimum ??
    (schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + (integer ? 1 : step / 2));
  const high =
    schema.maximum ??
    (schema.exclusiveMaximum === undefined ? undefined : schema.exclusiveMaximum - (integer ? 1 : step / 2));
  if (low !== undefined && low > 1) return Math.ceil(low / step) * step;
  if (high !== undefined && high < 1) return Math.floor(high / step) * step;
  return Math.max(step, 1);
}
