import type { JWTVerifyGetKey } from 'jose';
import type { Upstream } from '../../brokers/http/upstream.js';

/** Key sets kept; with more in use, the one loaded longest ago makes room. */
const capacity = 200;
/** Bytes of a key set that are read. */
const maxBytes = 1024 * 1024;
/** Milliseconds. */
const timeout = 10_000;

/** JWS algorithms that are accepted: none that needs a shared secret, and never `none` (RFC 8725 §3.1, §3.2). */
export const acceptedAlgorithms: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * The keys of token issuers (RFC 7517 §5), fetched by the guarded transport, kept for ten minutes, and fetched again for a key that is
 * not among them, every half minute at most.
 */
export class KeySets {
  readonly #sets = new Map<string, JWTVerifyGetKey>();

  /** @param owner whose configuration allows the address; sets are not shared between owners */
  async get(owner: string, url: string, http: Upstream): Promise<JWTVerifyGetKey> {
    const key = `${owner} ${url}`;
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const { createRemoteJWKSet, customFetch } = await import('jose');
    const set = createRemoteJWKSet(new URL(url), {
      timeoutDuration: timeout,
      [customFetch]: async () => {
        const headers = { accept: 'application/jwk-set+json, application/json' };
        const answer = await http.send({ method: 'GET', url, headers, timeout, maxBytes, redirects: 'manual' });
        return new Response(await answer.text(), { status: answer.status });
      },
    });
    this.#sets.set(key, set);
    const [oldest] = this.#sets.keys();
    if (this.#sets.size > capacity && oldest !== undefined) this.#sets.delete(oldest);
    return set;
  }

  forget(): void {
    this.#sets.clear();
  }
}
