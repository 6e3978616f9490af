import type { IncomingHttpHeaders } from 'node:http';
import { CallerError } from '../../config/model/errors.js';
import type { ActsAs, ApiKey } from '../../config/model/identity.js';
import type { Credential } from '../../config/model/principal.js';
import type { Store } from '../../config/store/store.js';
import { apiKeyHash } from './api-key.js';
import {
  type Caller,
  callerOfServiceAccount,
  callerOfSession,
  callerOfUserKey,
  credentialOfAccount,
} from './caller.js';
import { readCookie } from './cookie.js';
import { ExpiringMap } from './expiring-map.js';
import { sessionId } from './sessions.js';
import { looksLikeJwt, type TokenIssuers } from './token-issuers.js';

/** Milliseconds that a caller is remembered: how long another node may take to notice that a key or session is gone. */
const REMEMBERED_FOR = 2_000;
/** Callers remembered at once; an entry is some hundred bytes. */
const REMEMBERED = 5_000;

/**
 * Finds out who is behind a request: by an API key (`Authorization: Bearer swk_…`, RFC 6750 §2.1, or `X-API-Key`), by a bearer JWT of
 * a trusted issuer, or by the session's cookie.
 *
 * A caller is remembered for two seconds under the header's own text, so that a program calling often costs one look-up in a map
 * a call. Only keys and sessions that were found are remembered, so guesses push nobody out.
 */
export class Authenticator {
  readonly #store: Store;
  readonly #cookie: string;
  readonly #now: () => number;
  readonly #issuers: TokenIssuers | undefined;
  readonly #known: ExpiringMap<Caller>;
  readonly #looking = new Map<string, Promise<Caller | undefined>>();

  /**
   * @param cookie the name of the session's cookie
   * @param issuers who else vouches for callers; absent: nobody
   */
  constructor(store: Store, cookie: string, now: () => number = Date.now, issuers?: TokenIssuers) {
    this.#store = store;
    this.#cookie = cookie;
    this.#now = now;
    this.#issuers = issuers;
    this.#known = new ExpiringMap(REMEMBERED_FOR, REMEMBERED, now);
  }

  /**
   * The caller; undefined when the request names none, or a session that is over. No promise when the caller is remembered.
   *
   * @throws CallerError AUTHENTICATION_REQUIRED for credentials that are not valid
   */
  identify(headers: IncomingHttpHeaders): Caller | undefined | Promise<Caller | undefined> {
    const { authorization } = headers;
    if (authorization !== undefined) {
      return this.#known.get(authorization) ?? this.#byKey(authorization, bearerToken(authorization));
    }
    const key = headers['x-api-key'];
    if (typeof key === 'string') return this.#known.get(key) ?? this.#byKey(key, key);
    if (headers.cookie === undefined) return undefined;
    const cookie = readCookie(headers.cookie, this.#cookie);
    if (cookie === undefined || cookie === '') return undefined;
    return this.#known.get(cookie) ?? this.#once(cookie, () => this.#findSession(cookie));
  }

  /** Drops what is remembered: after a change of users, keys or sessions. */
  forget(): void {
    this.#known.clear();
    this.#looking.clear();
    this.#issuers?.forget();
  }

  async #byKey(header: string, key: string): Promise<Caller> {
    const issuers = looksLikeJwt(key) ? this.#issuers : undefined;
    const caller = await this.#once(header, () => issuers?.identify(key) ?? this.#findKey(key));
    if (caller === undefined) throw invalid();
    return caller;
  }

  /** Many requests that come with the same credentials at once ask the store once. */
  #once(credentials: string, find: () => Promise<Caller | undefined>): Promise<Caller | undefined> {
    const looking = this.#looking.get(credentials);
    if (looking !== undefined) return looking;
    const found = find()
      .then((caller) => {
        // `forget` may have been called meanwhile; what was found before that is not kept.
        if (caller !== undefined && this.#looking.get(credentials) === found) this.#known.set(credentials, caller);
        return caller;
      })
      .finally(() => {
        if (this.#looking.get(credentials) === found) this.#looking.delete(credentials);
      });
    this.#looking.set(credentials, found);
    return found;
  }

  async #findKey(key: string): Promise<Caller | undefined> {
    const found = await this.#store.apiKeys.findByHash(apiKeyHash(key));
    if (found === undefined) return undefined;
    if (found.expiresAt !== undefined && Date.parse(found.expiresAt) <= this.#now()) return undefined;
    const caller = await this.#callerOfKey(found);
    if (caller === undefined || found.mayActAs === undefined) return caller;
    return { ...caller, mayActAs: await this.#accountsOf(found.mayActAs) };
  }

  async #callerOfKey(key: ApiKey): Promise<Caller | undefined> {
    if ('serviceAccount' in key.actsAs) return callerOfServiceAccount(key, key.actsAs.serviceAccount);
    const user = await this.#store.users.get(key.actsAs.user);
    return user === undefined ? undefined : callerOfUserKey(key, user.document);
  }

  /** The accounts that a key may act as, without those of people who are disabled. */
  async #accountsOf(mayActAs: readonly ActsAs[]): Promise<Credential[]> {
    const isEnabled = async (account: ActsAs): Promise<boolean> => {
      if (!('user' in account)) return true;
      const user = await this.#store.users.get(account.user);
      return user !== undefined && user.document.disabled !== true;
    };
    const enabled = await Promise.all(mayActAs.map(isEnabled));
    return mayActAs.filter((_, index) => enabled[index]).map(credentialOfAccount);
  }

  async #findSession(cookie: string): Promise<Caller | undefined> {
    const id = sessionId(cookie);
    const session = await this.#store.sessions.get(id);
    if (session === undefined || session.expiresAt.getTime() <= this.#now()) return undefined;
    const user = await this.#store.users.get(session.user);
    return user === undefined ? undefined : callerOfSession(user.document, id);
  }
}

function bearerToken(authorization: string): string {
  const match = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization);
  if (match?.[1] !== undefined) return match[1];
  throw new CallerError(
    'AUTHENTICATION_REQUIRED',
    'The Authorization header must read "Bearer" and an API key or a token of a trusted issuer.',
  );
}

const invalid = (): CallerError =>
  new CallerError('AUTHENTICATION_REQUIRED', 'The API key is not known here, has expired, or its user is disabled.');
