import type { StoredToken } from '../../config/store/store.js';
import { authorizationRequired, reconnectRequired } from './errors.js';
import type { Attempt, Obtaining } from './obtaining.js';
import { endOf } from './token-failure.js';

/**
 * Says that only a person can bring a token, and where.
 *
 * @returns undefined when somebody has replaced the token meanwhile: look again
 * @throws CallerError AUTHORIZATION_REQUIRED, RECONNECT_REQUIRED
 */
export async function refuse(
  context: Obtaining,
  attempt: Attempt,
  stored: StoredToken | undefined,
): Promise<undefined> {
  const { application, credential, resource } = attempt;
  const url = context.authorizationUrl(resource, credential);
  if (stored === undefined) throw authorizationRequired(application, credential, url);
  if (stored.state === 'reconnect-required') {
    throw reconnectRequired(application, credential, url, stored.lastError?.code ?? 'revoked');
  }
  return await endToken(context, attempt, stored, attempt.refused === undefined ? 'expired' : 'invalid_token');
}

/**
 * Marks a token as over, so that nothing asks its endpoint again.
 *
 * @param reason an OAuth error code, or `expired`, or `invalid_token`
 * @returns undefined when somebody has replaced the token meanwhile: look again
 * @throws CallerError RECONNECT_REQUIRED
 */
export async function endToken(
  context: Obtaining,
  { application, credential, resource }: Attempt,
  stored: StoredToken,
  reason: string,
): Promise<undefined> {
  const error = reconnectRequired(application, credential, context.authorizationUrl(resource, credential), reason);
  const end = endOf(reason, error.message, context.now());
  if (!(await context.store.tokens.requireReconnect(credential, resource, stored.generation, end))) return undefined;
  context.report({ type: 'reconnect-required', resource, credential, reason });
  throw error;
}
