import { randomUUID } from 'node:crypto';
import { CallerError, isSmartwrightError } from '../../config/model/errors.js';
import type { StoredToken } from '../../config/store/store.js';
import { loadApplication, type StoredApplication } from './application.js';
import { TokenEndpointError } from './errors.js';
import type { Obtaining } from './obtaining.js';
import { sendToProvider } from './provider-answer.js';
import { providerFailure } from './provider-failure.js';
import { leaseTime } from './refresh-lease.js';
import { buildRevocationRequest } from './revocation-request.js';
import { nextFailure } from './token-failure.js';
import { secretsIn, toUpstreamRequest } from './token-request.js';
import { parseTokenResponse } from './token-response.js';

/** Times that a provider is asked to end a token before it is left to its expiry: about four hours of back-off. */
const attempts = 50;

export type Revoking = Pick<Obtaining, 'store' | 'http' | 'log' | 'now' | 'tracer' | 'report'>;

/**
 * Has the provider end a token that was taken out of use here, and forgets it then. A provider that is away, or says 503, is
 * asked again later (RFC 7009 §2.2.1): the store keeps what is still to be told, so a restart loses nothing. One node asks at a
 * time.
 */
export async function revokeAtProvider(context: Revoking, token: StoredToken): Promise<void> {
  const { store, log, now } = context;
  const { resource, credential, generation } = token;
  const owner = randomUUID();
  if (!(await store.tokens.lease(credential, resource, generation, owner, leaseTime))) return;
  try {
    const application = await applicationOf(context, resource);
    if (application?.resource.revocationEndpoint !== undefined) {
      const subject = { flow: 'revocation', resource, credential } as const;
      await context.tracer.trace(subject, () => askToRevoke(context, application, token));
      context.report({ type: 'token-revoked', resource, credential });
    }
    await store.tokens.forgetRevoked(credential, resource, generation);
  } catch (error) {
    if (!isSmartwrightError(error)) throw error;
    log.warn({ resource, credential, error: error.message }, 'a deleted token could not be revoked at the provider');
    const failure = nextFailure(token.lastError, endpointError(error, resource), 0, now());
    if (failure.count < attempts) await store.tokens.failed(credential, resource, generation, failure);
    else await store.tokens.forgetRevoked(credential, resource, generation);
  } finally {
    await store.tokens.release(credential, resource, owner);
  }
}

/** A resource that is gone has no provider to be told. */
async function applicationOf({ store }: Revoking, resource: string): Promise<StoredApplication | undefined> {
  try {
    return await loadApplication(store, resource);
  } catch (error) {
    if (error instanceof CallerError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Sends one revocation request (RFC 7009 §2.1); nothing where the resource names no revocation endpoint. 200 is also the answer
 * for a token that the provider does not know.
 *
 * @throws TokenEndpointError
 */
export async function askToRevoke(
  context: Revoking,
  application: StoredApplication,
  token: Pick<StoredToken, 'accessToken' | 'refreshToken'>,
): Promise<void> {
  const request = await buildRevocationRequest(application, token, context.now());
  if (request === undefined) return;
  const { resource } = application;
  const name = 'revocation request';
  const { answer, text } = await sendToProvider(context, resource, name, toUpstreamRequest(request));
  context.log.info({ resource: resource.name, status: answer.status }, 'revocation endpoint answered');
  if (answer.status >= 200 && answer.status < 300) return;
  const reason = parseTokenResponse({ status: answer.status, contentType: '', text });
  // What it cannot revoke, it cannot revoke later either.
  if (reason.kind === 'issued' || (reason.kind === 'refused' && reason.error === 'unsupported_token_type')) return;
  const asked = { endpoint: 'revocation endpoint', request: name };
  throw providerFailure(resource.name, asked, { answer, reason, secrets: secretsIn(request), now: context.now() });
}

function endpointError(error: Error, resource: string): TokenEndpointError {
  if (error instanceof TokenEndpointError) return error;
  return new TokenEndpointError('TOKEN_UNAVAILABLE', error.message, { resource, cause: error });
}
