import { CallerError } from '../../../config/model/errors.js';
import type { User } from '../../../config/model/identity.js';
import { roles as allRoles, type Role } from '../../../config/model/principal.js';
import type { ClaimedRoles, SignInProvider } from '../../../config/model/sign-in-provider.js';

/** The claims of a person, verified (OpenID Connect Core §5.1). */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** The user name that the claims give. @throws CallerError AUTHORIZATION_REFUSED */
export function userNameIn(claims: Claims, { name, userClaim = 'preferred_username' }: SignInProvider): string {
  const value = claimAt(claims, userClaim);
  // Whoever may write any address into their profile would be whom they like (OpenID Connect Core §5.1, §5.7).
  if (userClaim === 'email' && claims.email_verified === false) {
    throw refused(`"${name}" has not verified that the e-mail address is yours`);
  }
  if (typeof value === 'string' && /^[\p{L}\p{Nd}_][\p{L}\p{Nd}._@+-]{0,99}$/u.test(value)) return value;
  throw refused(`"${name}" told no user name in the claim "${userClaim}"; an admin can choose another by userClaim`);
}

/**
 * The account as it is after this sign-in: with the roles that the claims give, bound to the person at the provider.
 *
 * @param account the one with that user name, if there is one
 * @throws CallerError AUTHORIZATION_REFUSED when the account is somebody else's, there may be none, or the claims give no role
 */
export function claimedPerson(name: string, claims: Claims, provider: SignInProvider, account: User | undefined): User {
  if (account === undefined && provider.createUsers === false) {
    throw refused(`there is no account "${name}" here; an admin can make one that signs in with "${provider.name}"`);
  }
  if (account !== undefined) refuseOther(account, claims.sub, provider);
  const { displayName, email } = textsIn(claims);
  return {
    kind: 'User',
    name,
    ...account,
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
    roles: rolesOf(claims, provider) ?? account?.roles ?? ['user'],
    signsInWith: { provider: provider.name, subject: claims.sub },
  };
}

/** An account that is here already is the person's only where an admin has said so, or it was made for them. */
function refuseOther({ name, signsInWith, disabled }: User, subject: string, provider: SignInProvider): void {
  if (disabled === true) throw refused(`the account "${name}" is disabled`);
  if (signsInWith?.provider !== provider.name) {
    throw refused(
      `the account "${name}" does not sign in with "${provider.name}"; an admin can let it, by signsInWith of the user`,
    );
  }
  if (signsInWith.subject !== undefined && signsInWith.subject !== subject) {
    throw refused(`the account "${name}" belongs to somebody else of "${provider.name}"`);
  }
}

/** Undefined where no claim decides. */
function rolesOf(claims: Claims, { name, roles }: SignInProvider): readonly Role[] | undefined {
  if (roles === undefined) return undefined;
  const given = new Set(valuesOf(claimAt(claims, roles.claim)).flatMap((value) => rolesFor(value, roles)));
  if (given.size > 0) return allRoles.filter((role) => given.has(role));
  if (roles.default !== undefined) return roles.default;
  throw refused(`"${name}" gives you no role here: the claim "${roles.claim}" has none of the values that count`);
}

const rolesFor = (value: string, { values }: ClaimedRoles): readonly Role[] =>
  Object.hasOwn(values, value) ? (values[value] ?? []) : [];

const valuesOf = (claim: unknown): string[] =>
  [claim].flat().filter((value): value is string => typeof value === 'string');

/** A claim by its name; a name with dots that is none leads into objects. */
function claimAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

function textsIn({ name, email }: Claims): { displayName: string | undefined; email: string | undefined } {
  const displayName = typeof name === 'string' && name !== '' ? name.slice(0, 200) : undefined;
  const address = typeof email === 'string' && /^[^\s@]{1,64}@[^\s@.][^\s@]{0,250}$/.test(email) ? email : undefined;
  return { displayName, email: address };
}

export const refused = (reason: string, cause?: unknown): CallerError =>
  new CallerError('AUTHORIZATION_REFUSED', `You could not be signed in: ${reason}.`, { cause });
