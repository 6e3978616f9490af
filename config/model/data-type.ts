/**
 * K2's property types: what a designer sees of a schema. They are a projection, for drawing forms and choosing controls; the
 * schema stays the truth, and nothing is converted by them.
 */
import { type JsonSchema, type JsonSchemaObject, referencedType, type TypeMap } from './json-schema.js';

export const dataTypes = [
  'AutoGuid',
  'AutoNumber',
  'Date',
  'DateTime',
  'Decimal',
  'File',
  'Guid',
  'HyperLink',
  'Image',
  'Memo',
  'MultiValue',
  'Number',
  'Text',
  'Time',
  'Xml',
  'YesNo',
] as const;

export type DataType = (typeof dataTypes)[number];

/** A text that may be longer than this is a Memo; K2's limit of a Text. */
const LONGEST_TEXT = 4000;

/** What is said of the property beside its schema. */
export interface PropertyRole {
  /** Identifies the object: a number or GUID that only the service sets is then an AutoNumber or AutoGuid. */
  readonly key?: boolean;
}

/** The K2 type of a property. What is no single scalar, file or list of scalars is a Memo. */
export function dataTypeOf(schema: JsonSchema, types: TypeMap, role: PropertyRole = {}): DataType {
  const told = typeof schema === 'object' ? schema['x-smartwright-data-type'] : undefined;
  if (told !== undefined) return told;
  const plain = plainSchema(schema, types);
  if (plain === undefined) return 'Memo';
  if (plain['x-smartwright-data-type'] !== undefined) return plain['x-smartwright-data-type'];
  if (plain['x-smartwright-file'] === true) return isImage(plain) ? 'Image' : 'File';
  const automatic = role.key === true && plain.readOnly === true;
  switch (plain.type) {
    case 'boolean':
      return 'YesNo';
    case 'integer':
      return automatic ? 'AutoNumber' : 'Number';
    case 'number':
      return 'Decimal';
    case 'string':
      return textType(plain, automatic, role.key === true || plain.enum !== undefined || plain.const !== undefined);
    case 'array':
      return isListOfScalars(plain, types) ? 'MultiValue' : 'Memo';
    default:
      return 'Memo';
  }
}

/** @param isShort whatever the longest is that the service takes: an identifier, or one of some values */
function textType(schema: JsonSchemaObject, automatic: boolean, isShort: boolean): DataType {
  const mediaType = schema.contentMediaType?.toLowerCase() ?? '';
  if (schema.contentEncoding !== undefined) return isImage(schema) ? 'Image' : 'File';
  if (/[/+]xml$/.test(mediaType)) return 'Xml';
  if (mediaType !== '' && mediaType !== 'text/plain') return 'Memo';
  switch (schema.format) {
    case 'date':
      return 'Date';
    case 'date-time':
      return 'DateTime';
    case 'time':
      return 'Time';
    case 'uuid':
    case 'guid':
      return automatic ? 'AutoGuid' : 'Guid';
    case 'uri':
    case 'url':
    case 'iri':
      return 'HyperLink';
    case 'byte':
    case 'binary':
      return 'File';
    case 'xml':
      return 'Xml';
    case 'html':
    case 'markdown':
    case 'multiline':
    case 'json':
      return 'Memo';
    default:
      return (schema.maxLength ?? 0) > LONGEST_TEXT && !isShort ? 'Memo' : 'Text';
  }
}

const isImage = (schema: JsonSchemaObject): boolean =>
  (schema.contentMediaType?.toLowerCase().startsWith('image/') ?? false) || schema.format === 'image';

function isListOfScalars(schema: JsonSchemaObject, types: TypeMap): boolean {
  if (schema.items === undefined || schema.prefixItems !== undefined) return false;
  const item = plainSchema(schema.items, types);
  return item !== undefined && typeof item.type === 'string' && item.type !== 'array' && item.type !== 'object';
}

/** What `plainSchema` found out, so that types that use one another in many ways are looked at once. */
const known = new WeakMap<TypeMap, WeakMap<JsonSchemaObject, JsonSchemaObject | undefined>>();

