import type { JsonSchemaObject } from '../../../config/model/json-schema.js';

/**
 * The built-in simple types of XML Schema (Part 2 §3) as JSON Schema. What JSON numbers cannot hold without loss is text or a
 * large integer: a decimal is a number where that is exact, else its digits as text; integers beyond 2^53 are whole.
 */
const text: JsonSchemaObject = { type: 'string' };
const integer = (minimum?: number, maximum?: number): JsonSchemaObject => ({
  type: 'integer',
  ...(minimum === undefined ? {} : { minimum }),
  ...(maximum === undefined ? {} : { maximum }),
});
const zone = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?';
const day = '-?(?:[1-9]\\d{3,}|0\\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const time = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)';
const pattern = (expression: string): JsonSchemaObject => ({ type: 'string', pattern: `^${expression}$` });

const decimal: JsonSchemaObject = {
  anyOf: [{ type: 'number' }, pattern('[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)')],
  'x-smartwright-data-type': 'Decimal',
};
const real: JsonSchemaObject = {
  anyOf: [{ type: 'number' }, { enum: ['INF', '-INF', 'NaN'] }],
  'x-smartwright-data-type': 'Decimal',
};

export const builtins = {
  string: text,
  normalizedString: text,
  token: text,
  language: pattern('[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*'),
  Name: text,
  NCName: text,
  NMTOKEN: text,
  ID: text,
  IDREF: text,
  ENTITY: text,
  anyURI: text,
  /** In Clark notation, `{namespace}name`. */
  QName: pattern('(?:\\{[^{}]*\\})?[^{}:\\s]+'),
  NOTATION: text,
  boolean: { type: 'boolean' },
  decimal,
  integer: integer(),
  nonNegativeInteger: integer(0),
  positiveInteger: integer(1),
  nonPositiveInteger: integer(undefined, 0),
  negativeInteger: integer(undefined, -1),
  long: { ...integer(), format: 'int64' },
  int: { ...integer(-2147483648, 2147483647), format: 'int32' },
  short: integer(-32768, 32767),
  byte: integer(-128, 127),
  unsignedLong: { ...integer(0), format: 'int64' },
  unsignedInt: integer(0, 4294967295),
  unsignedShort: integer(0, 65535),
  unsignedByte: integer(0, 255),
  float: real,
  double: real,
  /** With or without a zone, as the service has it. */
  dateTime: { ...pattern(`${day}T${time}${zone}`), 'x-smartwright-data-type': 'DateTime' },
  date: { ...pattern(`${day}${zone}`), 'x-smartwright-data-type': 'Date' },
  time: { ...pattern(`${time}${zone}`), 'x-smartwright-data-type': 'Time' },
  duration: pattern(
    '-?P(?=\\d|T\\d)(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?',
  ),
  gYear: pattern(`-?(?:[1-9]\\d{3,}|0\\d{3})${zone}`),
  gYearMonth: pattern(`-?(?:[1-9]\\d{3,}|0\\d{3})-(?:0[1-9]|1[0-2])${zone}`),
  gMonth: pattern(`--(?:0[1-9]|1[0-2])${zone}`),
  gMonthDay: pattern(`--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])${zone}`),
  gDay: pattern(`---(?:0[1-9]|[12]\\d|3[01])${zone}`),
  base64Binary: { type: 'string', contentEncoding: 'base64' },
  /** As base64, like all binary data. */
  hexBinary: { type: 'string', contentEncoding: 'base64' },
  anySimpleType: { type: ['string', 'number', 'boolean'] },
} as const satisfies Record<string, JsonSchemaObject>;

export type BuiltinName = keyof typeof builtins;

/** The built-in lists (Part 2 §3.3.5, §3.3.10, §3.3.12): the type of their items. */
export const builtinLists: Readonly<Record<string, BuiltinName>> = {
  NMTOKENS: 'NMTOKEN',
  IDREFS: 'IDREF',
  ENTITIES: 'ENTITY',
};

export const isBuiltin = (name: string): name is BuiltinName => Object.hasOwn(builtins, name);
