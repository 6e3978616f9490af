import type { Role } from './principal.js';

/** Who issues the bearer tokens by which people and programs may prove who they are here (RFC 9068, RFC 8725). */
export interface TrustedIssuer {
  readonly kind: 'TrustedIssuer';
  /** System name. */
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** The `iss` of its tokens, exactly. */
  readonly issuer: string;
  /** The `aud` that a token must have: what the issuer knows this installation by. */
  readonly audience: string;
  /** Its keys (RFC 7517). Default: the ones that its metadata names. */
  readonly jwksEndpoint?: string;
  /** The claim that holds the user name. Default `sub`. */
  readonly userClaim?: string;
  /** The most that its tokens may do here; a person with an account here has no more roles than the account. */
  readonly roles: readonly Role[];
  /** Whether people without an account here are let in, with `roles`. Default false. */
  readonly acceptUnknown?: boolean;
  /** Private hosts that its endpoints may stand on; see `ServiceInstance.allowedHosts`. */
  readonly allowedHosts?: readonly string[];
}
