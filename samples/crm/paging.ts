import { Problem } from './problem.js';

export interface CursorQuery {
  readonly limit: number;
  readonly cursor?: string;
}

export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/**
 * One page of rows. The cursor is opaque to callers: the position, in base64url.
 *
 * @throws Problem 400 when the cursor is none of ours
 */
export function cursorPage<T>(rows: readonly T[], { limit, cursor }: CursorQuery): CursorPage<T> {
  const start = cursor === undefined ? 0 : position(cursor);
  const end = start + limit;
  return {
    items: rows.slice(start, end),
    total: rows.length,
    nextCursor: end < rows.length ? Buffer.from(`from:${end}`).toString('base64url') : null,
  };
}

function position(cursor: string): number {
  const text = /^from:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (text === undefined) throw new Problem(400, 'Wrong parameter', 'cursor is none that this service gave out');
  return Number(text);
}
