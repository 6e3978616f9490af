import type { TokenError } from '../../config/model/token-error.js';
import type { StoredToken, TokenToSave } from '../../config/store/store.js';
import { newProofKey } from './dpop.js';
import { endToken } from './end-of-token.js';
import { isRevocation, TokenEndpointError } from './errors.js';
import { refresh } from './grants/index.js';
import type { Attempt, Obtaining } from './obtaining.js';
import { persist } from './persist.js';
import { askToRevoke } from './revocation.js';
import type { Issued } from './token-endpoint.js';
import { nextFailure } from './token-failure.js';
import { tokenRecord } from './token-record.js';
import { tokenRequestTimeout } from './token-request.js';
import { openTrace } from './trace/tracer.js';

/**
 * Asks the token endpoint once and saves what it issues. Call it under the token's lease. The request is outside any transaction; the
 * save names the generation that it replaces.
 *
 * @param current the token as the store holds it; undefined when there is none yet
 * @param good `current` where it can still be sent: it is used when the renewal fails for a passing reason
 * @param remaining milliseconds that the lease is still held for
 * @returns undefined when somebody has replaced the token meanwhile, or the lease ends too soon for a request
 * @throws CallerError RECONNECT_REQUIRED; TokenEndpointError
 */
export async function renewToken(
  context: Obtaining,
  attempt: Attempt,
  current: StoredToken | undefined,
  good: StoredToken | undefined,
  remaining: () => number,
): Promise<StoredToken | undefined> {
  const { credential, resource } = attempt;
  // A process that was held up would still be asking when another has the lease: two uses of one refresh token.
  if (remaining() < tokenRequestTimeout) return undefined;
  let issued: Issued | undefined;
  try {
    issued = await issue(context, attempt, current);
  } catch (error) {
    return await recover(context, attempt, { current, good, error });
  }
  if (issued === undefined) return undefined;
  const inherited = attempt.unattended === undefined ? current : undefined;
  const record = tokenRecord(credential, resource, issued, inherited);
  const saved = await persist(context, record, current?.generation ?? 0);
  if (saved === undefined) {
    await endUnwanted(context, attempt, record);
    return undefined;
  }
  context.report(
    current === undefined
      ? { type: 'token-obtained', resource, credential }
      : { type: 'token-refreshed', resource, credential, recovered: current.lastError !== undefined },
  );
  return saved;
}

/** What was issued for a token that was deleted meanwhile is nobody's: the provider is asked to end it too. */
async function endUnwanted(context: Obtaining, { application, credential, resource }: Attempt, issued: TokenToSave) {
  if ((await context.store.tokens.get(credential, resource)) !== undefined) return;
  try {
    await askToRevoke(context, application, issued);
  } catch (error) {
    context.log.warn({ resource, credential, error: String(error) }, 'a token that nobody wants could not be revoked');
  }
}

async function issue(
  context: Obtaining,
  { application, unattended, credential, callerToken }: Attempt,
  current: StoredToken | undefined,
): Promise<Issued | undefined> {
  // The key stays that of the credential (RFC 9449 §5).
  const proofKey = current?.proofKey ?? (application.type.dpop === true ? newProofKey() : undefined);
  if (unattended !== undefined) {
    return await unattended.issue(context, application, { credential, callerToken, proofKey });
  }
  return current?.refreshToken && (await refresh(context, application, current.refreshToken, proofKey));
}

interface Failure {
  readonly current: StoredToken | undefined;
  readonly good: StoredToken | undefined;
  readonly error: unknown;
}

/** After a failed renewal: a reconnect, the token that is still good, or the error. */
async function recover(
  context: Obtaining,
  attempt: Attempt,
  { current, good, error }: Failure,
): Promise<StoredToken | undefined> {
  const { resource, credential, application, unattended } = attempt;
  if (!(error instanceof TokenEndpointError)) throw error;
  openTrace()?.failed(error);
  if (unattended === undefined && current !== undefined && isRevocation(error)) {
    // The refusal may only mean that somebody else has used the refresh token: then the generation has moved on.
    const latest = await context.store.tokens.get(credential, resource);
    if (latest === undefined || latest.generation !== current.generation) return undefined;
    return await endToken(context, attempt, latest, error.oauthError);
  }
  const lastError = nextFailure(
    await lastErrorOf(context, attempt, current),
    error,
    application.version,
    context.now(),
  );
  await noteFailure(context, attempt, current, lastError);
  if (good === undefined) throw error;
  context.log.warn({ resource, credential, error: error.message }, 'refresh failed; the token is still valid and used');
  return { ...good, lastError };
}

/** The last error of a token, or of the first request for one. */
export async function lastErrorOf(
  { store }: Pick<Obtaining, 'store'>,
  { credential, resource }: Attempt,
  current: StoredToken | undefined,
): Promise<TokenError | undefined> {
  return current === undefined ? await store.tokens.lastError(credential, resource) : current.lastError;
}

/** The note is for the other nodes and for people: that the store is away must not hide the failure itself. */
async function noteFailure(
  { store, log }: Obtaining,
  { credential, resource }: Attempt,
  current: StoredToken | undefined,
  failure: TokenError,
): Promise<void> {
  try {
    await store.tokens.failed(credential, resource, current?.generation ?? 0, failure);
  } catch (error) {
    log.warn({ resource, credential, error: String(error) }, 'a failed refresh could not be noted');
  }
}
