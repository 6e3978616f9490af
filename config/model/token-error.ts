/**
 * Why a token could not be renewed, by who can mend it:
 * - `consent`: the person who gave it, by giving it again
 * - `client`: an admin, in the client's registration: id, secret, allowed grants
 * - `configuration`: an admin, in the resource or its type: scope, endpoints, parameters
 * - `busy`: nobody; the provider asks to wait (429, 503)
 * - `unreachable`: nobody, or whoever runs the network: no answer, or none that makes sense
 */
export const tokenErrorKinds = ['consent', 'client', 'configuration', 'busy', 'unreachable'] as const;
export type TokenErrorKind = (typeof tokenErrorKinds)[number];

/** The last error of a token, as it is stored and shown. It holds no secret. */
export interface TokenError {
  readonly kind: TokenErrorKind;
  /** An OAuth error code (RFC 6749 §5.2), `expired`, `invalid_token` (RFC 6750 §3.1), or one of our error codes. */
  readonly code: string;
  /** For a person. */
  readonly message: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** How many times in a row. */
  readonly count: number;
  /** The endpoint is not asked again before; RFC 3339, UTC. Absent: it is not asked again at all. */
  readonly retryAt?: string;
  /** The version of the resource that failed; a later one may be tried at once. */
  readonly version?: number;
}

/**
 * What a token is to whoever looks after it:
 * - `valid`: it works, and is renewed by itself where it can be
 * - `expiring`: the consent comes to its end; see `expirationWarningDays` of the resource type
 * - `refreshing`: a node is asking the token endpoint now
 * - `retrying`: the last renewal failed for a reason that may pass; see `lastError`
 * - `reconnect-required`: it is over, and only a person can bring another
 * - `revoked`: it was deleted here, and the provider is still to be told
 */
export const tokenHealths = ['valid', 'expiring', 'refreshing', 'retrying', 'reconnect-required', 'revoked'] as const;
export type TokenHealth = (typeof tokenHealths)[number];
