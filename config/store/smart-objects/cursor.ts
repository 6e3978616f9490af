import { CallerError } from '../../model/errors.js';

/** Names the row that a page ended with, so that the next one goes on after it whatever is added or removed meanwhile. */
export const writeCursor = (name: string, position: number): string =>
  Buffer.from(JSON.stringify([name, position])).toString('base64url');

/** @throws CallerError REQUEST_INVALID when it is none that `writeCursor` wrote */
export function readCursor(cursor: string): readonly [name: string, position: number] {
  const value = parsed(Buffer.from(cursor, 'base64url').toString());
  if (Array.isArray(value) && value.length === 2) {
    const [name, position] = value as readonly unknown[];
    if (typeof name === 'string' && !name.includes('\0') && Number.isInteger(position) && isSmall(position)) {
      return [name, position as number];
    }
  }
  throw new CallerError('REQUEST_INVALID', '"after" must be the "next" of a page that this server has answered.');
}

/** What both databases hold in an integer column. */
const isSmall = (position: unknown): boolean => Math.abs(position as number) < 2 ** 31;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
