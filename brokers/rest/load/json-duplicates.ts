import type { Findings } from '../../source/index.js';
import { lineOf } from './line.js';

/** Larger JSON than this is not looked through: characters. A file of this size was written by a program, which writes no key twice. */
const LIMIT = 4 * 1024 * 1024;

/**
 * Warns of keys that stand twice in an object. `JSON.parse` lets the last one count and does not tell.
 *
 * @param value what the text was parsed into
 */
export function reportDuplicates(text: string, value: unknown, location: string, findings: Findings): void {
  if (text.length > LIMIT || countKeys(value) === countColons(text)) return;
  for (const { key, offset } of duplicates(text)) {
    findings.warn('KEY_DUPLICATE', `The key "${key}" stands here twice; the last one counts.`, {
      location: `${location}:${lineOf(text, offset)}`,
    });
  }
}

function countKeys(root: unknown): number {
  let count = 0;
  const pending: unknown[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const members = Object.values(value) as unknown[];
    if (!Array.isArray(value)) count += members.length;
    for (const member of members) if (typeof member === 'object' && member !== null) pending.push(member);
  }
  return count;
}

/** Colons after a quotation mark: one for each key, and more where a string has some inside. */
function countColons(text: string): number {
  let count = 0;
  const colon = /"\s*:/g;
  while (colon.test(text)) count++;
  return count;
}

interface Duplicate {
  readonly key: string;
  /** Of the later one. */
  readonly offset: number;
}

/** Walks over valid JSON once. An object's keys are held while it is open; null stands for a list. */
function* duplicates(text: string): Generator<Duplicate> {
  const open: (Set<string> | null)[] = [];
  const token = /["{}[\]]/g;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const at = found.index;
    if (found[0] === '{') open.push(new Set());
    else if (found[0] === '[') open.push(null);
    else if (found[0] !== '"') open.pop();
    else {
      const end = endOfString(text, at);
      token.lastIndex = end;
      const keys = open.at(-1);
      COLON.lastIndex = end;
      if (keys === null || keys === undefined || !COLON.test(text)) continue;
      const key = JSON.parse(text.slice(at, end)) as string;
      if (keys.has(key)) yield { key, offset: at };
      keys.add(key);
    }
  }
}

const COLON = /\s*:/y;

/** The place after the closing quotation mark of the string that begins at a place. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === 0x5c) escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
}
