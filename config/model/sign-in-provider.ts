import type { Role } from './principal.js';
import type { SecretValue } from './service-instance.js';

/** Where people may sign in instead of by a password: a provider of OpenID Connect. */
export interface SignInProvider {
  readonly kind: 'SignInProvider';
  /** System name. */
  readonly name: string;
  /** What the button says. Default: the system name. */
  readonly displayName?: string;
  readonly description?: string;
  /** Its issuer, exactly; its endpoints are what its metadata names (OpenID Connect Discovery §4). */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  readonly clientSecret?: SecretValue;
  /** Default `openid profile email`. */
  readonly scope?: string;
  /** The claim that holds the user name. Default `preferred_username`. */
  readonly userClaim?: string;
  /** What people may do, by a claim, anew at each sign-in. Absent: an account keeps its roles, and a new one gets `user`. */
  readonly roles?: ClaimedRoles;
  /** Whether somebody without an account gets one. Default true. */
  readonly createUsers?: boolean;
  /** Private hosts that its endpoints may stand on; see `ServiceInstance.allowedHosts`. */
  readonly allowedHosts?: readonly string[];
}

export interface ClaimedRoles {
  /** A claim with a text or a list of texts; a dot leads into it: `realm_access.roles`. */
  readonly claim: string;
  /** The roles that each of its values gives. */
  readonly values: Readonly<Record<string, readonly Role[]>>;
  /** For who has none of those. Absent: they are not let in. */
  readonly default?: readonly Role[];
}
