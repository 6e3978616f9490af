import type { Credential } from '../../config/model/principal.js';
import type { AccessToken } from './token-source.js';

/** Tokens kept in memory; with more credentials in use, the one cached longest ago makes room. */
const capacity = 50_000;

interface Entry {
  readonly token: AccessToken;
  /** Milliseconds since the epoch; from then on the token source is asked. */
  readonly until: number;
}

/** System names hold no space, so the key is unambiguous. */
export const tokenKey = (resource: string, credential: Credential): string => `${resource} ${credential}`;

/** The tokens in use, in memory. Reading one takes no promise and no store. */
export class TokenCache {
  readonly #entries = new Map<string, Entry>();

  get(key: string, now: number): AccessToken | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && now < entry.until ? entry.token : undefined;
  }

  put(key: string, token: AccessToken, until: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { token, until });
    if (this.#entries.size <= capacity) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  forget(matches: (key: string) => boolean): void {
    for (const key of this.#entries.keys()) if (matches(key)) this.#entries.delete(key);
  }

  drop(key: string): void {
    this.#entries.delete(key);
  }
}
