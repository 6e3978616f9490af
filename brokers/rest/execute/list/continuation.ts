import { inputInvalid } from '../../../input-error.js';
import type { PagingPlan } from '../../plan.js';
import { isRecord } from '../scalar.js';

/** How the page that follows is asked for: by another URL, or by other inputs. */
export interface Continuation {
  readonly url?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** The opaque text that a list gives as `next` and takes as `$next`. */
export function writeContinuation(continuation: Continuation): string {
  return Buffer.from(JSON.stringify(continuation)).toString('base64url');
}

/**
 * Reads what `writeContinuation` wrote. It came back from outside, so it can say no more than its own paging could have said.
 *
 * @throws CallerError INPUT_INVALID
 */
export function readContinuation(next: unknown, paging: PagingPlan | undefined): Continuation {
  const read = paging === undefined || paging.style === 'none' ? undefined : parsed(next);
  if (read !== undefined && paging !== undefined) {
    const byInput = 'input' in paging;
    if (!byInput && typeof read.url === 'string') return { url: read.url };
    if (byInput && isRecord(read.inputs)) {
      const value = Object.hasOwn(read.inputs, paging.input) ? read.inputs[paging.input] : undefined;
      if (typeof value === 'string' || typeof value === 'number') return { inputs: { [paging.input]: value } };
    }
  }
  throw inputInvalid('$next', 'must be the "next" of a page that this method gave');
}

function parsed(next: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof next !== 'string') return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(next, 'base64url').toString());
    return isRecord(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
