import { parse, stringify } from 'lossless-json';

/** Digits from which an integer may be beyond 2^53 − 1, which has sixteen. */
const LONG = 16;

/**
 * Whether a number with so many digits may stand somewhere in a text. Looks at every sixteenth character only, since a run of
 * sixteen digits covers one of them. It may also find digits inside a string, which costs time only: both parsers read such a
 * string alike.
 */
function hasLongInteger(text: string): boolean {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < text.length && isDigit(text.charCodeAt(end))) end++;
    if (end - start >= LONG && /^$|[-[:,\s]/.test(text.charAt(start - 1))) return true;
    // The next run begins after `end`, and sixteen digits of it reach the next look.
    at = end;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/**
 * Reads JSON. Integers beyond ±(2^53 − 1) become `bigint`, every other number a `number`.
 *
 * @throws SyntaxError, RangeError (nested too deep)
 */
export function parseJson(text: string): unknown {
  if (!hasLongInteger(text)) return JSON.parse(text);
  return parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function parseNumber(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? number : BigInt(digits);
}

/** Writes JSON; `bigint` becomes a plain integer. Undefined for a value that JSON does not have. */
export function stringifyJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // JSON.stringify refuses bigint with a TypeError; the other parser is slower and does not.
    if (error instanceof TypeError) return stringify(value);
    throw error;
  }
}
