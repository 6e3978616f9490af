import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';

/** A token that is ready to be sent. */
export interface AccessToken {
  readonly value: Secret;
  /** The whole header value, such as `Bearer …`. */
  readonly header: Secret;
  /** The private key that the token is bound to: each request carries a proof by it (RFC 9449 §7). Absent: none does. */
  readonly proofKey?: Secret;
  readonly generation: number;
  /** What came beside it, in the token answer and the callback, as text; absent: nothing. */
  readonly fields?: Readonly<Record<string, Secret>>;
}

/** Renews tokens that are not due. */
export interface Refreshing {
  /**
   * Renews a stored token now.
   *
   * @param credential whose row it is: `application` where the grant has one token for all
   * @throws CallerError AUTHORIZATION_REQUIRED, RECONNECT_REQUIRED; CONFLICT when it has no refresh token
   * @throws TokenEndpointError also when the present token stays good
   */
  refresh(resource: string, credential: Credential): Promise<void>;
}

/** Hands out access tokens, refreshed when needed. */
export interface TokenSource {
  /** The cached token if it can be sent as it is; no waiting and no store. */
  peek(resource: string, credential: Credential): AccessToken | undefined;
  /**
   * A token that can be sent: cached, stored, refreshed, or obtained anew where the grant needs no person.
   *
   * @param callerToken the token by which the caller has proved who they are: what a token exchange exchanges
   * @throws CallerError AUTHORIZATION_REQUIRED, RECONNECT_REQUIRED, both with `extensions.authorizationUrl`
   * @throws ProviderError TOKEN_REFUSED, TOKEN_UNAVAILABLE
   */
  get(resource: string, credential: Credential, signal?: AbortSignal, callerToken?: Secret): Promise<AccessToken>;
  /**
   * Another token, after the service refused `refused` with 401. Refreshes once, unless somebody has already: then it returns
   * that one.
   */
  renew(
    resource: string,
    credential: Credential,
    refused: AccessToken,
    signal?: AbortSignal,
    callerToken?: Secret,
  ): Promise<AccessToken>;
  /** Drops what is cached: for one token, for one resource, or all. */
  forget(resource?: string, credential?: Credential): void;
}
