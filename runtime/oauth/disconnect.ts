import { SmartwrightError } from '../../config/model/errors.js';
import type { Credential } from '../../config/model/principal.js';
import type { StoredToken } from '../../config/store/store.js';
import { type Application, loadApplication } from './application.js';
import type { Obtaining } from './obtaining.js';
import { buildRevocationRequest } from './revocation-request.js';
import { toUpstreamRequest } from './token-request.js';

/** What ending a connection takes. */
export interface Disconnecting extends Obtaining {
  /** Drops what is cached of the token. */
  readonly forget: () => void;
}

/** Deletes a stored token, then revokes it at the provider. @returns false when there was none */
export async function disconnect(context: Disconnecting, resource: string, credential: Credential): Promise<boolean> {
  const { store, forget, report } = context;
  const stored = await store.tokens.get(credential, resource);
  const deleted = await store.tokens.delete(credential, resource);
  forget();
  if (!deleted) return false;
  report({ type: 'token-deleted', resource, credential });
  if (stored !== undefined) await revoke(context, stored);
  return true;
}

/** Best effort: the token is gone here, and the provider may be asked to end it once (RFC 7009 §2.2). */
async function revoke({ store, http, log, now }: Disconnecting, stored: StoredToken): Promise<void> {
  const { resource: name, credential } = stored;
  try {
    const application: Application = await loadApplication(store, name);
    const request = await buildRevocationRequest(application, stored, now());
    if (request === undefined) return;
    const answer = await http(application.resource).send(toUpstreamRequest(request));
    answer.discard();
    log.info({ resource: name, credential, status: answer.status }, 'revocation endpoint answered');
  } catch (error) {
    if (!(error instanceof SmartwrightError)) throw error;
    log.warn(
      { resource: name, credential, error: error.message },
      'a deleted token could not be revoked at the provider',
    );
  }
}
