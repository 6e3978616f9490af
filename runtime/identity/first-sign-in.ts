import { SmartwrightError } from '../../config/model/errors.js';
import type { User } from '../../config/model/identity.js';
import type { UserRepository } from '../../config/store/store.js';
import { localPrincipal } from '../local-principal.js';
import type { Runtime } from '../runtime.js';
import { makeOneTimeLink } from './one-time-link.js';

/** The user that the first start makes. */
const FIRST_ADMIN = 'admin';

/**
 * How the first person gets in: a link that signs an admin in once, within 15 minutes. With no users there is, a user `admin` is
 * made. A restart gives a new link for as long as no admin has a password; after that there is none.
 *
 * @returns the link, to be shown to the operator and to nobody else
 */
export async function ensureFirstSignIn(
  runtime: Pick<Runtime, 'store' | 'admin' | 'publicUrl'>,
): Promise<string | undefined> {
  const { store, admin } = runtime;
  if ((await store.users.count()) === 0) {
    const user: User = { kind: 'User', name: FIRST_ADMIN, displayName: 'Administrator', roles: ['admin'] };
    try {
      await admin.save(user, localPrincipal, { expectedVersion: 0 });
    } catch (error) {
      // Another node that starts at the same moment has made the user already.
      if (!(error instanceof SmartwrightError && error.code === 'CONFLICT')) throw error;
    }
  }
  const name = await adminWithoutPassword(store.users);
  if (name === undefined) return undefined;
  return (await makeOneTimeLink(store.sessions, name, runtime.publicUrl())).url;
}

/** The admin who still has to sign in for the first time; undefined when an admin can already. */
async function adminWithoutPassword(users: UserRepository): Promise<string | undefined> {
  const admins = (await users.list())
    .map(({ document }) => document)
    .filter(({ roles, disabled }) => roles.includes('admin') && disabled !== true);
  for (const { name } of admins) {
    if ((await users.passwordHash(name)) !== undefined) return undefined;
  }
  return (admins.find(({ name }) => name === FIRST_ADMIN) ?? admins[0])?.name;
}
