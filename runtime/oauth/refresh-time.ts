import type { StoredToken } from '../../config/store/store.js';

/** The earliest that a token is refreshed before its expiry, milliseconds. */
const earliest = 5 * 60_000;
const shareOfLifetime = 0.1;
/** How far the margin is varied, so that tokens issued together are not refreshed together. */
const spread = 0.2;

/**
 * When a token is to be refreshed, milliseconds since the epoch: at expiry − min(5 minutes, 10 % of its lifetime), the margin varied
 * by up to a fifth. That includes the rule that K2 administrators know, 'within 60 seconds of expiry', for every token that lives
 * ten minutes or more; a shorter one would, by that rule, be refreshed at each call.
 *
 * @param jitter −1 … 1
 * @returns infinity when the provider gave no expiry: such a token is used until a service refuses it
 */
export function refreshTime(token: Pick<StoredToken, 'issuedAt' | 'expiresAt'>, jitter: number): number {
  if (token.expiresAt === undefined) return Number.POSITIVE_INFINITY;
  const expiry = token.expiresAt.getTime();
  const lifetime = Math.max(expiry - token.issuedAt.getTime(), 0);
  return expiry - Math.min(earliest, lifetime * shareOfLifetime) * (1 + spread * jitter);
}

/** Whether a token has not expired. */
export const isAlive = (token: Pick<StoredToken, 'expiresAt'>, now: number): boolean =>
  token.expiresAt === undefined || now < token.expiresAt.getTime();

/** A jitter for each key: the same within a process, another in the next. @returns a function to −1 … 1 */
export function jitterFor(seed: number): (key: string) => number {
  return (key) => {
    // FNV-1a, 32 bits: spreads well and costs nothing.
    let hash = 0x811c9dc5 ^ seed;
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
    return (hash >>> 0) / 0x7fffffff - 1;
  };
}
