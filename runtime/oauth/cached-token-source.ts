import { CallerError, ProviderError } from '../../config/model/errors.js';
import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import type { StoredToken } from '../../config/store/store.js';
import { loadApplication } from './application.js';
import { whose } from './errors.js';
import { unattendedGrantOf } from './grants/index.js';
import { obtainToken } from './obtain-token.js';
import type { Demand, Obtaining } from './obtaining.js';
import { refreshTime } from './refresh-time.js';
import { SingleFlight, type Ticket, unlessAborted } from './single-flight.js';
import { toAccessToken } from './to-access-token.js';
import { TokenCache, tokenKey } from './token-cache.js';
import { errorOf, retryTime } from './token-failure.js';
import type { AccessToken, Refreshing, TokenSource } from './token-source.js';

/** Milliseconds for which a token is served from memory although it is due, when it could not be renewed just now. */
const hold = 250;

/**
 * Milliseconds after a renewal that a 401 forced within which another 401 forces none: the service refuses the token for some other
 * reason than its age, and asking for one after another would only tire the provider.
 */
const refusalPause = 10_000;

type Owner = (credential: Credential) => Credential;

/** A token source with a cache in front of the store and one flight for each token. */
export class CachedTokenSource implements TokenSource, Refreshing {
  readonly #context: Obtaining;
  readonly #cache = new TokenCache();
  readonly #flights = new SingleFlight<AccessToken>();
  /** Whose token a resource's callers use; learnt from its type. */
  readonly #owners = new Map<string, Owner>();
  readonly #learning = new SingleFlight<Owner>();
  /** Tokens that a 401 has forced, and when, by key. */
  readonly #forced = new Map<string, { readonly token: AccessToken; readonly at: number }>();

  constructor(context: Obtaining) {
    this.#context = context;
  }

  peek(resource: string, credential: Credential): AccessToken | undefined {
    const owner = this.#owners.get(resource);
    return owner && this.#cache.get(tokenKey(resource, owner(credential)), this.#context.now());
  }

  async get(
    resource: string,
    credential: Credential,
    signal?: AbortSignal,
    callerToken?: Secret,
  ): Promise<AccessToken> {
    const cached = this.peek(resource, credential);
    if (cached !== undefined) return cached;
    const owner = await this.#ownerOf(resource, credential);
    const flight = this.#fly({ resource, credential: owner, callerToken });
    // Nobody waits for the refresh of a token that can still be sent, so a slow token endpoint slows no call.
    const due = this.#cache.getDue(tokenKey(resource, owner), this.#context.now());
    return due ?? (await unlessAborted(flight, signal));
  }

