import { isXmlText } from '../../xml/index.js';
import type { Simple } from '../plan.js';
import type { BuiltinName } from './builtins.js';

/** A value of a simple type in JSON: text, number, large integer, truth or a list of them. */
export type SimpleValue = string | number | bigint | boolean | SimpleValue[];

/**
 * The value of a lexical representation (Part 2 §3); undefined when it is none of the type.
 *
 * @param qname resolves a name with a prefix to Clark notation
 */
export function readSimple(
  simple: Simple,
  text: string,
  qname: (text: string) => string | undefined = plain,
): SimpleValue | undefined {
  if ('builtin' in simple) return readBuiltin(simple.builtin, text, qname);
  if ('union' in simple) {
    for (const member of simple.union) {
      const value = readSimple(member, text, qname);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  const items: SimpleValue[] = [];
  for (const part of text.split(/[ \t\r\n]+/)) {
    if (part === '') continue;
    const value = readSimple(simple.list, part, qname);
    if (value === undefined) return undefined;
    items.push(value);
  }
  return items;
}

const plain = (text: string): string => text;
const integers: ReadonlySet<BuiltinName> = new Set([
  ...([
    'integer',
    'nonNegativeInteger',
    'positiveInteger',
    'nonPositiveInteger',
    'negativeInteger',
    'long',
    'int',
  ] as const),
  ...(['short', 'byte', 'unsignedLong', 'unsignedInt', 'unsignedShort', 'unsignedByte'] as const),
]);

function readBuiltin(
  builtin: BuiltinName,
  raw: string,
  qname: (text: string) => string | undefined,
): SimpleValue | undefined {
  if (builtin === 'string' || builtin === 'anySimpleType') return raw;
  if (builtin === 'normalizedString') return raw.replace(/[\t\r\n]/g, ' ');
  const text = raw.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
  if (integers.has(builtin)) return readInteger(text);
  switch (builtin) {
    case 'boolean':
      return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
    case 'decimal':
      return readDecimal(text);
    case 'float':
    case 'double':
      return readReal(text);
    case 'base64Binary':
      return /^[A-Za-z0-9+/ ]*(?:=[ ]*){0,2}$/.test(text) ? text.replaceAll(' ', '') : undefined;
    case 'hexBinary':
      return /^(?:[0-9A-Fa-f]{2})*$/.test(text) ? Buffer.from(text, 'hex').toString('base64') : undefined;
    case 'QName':
    case 'NOTATION':
      return qname(text);
    default:
      return text;
  }
}

function readInteger(text: string): number | bigint | undefined {
  if (!/^[+-]?\d+$/.test(text) || text.length > 10_000) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : BigInt(text.replace(/^\+/, ''));
}

/** A number where a JSON number has all the digits, else the digits. */
function readDecimal(text: string): number | string | undefined {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text)) return undefined;
  const digits = text.replace(/^[+-]|\./g, '').replace(/^0+/, '');
  return digits.length <= 15 ? Number(text) + 0 : text;
}

function readReal(text: string): number | string | undefined {
  if (text === 'INF' || text === '-INF' || text === 'NaN') return text;
  if (text === '+INF') return 'INF';
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/**
 * The lexical representation of a value; undefined when the type has none for it.
 *
 * @param qname gives a name in Clark notation a prefix
 */
export function writeSimple(
  simple: Simple,
  value: unknown,
  qname: (clark: string) => string = plain,
): string | undefined {
  if ('builtin' in simple) return writeBuiltin(simple.builtin, value, qname);
  if ('union' in simple) {
    for (const member of simple.union) {
      const text = writeSimple(member, value, qname);
      // The first member that would read it back as it is.
      if (text !== undefined && readSimple(member, text) !== undefined) return text;
    }
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const parts = value.map((item) => writeSimple(simple.list, item, qname));
  return parts.some((part) => part === undefined) ? undefined : parts.join(' ');
}

function writeBuiltin(builtin: BuiltinName, value: unknown, qname: (clark: string) => string): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return value.toString();
    case 'number':
      return writeNumber(builtin, value);
    case 'string':
      return writeText(builtin, value, qname);
    default:
      return undefined;
  }
}

function writeNumber(builtin: BuiltinName, value: number): string | undefined {
  if (builtin === 'float' || builtin === 'double')
    return Number.isNaN(value) ? 'NaN' : Number.isFinite(value) ? String(value) : value > 0 ? 'INF' : '-INF';
  if (!Number.isFinite(value)) return undefined;
  const text = String(value);
  if (!text.includes('e')) return text;
  // Decimals and integers have no exponent (Part 2 §3.2.3.1).
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [, digits = '', exponent = '0'] = /^-?([\d.]+)e([+-]\d+)$/.exec(text) ?? [];
  return value.toFixed(Math.min(100, digits.replace(/^\d\.?/, '').length - Number(exponent)));
}

function writeText(builtin: BuiltinName, value: string, qname: (clark: string) => string): string | undefined {
  if (!isXmlText(value)) return undefined;
  if (builtin === 'QName' || builtin === 'NOTATION') return qname(value);
  if (builtin === 'hexBinary') return Buffer.from(value, 'base64').toString('hex').toUpperCase();
  return value;
}
