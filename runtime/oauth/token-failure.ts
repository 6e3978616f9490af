import type { TokenError, TokenErrorKind } from '../../config/model/token-error.js';
import { isRevocation, TokenEndpointError } from './errors.js';

/** Milliseconds after the first failure; doubled with each further one. */
const first = 1_000;
const longest = 5 * 60_000;

/**
 * A failure of a token endpoint as it is stored, so that all nodes leave the endpoint alone: one second, two, four, … five minutes,
 * varied by a fifth, or as long as the endpoint says by `Retry-After`. Another version of the resource starts afresh: an admin may
 * have mended it.
 *
 * @param before the last error that is stored
 * @param version of the resource that was asked with
 * @param now milliseconds since the epoch
 */
export function nextFailure(
  before: TokenError | undefined,
  error: TokenEndpointError,
  version: number,
  now: number,
): TokenError {
  const count = before?.version === version ? before.count + 1 : 1;
  const wait = Math.min(first * 2 ** (count - 1), longest) * (0.8 + 0.4 * Math.random());
  return {
    kind: kindOf(error),
    code: error.oauthError ?? error.code,
    message: error.message,
    at: new Date(now).toISOString(),
    count,
    retryAt: new Date(now + Math.max(wait, error.retryAfter ?? 0)).toISOString(),
    version,
  };
}

/** When the endpoint may be asked again, milliseconds since the epoch; 0: at any time. */
export const retryTime = (failure: TokenError | undefined): number =>
  failure?.retryAt === undefined ? 0 : Date.parse(failure.retryAt);

/** Whether the failure is still being waited out. */
export const isPending = (failure: TokenError | undefined, version: number, now: number): failure is TokenError =>
  failure !== undefined && failure.version === version && now < retryTime(failure);

/** The error of a failure that is being waited out, as the caller would have had it. */
export function errorOf(
  { kind, code, message, retryAt }: TokenError,
  resource: string,
  now: number,
): TokenEndpointError {
  const passing = kind === 'busy' || kind === 'unreachable';
  return new TokenEndpointError(passing ? 'TOKEN_UNAVAILABLE' : 'TOKEN_REFUSED', message, {
    resource,
    ...(passing || code === 'TOKEN_REFUSED' ? {} : { oauthError: code }),
    ...(retryAt === undefined ? {} : { retryAfter: Math.max(Date.parse(retryAt) - now, 0) }),
  });
}

const clientErrors = new Set(['invalid_client', 'unauthorized_client']);

/** Who can mend a failure. */
export function kindOf(error: TokenEndpointError): TokenErrorKind {
  if (isRevocation(error)) return 'consent';
  if (error.code === 'TOKEN_REFUSED') {
    return error.oauthError !== undefined && clientErrors.has(error.oauthError) ? 'client' : 'configuration';
  }
  const { tokenEndpointStatus: status } = error.extensions;
  return status === 429 || status === 503 || error.retryAfter !== undefined ? 'busy' : 'unreachable';
}

/** A token that only a person can replace. */
export const endOf = (code: string, message: string, now: number): TokenError => ({
  kind: 'consent',
  code,
  message,
  at: new Date(now).toISOString(),
  count: 1,
});
