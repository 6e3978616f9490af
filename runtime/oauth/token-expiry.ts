/** Lifetimes beyond this are cut to it: ten years, in seconds. A date must stay one that every database can hold. */
const longest = 10 * 365 * 24 * 3600;

/** Other names under which providers give a time of expiry: epoch seconds, epoch milliseconds or a date. */
const absolute = ['expires_at', 'expires_on', 'expiry', 'expires'] as const;

/** Epoch seconds before which a number is no time but a lifetime: 2001. `expires=5184000` means that long. */
const earliest = 1e9;

/**
 * The lifetime that a token answer gives, in seconds from now. `expires_in` as a number or as text (RFC 6749 §5.1), else an
 * absolute time. Undefined when nothing usable is there: zero and negative lifetimes say 'does not expire' at some providers and
 * are mistakes at the others, so the token is used until a service refuses it.
 */
export function secondsToExpiry(fields: ReadonlyMap<string, unknown>, now: number): number | undefined {
  const relative = numeric(fields.get('expires_in'));
  if (relative !== undefined) return lifetime(relative);
  for (const name of absolute) {
    const at = epochSeconds(fields.get(name));
    if (at !== undefined) return lifetime(at < earliest ? at : at - now / 1000);
  }
  return undefined;
}

const lifetime = (seconds: number): number | undefined =>
  seconds >= 1 ? Math.min(Math.floor(seconds), longest) : undefined;

function numeric(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function epochSeconds(value: unknown): number | undefined {
  const number = numeric(value);
  if (number !== undefined) return number > 1e11 ? number / 1000 : number;
  // RFC 3339, with a blank too, or the date of a header (RFC 9110 §5.6.7); nothing else that `Date` might take for one.
  const isDate =
    typeof value === 'string' && (/^\d{4}-\d{2}-\d{2}[T ]\d/.test(value) || /^[A-Z][a-z]{2}, \d.* GMT$/.test(value));
  const parsed = isDate ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed / 1000;
}