  async renew(
    resource: string,
    credential: Credential,
    refused: AccessToken,
    signal?: AbortSignal,
    callerToken?: Secret,
  ): Promise<AccessToken> {
    const owner = await this.#ownerOf(resource, credential);
    const key = tokenKey(resource, owner);
    const another = this.#cache.get(key, this.#context.now());
    if (another !== undefined && !same(another, refused)) return another;
    const running = this.#flights.running(key);
    if (running !== undefined) {
      const token = await unlessAborted(running, signal);
      if (!same(token, refused)) return token;
    }
    this.#checkForced(key, { resource, credential: owner, refused });
    this.#cache.drop(key);
    return await unlessAborted(this.#fly({ resource, credential: owner, refused, callerToken }), signal);
  }

  async refresh(resource: string, credential: Credential): Promise<void> {
    const { store, now } = this.#context;
    const seen = await store.tokens.get(credential, resource);
    const { generation } = await this.#fly({ resource, credential, early: seen?.generation });
    if (generation !== seen?.generation) return;
    const stored = await store.tokens.get(credential, resource);
    if (stored?.lastError !== undefined) throw errorOf(stored.lastError, resource, now());
    throw new CallerError(
      'CONFLICT',
      `OAuth resource "${resource}": the token of ${whose(credential)} has no refresh token; it is used until it expires.`,
    );
  }

  forget(resource?: string, credential?: Credential): void {
    const owner = resource === undefined || credential === undefined ? undefined : this.#owners.get(resource);
    const matches = keyMatcher(resource, credential && (owner?.(credential) ?? credential));
    this.#cache.forget(matches);
    this.#flights.forget(matches);
    if (credential === undefined) {
      const learnt = (name: string) => resource === undefined || name === resource;
      this.#learning.forget(learnt);
      for (const name of this.#owners.keys()) if (learnt(name)) this.#owners.delete(name);
    }
    if (resource === undefined) return;
    for (const key of this.#forced.keys()) if (matches(key)) this.#forced.delete(key);
  }

  /** Waits for token requests under way, so that what they bring is saved. */
  async close(): Promise<void> {
    await this.#flights.landed();
  }

  /** Takes a token that a consent has just brought. @throws TokenEndpointError TOKEN_REFUSED when its type cannot be used */
  adopt(stored: StoredToken): AccessToken {
    this.forget(stored.resource, stored.credential);
    return this.#keep(stored);
  }

  #fly(demand: Demand): Promise<AccessToken> {
    const key = tokenKey(demand.resource, demand.credential);
    return this.#flights.join(key, async (ticket: Ticket) => {
      try {
        const stored = await obtainToken(this.#context, demand);
        const token = ticket.current ? this.#keep(stored) : toAccessToken(stored);
        if (demand.refused !== undefined) this.#noteForced(key, token);
        return token;
      } catch (error) {
        // Only a person can bring another token: the one in memory is not used to its end.
        if (error instanceof CallerError) this.#cache.drop(key);
        throw error;
      }
    });
  }

  #keep(stored: StoredToken): AccessToken {
    const token = toAccessToken(stored);
    const key = tokenKey(stored.resource, stored.credential);
    const { jitter, now } = this.#context;
    const due = Math.max(refreshTime(stored, jitter(key)), retryTime(stored.lastError), now() + hold);
    this.#cache.put(key, { token, due, expiry: stored.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY });
    return token;
  }

  async #ownerOf(resource: string, credential: Credential): Promise<Credential> {
    const known = this.#owners.get(resource);
    if (known !== undefined) return known(credential);
    const owner = await this.#learning.join(resource, async (ticket) => {
      const application = await loadApplication(this.#context.store, resource);
      const grant = unattendedGrantOf(application.type, this.#context.extensions);
      const learnt: Owner = grant === undefined ? ownToken : (asking) => grant.owner(application, asking);
      if (ticket.current) this.#owners.set(resource, learnt);
      return learnt;
    });
    return owner(credential);
  }

  #noteForced(key: string, token: AccessToken): void {
    const now = this.#context.now();
    for (const [other, { at }] of this.#forced) {
      // Insertion order is order of time, so the first recent one ends the sweep.
      if (now - at < refusalPause) break;
      this.#forced.delete(other);
    }
    this.#forced.delete(key);
    this.#forced.set(key, { token, at: now });
  }

  #checkForced(key: string, { resource, refused }: Demand): void {
    const forced = this.#forced.get(key);
    if (forced === undefined || this.#context.now() - forced.at >= refusalPause) return;
    if (refused === undefined || !same(forced.token, refused)) return;
    throw new ProviderError(
      'TOKEN_REFUSED',
      `OAuth resource "${resource}": the service refuses an access token that was renewed just now; ` +
        'check the audience and scope that the resource asks for, and the permissions of the account.',
      { extensions: { resource } },
    );
  }
}

const ownToken: Owner = (credential) => credential;

const same = (one: AccessToken, other: AccessToken): boolean => one.value.reveal() === other.value.reveal();

function keyMatcher(resource: string | undefined, credential: Credential | undefined): (key: string) => boolean {
  if (resource === undefined) return () => true;
  if (credential === undefined) return (key) => key.startsWith(`${resource} `);
  const wanted = tokenKey(resource, credential);
  return (key) => key === wanted;
}
