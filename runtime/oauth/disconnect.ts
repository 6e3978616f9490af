import type { Credential } from '../../config/model/principal.js';
import type { Obtaining } from './obtaining.js';
import { revokeAtProvider } from './revocation.js';

/** What ending a connection takes. */
export interface Disconnecting extends Obtaining {
  /** Drops what is cached of the token. */
  readonly forget: () => void;
}

/** Takes a stored token out of use, then has the provider end it. @returns false when there was none */
export async function disconnect(context: Disconnecting, resource: string, credential: Credential): Promise<boolean> {
  const { store, forget, report } = context;
  const revoked = await store.tokens.revoke(credential, resource);
  forget();
  if (revoked === undefined) return false;
  report({ type: 'token-deleted', resource, credential });
  await revokeAtProvider(context, revoked);
  return true;
}
