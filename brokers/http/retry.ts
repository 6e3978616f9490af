/** Methods that may be sent twice (RFC 9110 §9.2.2). */
const idempotentMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

export function isIdempotent(method: string): boolean {
  return idempotentMethods.has(method);
}

/** Times that a request is sent again because the service asked to wait. */
export const MAX_WAITS = 2;

/**
 * How long a busy service (429, 503) asks to be left alone, in milliseconds; undefined when it does not say.
 * RFC 9110 §10.2.3: seconds, or a date.
 */
export function waitAsked(
  status: number,
  retryAfter: string | undefined,
  now: number = Date.now(),
): number | undefined {
  if ((status !== 429 && status !== 503) || retryAfter === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
