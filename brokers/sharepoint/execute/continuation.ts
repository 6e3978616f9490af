import { inputInvalid } from '../../input-error.js';
import { isFields } from '../odata/answer.js';

/** Where a list goes on: a position of SharePoint's, the ID that the next window begins after, or a row of a search. */
export interface Continuation {
  readonly token?: string;
  readonly after?: number;
  readonly row?: number;
}

/** The opaque text that a list gives as `next` and takes as `$next`. */
export function writeContinuation(continuation: Continuation): string {
  return Buffer.from(JSON.stringify(continuation)).toString('base64url');
}

/** Reads what `writeContinuation` wrote; it came back from outside. Empty for the first page. @throws CallerError INPUT_INVALID */
export function readContinuation(next: unknown): Continuation {
  if (next === undefined) return {};
  const read = parsed(next);
  if (read !== undefined) {
    const { token, after, row } = read;
    if (typeof token === 'string' && token.length <= 4_000) return { token };
    if (Number.isSafeInteger(after)) return { after: Number(after) };
    if (Number.isSafeInteger(row)) return { row: Number(row) };
  }
  throw inputInvalid('$next', 'must be the "next" of a page that this method gave');
}

function parsed(next: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(String(next), 'base64url').toString());
    return isFields(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
