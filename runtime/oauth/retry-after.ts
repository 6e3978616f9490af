/** The longest wait that an endpoint may impose, milliseconds: one hour. */
const longest = 3_600_000;

/** Milliseconds that a `Retry-After` header asks to wait: seconds or an HTTP date (RFC 9110 §10.2.3). */
export function retryAfter(header: string | readonly string[] | undefined, now: number): number | undefined {
  const value = [header ?? []].flat()[0]?.trim();
  if (value === undefined) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : httpDate(value) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longest);
}

/** RFC 9110 §5.6.7: a date begins with the name of a day. */
const httpDate = (text: string): number => (/^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN);
