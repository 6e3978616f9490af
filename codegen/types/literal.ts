import { NEVER, NULL, objectType, type TsType, text, tuple, UNKNOWN } from './ts-type.js';

/** A string as a literal in single quotes, or in double quotes when that saves escapes, as formatters choose. */
export function quote(value: string): string {
  const singles = value.split("'").length;
  const mark = singles > value.split('"').length ? '"' : "'";
  let body = '';
  for (const character of value)
    body += character === mark || character === '\\' ? `\\${character}` : escaped(character);
  return mark + body + mark;
}

const named: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** Control characters, line separators, lone surrogates and invisible format characters are written as escapes. */
function escaped(character: string): string {
  if (character >= ' ' && character <= '~') return character;
  if (!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return named[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`);
}

/** Most names are ASCII, for which the expression is far cheaper. */
const ASCII_IDENTIFIER = /^[A-Za-z$_][\w$]*$/;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A property key, quoted only where it must be. */
export function propertyKey(name: string): string {
  return ASCII_IDENTIFIER.test(name) || IDENTIFIER.test(name) ? name : quote(name);
}

/** The type that only a given JSON value has. */
export function literalType(value: unknown): TsType {
  if (value === null) return NULL;
  if (typeof value === 'string') return text(quote(value));
  if (typeof value === 'boolean') return text(String(value));
  if (typeof value === 'bigint') return text(`${value}n`);
  if (typeof value === 'number') return Number.isFinite(value) ? text(String(value).replace('e+', 'e')) : NEVER;
  if (Array.isArray(value)) return tuple(value.map((item) => ({ type: literalType(item), modifier: '' as const })));
  if (typeof value !== 'object') return UNKNOWN;
  const members = Object.entries(value).map(([name, member]) => ({
    key: propertyKey(name),
    optional: false,
    type: literalType(member),
    doc: [],
  }));
  return objectType(members);
}
