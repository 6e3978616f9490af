import { type FindOperator, type FindOptionsWhere, Raw } from 'typeorm';
import { CallerError } from '../model/errors.js';
import type { Cut, CutQuery } from './records.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** Rows that a part has at most. */
export const limitOf = ({ limit = DEFAULT_LIMIT }: CutQuery): number => Math.min(Math.max(limit, 1), MAX_LIMIT);

/** A part out of the rows that were read for it, one more than its limit. */
export function cut<Row, T>(rows: readonly Row[], limit: number, item: (row: Row) => T, cursor: (row: Row) => string) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined ? { next: cursor(last) } : {};
  return { items: shown.map(item), ...more } satisfies Cut<T>;
}

/** The condition of a column; none where the value is not given. */
export const whereGiven = <Row>(
  values: {
    readonly [K in keyof Row]?: Row[K] | undefined;
  },
): FindOptionsWhere<Row> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as FindOptionsWhere<Row>;

/** A time as milliseconds since the epoch. @throws CallerError REQUEST_INVALID */
export function moment(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new CallerError(
    'REQUEST_INVALID',
    `"${text.slice(0, 100)}" is no date; write it as RFC 3339, such as 2030-01-31T12:00:00Z.`,
  );
}

/**
 * `token.*`: every text that begins so; any other: that text.
 *
 * @param name a name for the parameter of the statement, of its own in each
 */
export function textOrBeginning(pattern: string | undefined, name: string): string | FindOperator<string> | undefined {
  if (pattern === undefined || !pattern.endsWith('*')) return pattern;
  const beginning = pattern.slice(0, -1);
  // `substr` and not LIKE: SQLite's LIKE does not tell cases apart, and its wildcards would have to be escaped.
  return Raw((column) => `substr(${column}, 1, ${[...beginning].length}) = :${name}`, { [name]: beginning });
}

export const notACursor = (): CallerError =>
  new CallerError('REQUEST_INVALID', 'The cursor is none of this list; give the "next" of the part before.');
