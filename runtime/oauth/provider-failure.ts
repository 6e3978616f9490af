import type { UpstreamResponse } from '../../brokers/http/upstream.js';
import { TokenEndpointError } from './errors.js';
import { cleanProviderText } from './provider-text.js';
import { retryAfter } from './retry-after.js';
import type { TokenResponse } from './token-response.js';

/** What an endpoint is called, and what it was asked for, in messages: `token endpoint`, `refresh request`. */
export interface Asked {
  readonly endpoint: string;
  readonly request: string;
}

export interface FailedAnswer {
  readonly answer: Pick<UpstreamResponse, 'status' | 'headers'>;
  readonly reason: Exclude<TokenResponse, { kind: 'issued' }>;
  /** What the request carried, so that an answer which echoes one can be masked. */
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Errors that say 'later', not 'no' (RFC 6749 §4.1.2.1, RFC 8628 §3.5). */
const passing = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

/** What a provider's answer means, where it does not hold what was asked for. */
export function providerFailure(
  resource: string,
  { endpoint, request }: Asked,
  { answer: { status, headers }, reason, secrets, now }: FailedAnswer,
): TokenEndpointError {
  const details = { resource, status, retryAfter: retryAfter(headers['retry-after'], now) };
  const where = `OAuth resource "${resource}": the ${endpoint}`;
  if (reason.kind === 'unreadable') {
    const wait = status === 429 || status >= 500 ? '; it is asked again later' : '; check the endpoint of the resource';
    const message = `${where} did not answer the ${request}: ${reason.reason}${wait}.`;
    return new TokenEndpointError('TOKEN_UNAVAILABLE', message, details);
  }
  const oauthError = cleanProviderText(reason.error, secrets, 100);
  const description = cleanProviderText(reason.description ?? '', secrets);
  const said = description === '' ? `"${oauthError}"` : `"${oauthError}" (${description})`;
  if (status === 429 || status >= 500 || passing.has(oauthError)) {
    const message = `${where} is not able to answer the ${request} now: ${said}.`;
    return new TokenEndpointError('TOKEN_UNAVAILABLE', message, { ...details, oauthError });
  }
  const advice = remedies.get(oauthError);
  return new TokenEndpointError(
    'TOKEN_REFUSED',
    `${where} refused the ${request}: ${said}.${advice === undefined ? '' : ` ${advice}`}`,
    { ...details, oauthError },
  );
}

const remedies = new Map([
  [
    'invalid_client',
    'Check client_id, client_secret or signing key, and the client authentication of the resource type.',
  ],
  ['unauthorized_client', 'Allow this grant for the application at the provider.'],
  ['unsupported_grant_type', 'Check grant_type and the grant of the resource type.'],
  ['invalid_scope', 'Check the scope of the resource.'],
  ['invalid_target', 'Check the resource or audience that the resource asks for (RFC 8707).'],
  ['invalid_dpop_proof', 'Check the clock of this server; a proof is valid for a short time only.'],
  ['invalid_request', 'Compare the preview of the request with the documentation of the provider.'],
]);
