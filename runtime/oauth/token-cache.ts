import type { Credential } from '../../config/model/principal.js';
import type { AccessToken } from './token-source.js';

/** Tokens kept in memory; with more credentials in use, the one cached longest ago makes room. */
const capacity = 50_000;

interface Entry {
  readonly token: AccessToken;
  /** When the token source is asked again, milliseconds since the epoch. */
  readonly due: number;
  /** When the token ends, milliseconds since the epoch; infinity when the provider did not say. */
  readonly expiry: number;
}

/** System names hold no space, so the key is unambiguous. */
export const tokenKey = (resource: string, credential: Credential): string => `${resource} ${credential}`;

/** The tokens in use, in memory. Reading one takes no promise and no store. */
export class TokenCache {
  readonly #entries = new Map<string, Entry>();

  /** The token, until it is due. */
  get(key: string, now: number): AccessToken | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && now < entry.due ? entry.token : undefined;
  }

  /** The token, until it ends: it is due, and can still be sent. */
  getDue(key: string, now: number): AccessToken | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && now < entry.expiry ? entry.token : undefined;
  }

  put(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, { ...entry, due: Math.min(entry.due, entry.expiry) });
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
