/**
 * JSON (RFC 8259) in which integers beyond ±(2^53 − 1) are `bigint`, so that they keep every digit. Text and values without
 * such integers, nearly all, go through `JSON.parse` and `JSON.stringify` alone.
 */

const LONG_DIGITS = /\d{16}/;
/** An integer literal of 16 digits or more; a fraction's or an exponent's digits are none. */
const LONG_INTEGER = /(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/g;

/** @throws SyntaxError as `JSON.parse` does */
export function parseJson(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text);
  const marked = markLongIntegers(text);
  return marked === undefined ? JSON.parse(text) : JSON.parse(marked, unmark);
}

/**
 * Writes each integer that a number cannot hold as the string `#n{digits}`, and gives each string value that starts with `#`
 * or an escape the prefix `#s`, so that the two cannot be taken for one another. Undefined when there is no such integer.
 */
function markLongIntegers(text: string): string | undefined {
  const parts: string[] = [];
  let found = false;
  let position = 0;
  while (position < text.length) {
    const quote = text.indexOf('"', position);
    const end = quote === -1 ? text.length : quote;
    parts.push(
      text.slice(position, end).replace(LONG_INTEGER, (digits) => {
        if (Number.isSafeInteger(Number(digits))) return digits;
        found = true;
        return `"#n${digits}"`;
      }),
    );
    if (quote === -1) break;
    position = endOfString(text, quote);
    const first = text[quote + 1];
    const prefix = (first === '#' || first === '\\') && !isKey(text, position) ? '#s' : '';
    parts.push('"', prefix, text.slice(quote + 1, position));
  }
  return found ? parts.join('') : undefined;
}

/** The position after the closing quote of the string that opens at `quote`, or the end of the text. */
function endOfString(text: string, quote: number): number {
  for (let close = text.indexOf('"', quote + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (text[close - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return close + 1;
  }
  return text.length;
}

function isKey(text: string, afterString: number): boolean {
  let position = afterString;
  while (/\s/.test(text[position] ?? '')) position++;
  return text[position] === ':';
}

function unmark(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value[0] !== '#') return value;
  return value[1] === 'n' ? BigInt(value.slice(2)) : value.slice(2);
}

/** @throws TypeError for a cyclic value, as `JSON.stringify` does */
export function stringifyJson(value: unknown): string {
  let hasBigint = false;
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'bigint') return member;
    hasBigint = true;
    return null;
  });
  return hasBigint ? (write(value) ?? 'null') : text;
}

function write(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON());
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    const text = write(member);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join(',')}}`;
}
