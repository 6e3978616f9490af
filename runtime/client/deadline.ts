import type { CallOptions } from './transport.js';

/** The signals that can end a call, and which of them did. */
export interface Deadline {
  /** Undefined when nothing can end the call. */
  readonly signal: AbortSignal | undefined;
  /** Why the call ended; undefined when neither the caller nor the clock ended it. */
  reason(): 'CANCELLED' | 'TIMEOUT' | undefined;
}

const none: Deadline = { signal: undefined, reason: () => undefined };

/** Joins the caller's signal and the call's timeout. */
export function deadlineOf(options: Pick<CallOptions, 'signal' | 'timeout'> | undefined): Deadline {
  const caller = options?.signal;
  if (options?.timeout === undefined) {
    if (caller === undefined) return none;
    return { signal: caller, reason: () => (caller.aborted ? 'CANCELLED' : undefined) };
  }
  const clock = AbortSignal.timeout(options.timeout);
  return {
    signal: caller === undefined ? clock : AbortSignal.any([caller, clock]),
    reason: () => (caller?.aborted ? 'CANCELLED' : clock.aborted ? 'TIMEOUT' : undefined),
  };
}
