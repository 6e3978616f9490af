import type { Secret } from '../../config/model/secret.js';

/** How providers name a refresh token's lifetime in seconds; no RFC has a name for it. */
const names = ['refresh_token_expires_in', 'refresh_expires_in', 'x_refresh_token_expires_in'] as const;

/** Ten years, in seconds: a date must stay one that every database can hold. */
const longest = 10 * 365 * 24 * 3600;

/**
 * When a refresh token ends, where the token answer tells it. Zero means 'does not end' where it is used at all.
 *
 * @param fields of the answer, beside the standard ones
 */
export function refreshTokenExpiry(fields: Readonly<Record<string, Secret>>, requestedAt: Date): Date | undefined {
  for (const name of names) {
    const seconds = Object.hasOwn(fields, name) ? Number(fields[name]?.reveal()) : Number.NaN;
    if (seconds >= 1) return new Date(requestedAt.getTime() + Math.min(seconds, longest) * 1_000);
  }
  return undefined;
}
