import { parse, stringify } from 'lossless-json';

/**
 * A number outside a string with more digits than a double surely holds. It may also match inside a string, which costs time only:
 * it decides which parser is used, and both read such a string alike.
 */
const longInteger = /[[:,\s]-?\d{16}|^-?\d{16}/;

/**
 * Reads JSON. Integers beyond ±(2^53 − 1) become `bigint`, every other number a `number`.
 *
 * @throws SyntaxError, RangeError (nested too deep)
 */
export function parseJson(text: string): unknown {
  if (!longInteger.test(text)) return JSON.parse(text);
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
