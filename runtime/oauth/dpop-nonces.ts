/** Origins remembered; the one that has been silent longest makes room. */
const capacity = 1_000;

/** The nonce that each server has handed out last, by origin (RFC 9449 §8.2). */
const nonces = new Map<string, string>();

/** The nonce for the next proof to a server. */
export const dpopNonce = (url: string): string | undefined => nonces.get(new URL(url).origin);

/**
 * Keeps what an answer hands out in `DPoP-Nonce`.
 *
 * @param headers names in lower case
 * @returns whether there was another nonce than the one before
 */
export function noteDpopNonce(url: string, headers: Readonly<Record<string, string | string[]>>): boolean {
  const nonce = headers['dpop-nonce'];
  // RFC 9449 §8.1: NQCHAR; anything else could not be sent back.
  if (typeof nonce !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]{1,1000}$/.test(nonce)) return false;
  const { origin } = new URL(url);
  const isNew = nonces.get(origin) !== nonce;
  nonces.delete(origin);
  nonces.set(origin, nonce);
  const [oldest] = nonces.keys();
  if (nonces.size > capacity && oldest !== undefined) nonces.delete(oldest);
  return isNew;
}
