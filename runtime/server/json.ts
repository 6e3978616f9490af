import { isInteger, parse as parseLossless, stringify as stringifyLossless } from 'lossless-json';
import { CallerError, UpstreamError } from '../../config/model/errors.js';

/** A run of digits that may be an integer beyond 2^53, or a string that looks like one. */
const longDigits = /\d{16}/;

/**
 * Parses a request's JSON. An integer that a number cannot hold exactly becomes a bigint; only a text with 16 digits in a row is
 * looked at for those.
 *
 * @throws CallerError REQUEST_INVALID with line and column of the fault
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(text, error);
  }
  if (text.length > 2 * MAX_DEPTH && isDeeper(text)) throw refused(`is nested deeper than ${MAX_DEPTH} levels`);
  if (hugeNumber.test(text) && hasInfinity(value)) throw refused('has a number that is too large to be kept');
  return longDigits.test(text) ? exactly(text, value) : value;
}

/** Lists and objects inside one another; it bounds the recursion of all that walk a body. */
const MAX_DEPTH = 1_000;
/** What may be a number beyond the largest double. */
const hugeNumber = /[eE]\+?\d{3}|\d{300}/;

const refused = (what: string): CallerError => new CallerError('REQUEST_INVALID', `The body ${what}.`);

/** The text is JSON: brackets stand outside strings, or inside of them between quotes. */
function isDeeper(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}

/**
 * Writes JSON. A bigint is written with all its digits; `JSON.stringify` refuses one, so the common case pays nothing.
 *
 * @throws UpstreamError UPSTREAM_UNREADABLE for what is nested too deep: only a service's answer can be
 */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) {
      const message = 'The answer of the service is nested too deep to be passed on.';
      throw new UpstreamError('UPSTREAM_UNREADABLE', message, { cause: error });
    }
    const exact = error instanceof TypeError && /BigInt/i.test(error.message) ? stringifyLossless(value) : undefined;
    if (exact === undefined) throw error;
    return exact;
  }
}

/** `parsed` is what the same text is with plain numbers. */
function exactly(text: string, parsed: unknown): unknown {
  try {
    return parseLossless(text, undefined, { parseNumber, onDuplicateKey });
  } catch {
    // It is JSON all the same, nested deeper than the exact parser can follow.
    return parsed;
  }
}

/** The last one counts, as with `JSON.parse`. */
const onDuplicateKey = ({ newValue }: { newValue: unknown }): unknown => newValue;

function parseNumber(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) || !isInteger(digits) ? number : BigInt(digits);
}

function malformed(text: string, cause: unknown): CallerError {
  const position = faultPosition(text);
  const before = text.slice(0, position).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const where = `line ${before.length}, column ${column} (position ${position})`;
  const what = position >= text.trimEnd().length ? 'The body ends too early to be JSON' : 'The body is not JSON';
  return new CallerError('REQUEST_INVALID', `${what}: ${where}.`, { cause, extensions: { position } });
}

/** Not every engine's `JSON.parse` tells where the fault is. */
function faultPosition(text: string): number {
  try {
    parseLossless(text, undefined, { onDuplicateKey });
  } catch (error) {
    const match = error instanceof Error ? /position (\d+)/.exec(error.message) : null;
    if (match !== null) return Number(match[1]);
  }
  return text.length;
}
