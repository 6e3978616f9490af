/** What `JSON.parse` hands to a reviver where the engine tells the source (ECMA-262 proposal `JSON.parse source text access`). */
interface Source {
  readonly source?: string;
}

type Reviver = (key: string, value: unknown, context?: Source) => unknown;

/** Parses JSON with integers beyond 2^53 as bigints; a browser that does not tell the source rounds them. Undefined when it is no JSON. */
export function readJson(text: string): unknown {
  try {
    return longDigits.test(text) ? parse(text, exact) : parse(text);
  } catch {
    // No JSON: something else than the server has answered.
    return undefined;
  }
}

const parse = JSON.parse as (text: string, reviver?: Reviver) => unknown;
const longDigits = /\d{16}/;

const exact: Reviver = (_key, value, context) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
    ? BigInt(context?.source ?? '')
    : value;

/** Bigints that wait for their digits; a text of the value cannot be taken for one. */
const mark = `\u{f0000}${crypto.randomUUID()}:`;
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g');

/** Writes a value as indented JSON, a bigint with all its digits. */
export function writeJson(value: unknown, indent?: number): string {
  let has = false;
  const text = JSON.stringify(
    value,
    (_key, member: unknown) => {
      if (typeof member !== 'bigint') return member;
      has = true;
      return `${mark}${member}`;
    },
    indent,
  );
  return has ? text.replace(marked, '$1') : text;
}
