import type { JWTPayload } from 'jose';
import type { Upstream } from '../../brokers/http/upstream.js';
import { CallerError, isSmartwrightError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import { Secret } from '../../config/model/secret.js';
import type { TrustedIssuer } from '../../config/model/trusted-issuer.js';
import type { Store } from '../../config/store/store.js';
import { fetchMetadata } from '../oauth/discovery/fetch-metadata.js';
import { acceptedAlgorithms, KeySets } from '../oauth/key-sets.js';
import { type Caller, callerOfToken } from './caller.js';

/** Seconds that an issuer's clock and this server's may be apart. */
const clockTolerance = 60;

export interface TokenIssuerDependencies {
  readonly store: Pick<Store, 'trustedIssuers' | 'users'>;
  /** The guarded transport to an issuer's endpoints. */
  readonly http: (issuer: TrustedIssuer) => Upstream;
  readonly log: Logger;
  /** Milliseconds since the epoch; default `Date.now`. */
  readonly now?: () => number;
}

/** Whether a bearer token is a signed JWT rather than an API key (RFC 7515 §7.1). */
export const looksLikeJwt = (token: string): boolean => /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/.test(token);

/** Finds out who is behind a bearer JWT of a trusted issuer (RFC 9068 §4, RFC 8725 §3). */
export class TokenIssuers {
  readonly #deps: TokenIssuerDependencies;
  readonly #keySets = new KeySets();
  /** Key sets that were found by metadata, by issuer. */
  readonly #discovered = new Map<string, string>();

  constructor(deps: TokenIssuerDependencies) {
    this.#deps = deps;
  }

  /**
   * @throws CallerError AUTHENTICATION_REQUIRED for a token of another issuer, for another audience, with a wrong signature, one that has
   * ended, or one of a person who may not call
   */
  async identify(token: string): Promise<Caller> {
    const { iss, aud } = await unverified(token);
    const issuer = await this.#issuerOf(iss, [aud ?? []].flat());
    const payload = await this.#verify(token, issuer);
    const name = payload[issuer.userClaim ?? 'sub'];
    if (typeof name !== 'string' || !/^[\p{L}\p{Nd}_][\p{L}\p{Nd}._@+-]{0,99}$/u.test(name)) {
      throw invalid(`its claim "${issuer.userClaim ?? 'sub'}" is no user name`);
    }
    const user = await this.#deps.store.users.get(name);
    const caller = callerOfToken(issuer, name, user?.document, new Secret(token));
    if (caller === undefined) throw invalid('its user has no account here, or one that is disabled');
    return caller;
  }

  forget(): void {
    this.#keySets.forget();
    this.#discovered.clear();
  }

  async #issuerOf(iss: unknown, audiences: readonly string[]): Promise<TrustedIssuer> {
    const trusted = (await this.#deps.store.trustedIssuers.list()).map(({ document }) => document);
    const named = trusted.filter(({ issuer }) => issuer === iss);
    if (named.length === 0) throw invalid('its issuer is not trusted here');
    const [issuer] = named.filter(({ audience }) => audiences.includes(audience));
    if (issuer === undefined) throw invalid('it is meant for another audience');
    return issuer;
  }

  async #verify(token: string, trusted: TrustedIssuer): Promise<JWTPayload> {
    const { issuer, audience } = trusted;
    try {
      const { jwtVerify } = await import('jose');
      const keys = await this.#keySets.get(trusted.name, await this.#keysAt(trusted), this.#deps.http(trusted));
      const options = {
        issuer,
        audience,
        algorithms: [...acceptedAlgorithms],
        requiredClaims: ['exp'],
        clockTolerance,
      };
      const currentDate = new Date(this.#deps.now?.() ?? Date.now());
      return (await jwtVerify(token, keys, { ...options, currentDate })).payload;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#deps.log.warn({ issuer, reason }, 'a bearer token was refused');
      // What went wrong between here and the issuer is for the log, not for whoever sent the token.
      throw invalid(isSmartwrightError(error) ? "its issuer's keys cannot be had at the moment" : 'it does not verify');
    }
  }

  async #keysAt(trusted: TrustedIssuer): Promise<string> {
    if (trusted.jwksEndpoint !== undefined) return trusted.jwksEndpoint;
    const known = this.#discovered.get(trusted.issuer);
    if (known !== undefined) return known;
    const { fields, url } = await fetchMetadata(trusted.issuer, this.#deps.http(trusted));
    const found = fields.jwks_uri;
    if (typeof found !== 'string' || !URL.canParse(found)) throw new Error(`${url} names no jwks_uri`);
    this.#discovered.set(trusted.issuer, found);
    return found;
  }
}

/** The claims by which the issuer is found; nothing in them is believed yet. */
async function unverified(token: string): Promise<JWTPayload> {
  const { decodeJwt } = await import('jose');
  try {
    return decodeJwt(token);
  } catch {
    throw invalid('it is no JWT');
  }
}

const invalid = (reason: string): CallerError =>
  new CallerError('AUTHENTICATION_REQUIRED', `The bearer token is not accepted: ${reason}.`);