/**
 * A schema with its references followed and its null taken away, so that `type` is one name; undefined when it is a choice
 * between different things, contains only itself, or says nothing. The keywords nearest to the property win: they are its own.
 * Results are kept for as long as the type map is, which must not change meanwhile.
 */
export function plainSchema(schema: JsonSchema, types: TypeMap): JsonSchemaObject | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (isPlain(schema)) return schema;
  const results = known.get(types) ?? new WeakMap<JsonSchemaObject, JsonSchemaObject | undefined>();
  known.set(types, results);
  if (results.has(schema)) return results.get(schema);
  results.set(schema, undefined);
  const plain = makePlain(schema, types);
  results.set(schema, plain);
  return plain;
}

/** Whether a schema says one type and is made of no others, as most do. */
const isPlain = ({ $ref, allOf, oneOf, anyOf, type }: JsonSchemaObject): boolean =>
  typeof type === 'string' && type !== 'null' && ($ref ?? allOf ?? oneOf ?? anyOf) === undefined;

function makePlain(
  { $ref, allOf, oneOf, anyOf, ...own }: JsonSchemaObject,
  types: TypeMap,
): JsonSchemaObject | undefined {
  const parts: JsonSchemaObject[] = [];
  if ($ref !== undefined) {
    const name = referencedType($ref);
    const target = name === undefined || !Object.hasOwn(types, name) ? undefined : types[name];
    const plain = target === undefined ? undefined : plainSchema(target, types);
    if (plain === undefined) return undefined;
    parts.push(plain);
  }
  for (const part of allOf ?? []) {
    const plain = plainSchema(part, types);
    if (plain !== undefined) parts.push(plain);
  }
  for (const choice of [oneOf, anyOf]) {
    if (choice === undefined) continue;
    const plain = sameChoice(choice, types);
    if (plain === undefined) return undefined;
    parts.push(plain);
  }
  return withOneType(merged([...parts, own]));
}

/** What all members of a choice are, null aside: the one member, or just the type that all share. */
function sameChoice(choice: readonly JsonSchema[], types: TypeMap): JsonSchemaObject | undefined {
  const members = choice.filter(
    (member) => typeof member !== 'object' || (member.type !== 'null' && member.const !== null),
  );
  const plain = members.map((member) => plainSchema(member, types));
  const [first, ...others] = plain;
  if (first?.type === undefined) return undefined;
  if (others.length === 0) return first;
  const scalar = first.type !== 'object' && first.type !== 'array';
  return scalar && others.every((other) => other?.type === first.type) ? { type: first.type } : undefined;
}

function merged(parts: readonly JsonSchemaObject[]): JsonSchemaObject {
  const [first, ...others] = parts.filter((part) => Object.keys(part).length > 0);
  if (others.length === 0) return first ?? {};
  const properties: TypeMap = {};
  const required = new Set<string>();
  let described = false;
  for (const part of parts) {
    if (part.properties !== undefined) described = true;
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      Object.defineProperty(properties, name, {
        value: property,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    for (const name of part.required ?? []) required.add(name);
  }
  const whole: JsonSchemaObject = Object.assign({}, ...parts);
  if (described) whole.properties = properties;
  if (required.size > 0) whole.required = [...required];
  return whole;
}

function withOneType(schema: JsonSchemaObject): JsonSchemaObject | undefined {
  const values = schema.const !== undefined ? [schema.const] : schema.enum;
  const given = schema.type === undefined ? impliedTypes(schema, values) : [schema.type].flat();
  const named = given.filter((type) => type !== 'null');
  const types = named.includes('number') ? named.filter((type) => type !== 'integer') : named;
  const [type] = types;
  if (type === undefined || types.length > 1) return undefined;
  return schema.type === type ? schema : { ...schema, type };
}

function impliedTypes(
  schema: JsonSchemaObject,
  values: readonly unknown[] | undefined,
): NonNullable<JsonSchemaObject['type']>[] {
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return ['object'];
  if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
  const names = new Set((values ?? []).map(typeOfValue));
  return [...names];
}

function typeOfValue(value: unknown): 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer';
  const kind = typeof value;
  return kind === 'string' || kind === 'boolean' || kind === 'number' ? kind : 'object';
}
