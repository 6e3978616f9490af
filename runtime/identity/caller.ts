import type { ActsAs, ApiKey, User } from '../../config/model/identity.js';
import { type Credential, hasRole, type Principal, type Role, roles } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import type { TrustedIssuer } from '../../config/model/trusted-issuer.js';

/** Who is behind a request, and how it was found out. */
export interface Caller {
  readonly principal: Principal;
  /** The session's id in the store (never the cookie's value); absent for a program. */
  readonly session?: string;
  /** Other accounts whose tokens a call may use. */
  readonly mayActAs?: readonly Credential[];
}

/** A person who has signed in; undefined when the account is disabled. */
export function callerOfSession(user: User, session: string): Caller | undefined {
  if (user.disabled === true) return undefined;
  const { name, roles } = user;
  return { principal: { name, credential: `user:${name}`, roles, via: 'session' }, session };
}

/** A program with the key of a service account. */
export function callerOfServiceAccount({ name, roles }: ApiKey, serviceAccount: string): Caller {
  return { principal: { name, credential: `service:${serviceAccount}`, roles, via: 'api-key' } };
}

/** A program that acts as a person: it never may more than the person. Undefined when the account is disabled. */
export function callerOfUserKey(key: ApiKey, user: User): Caller | undefined {
  if (user.disabled === true) return undefined;
  const { name } = user;
  const principal = { name, credential: `user:${name}`, roles: rolesOfBoth(key, user), via: 'api-key' } as const;
  return { principal };
}

/**
 * Somebody with a bearer token of a trusted issuer, who never may more than the issuer and their account here allow. Undefined when
 * the account is disabled, or is needed and not there.
 */
export function callerOfToken(
  issuer: TrustedIssuer,
  name: string,
  user: User | undefined,
  token: Secret,
): Caller | undefined {
  if (user === undefined ? issuer.acceptUnknown !== true : user.disabled === true) return undefined;
  const roles = user === undefined ? issuer.roles : rolesOfBoth(issuer, user);
  return { principal: { name, credential: `user:${name}`, roles, via: 'token', token } };
}

/** Whose tokens an account has. */
export const credentialOfAccount = (account: ActsAs): Credential =>
  'user' in account ? `user:${account.user}` : `service:${account.serviceAccount}`;

interface HasRoles {
  readonly roles: readonly Role[];
}

const rolesOfBoth = (one: HasRoles, other: HasRoles): Role[] =>
  roles.filter((role) => holds(one, role) && holds(other, role));

const holds = ({ roles }: HasRoles, role: Role): boolean =>
  hasRole({ name: '', credential: 'application', roles, via: 'local' }, role);
