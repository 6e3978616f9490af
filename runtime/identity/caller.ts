import type { ApiKey, User } from '../../config/model/identity.js';
import { hasRole, type Principal, type Role, roles } from '../../config/model/principal.js';

/** Who is behind a request, and how it was found out. */
export interface Caller {
  readonly principal: Principal;
  /** The session's id in the store (never the cookie's value); absent for a program. */
  readonly session?: string;
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

interface HasRoles {
  readonly roles: readonly Role[];
}

const rolesOfBoth = (one: HasRoles, other: HasRoles): Role[] =>
  roles.filter((role) => holds(one, role) && holds(other, role));

const holds = ({ roles }: HasRoles, role: Role): boolean =>
  hasRole({ name: '', credential: 'application', roles, via: 'local' }, role);
