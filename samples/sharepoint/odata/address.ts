import { invalidQuery } from '../fault.js';
import { type Args, readLiteral } from './literal.js';

/** One step of a resource path: `lists`, `getByTitle('Orders')`, `items(3)`. */
export interface Segment {
  readonly name: string;
  /** Absent when it has no parentheses. */
  readonly args?: Args;
  /** As it was written, for messages. */
  readonly text: string;
}

/**
 * The segments of what follows `_api/`.
 *
 * @param path percent-decoded
 * @param aliases the query's parameters: `@name` in an argument stands for one (OData 4 URL conventions §5.3.3)
 * @throws Fault 400 when a quote or parenthesis is not closed
 */
export function readAddress(path: string, aliases: URLSearchParams): Segment[] {
  return split(path, '/')
    .filter((text) => text !== '')
    .map((text) => readSegment(text, aliases));
}

function readSegment(text: string, aliases: URLSearchParams): Segment {
  const open = text.indexOf('(');
  if (open < 0) return { name: text, text };
  if (!text.endsWith(')')) throw invalidQuery(`The expression "${text}" is not valid.`);
  const inner = text.slice(open + 1, -1).trim();
  const args: Record<string, Args[string]> = {};
  for (const [place, part] of (inner === '' ? [] : split(inner, ',')).entries()) {
    const named = /^\s*([A-Za-z]\w*)\s*=\s*([\s\S]*)$/.exec(part);
    const written = (named?.[2] ?? part).trim();
    const value = written.startsWith('@') ? (aliases.get(written) ?? 'null') : written;
    args[named?.[1]?.toLowerCase() ?? String(place)] = readLiteral(value.trim());
  }
  return { name: text.slice(0, open), args, text };
}

/** Cuts at a separator that is neither in quotes nor in parentheses. */
export function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (quoted || depth !== 0) throw invalidQuery(`The expression "${text}" is not valid.`);
  parts.push(text.slice(start));
  return parts;
}
