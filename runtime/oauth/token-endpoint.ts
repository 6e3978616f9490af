import type { Upstream, UpstreamResponse } from '../../brokers/http/upstream.js';
import { UpstreamError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Application } from './application.js';
import { TokenEndpointError } from './errors.js';
import { cleanProviderText } from './provider-text.js';
import { retryAfter } from './retry-after.js';
import { secretsIn, type TokenRequest, tokenRequestTimeout, toUpstreamRequest } from './token-request.js';
import { type IssuedToken, parseTokenResponse, type TokenResponse } from './token-response.js';

/** What asking a token endpoint takes. */
export interface TokenEndpoint {
  /** The guarded transport to a resource's endpoints. */
  readonly http: (resource: OAuthResource) => Upstream;
  readonly log: Logger;
  readonly now: () => number;
}

/** A token, and when it was asked for: its lifetime counts from there. */
export interface Issued {
  readonly token: IssuedToken;
  readonly requestedAt: Date;
}

/**
 * Sends one token request and reads the answer.
 *
 * @throws TokenEndpointError TOKEN_REFUSED with the OAuth error; TOKEN_UNAVAILABLE when there is no token response to be had
 * @throws ConfigurationError ADDRESS_REFUSED
 */
export async function askTokenEndpoint(
  endpoint: TokenEndpoint,
  application: Application,
  request: TokenRequest,
): Promise<Issued> {
  const requestedAt = new Date(endpoint.now());
  const { resource, type } = application;
  const secrets = secretsIn(request);
  const { answer, text } = await send(endpoint, resource, request);
  const contentType = [answer.headers['content-type'] ?? ''].flat().join();
  const response = parseTokenResponse(
    { status: answer.status, contentType, text },
    type.tokenReplacementValues,
    endpoint.now(),
  );
  endpoint.log.info(
    { resource: resource.name, stage: request.stage, status: answer.status, outcome: response.kind },
    'token endpoint answered',
  );
  if (response.kind === 'issued') return { token: response.token, requestedAt };
  throw failure(resource, request, answer, response, secrets, endpoint.now());
}

async function send(
  { http }: TokenEndpoint,
  resource: OAuthResource,
  request: TokenRequest,
): Promise<{ answer: UpstreamResponse; text: string }> {
  try {
    const answer = await http(resource).send(toUpstreamRequest(request));
    return { answer, text: await answer.text() };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const timedOut = error.code === 'UPSTREAM_TIMEOUT';
    const what = timedOut ? `no answer came within ${tokenRequestTimeout / 1000} seconds.` : error.message;
    throw new TokenEndpointError(
      'TOKEN_UNAVAILABLE',
      `OAuth resource "${resource.name}": the ${request.stage} request failed: ${what}`,
      { resource: resource.name, cause: error },
    );
  }
}

/** Errors that say 'later', not 'no' (RFC 6749 §4.1.2.1, RFC 8628 §3.5). */
const passing = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

function failure(
  resource: OAuthResource,
  { stage }: TokenRequest,
  { status, headers }: UpstreamResponse,
  response: Exclude<TokenResponse, { kind: 'issued' }>,
  secrets: readonly string[],
  now: number,
): TokenEndpointError {
  const details = { resource: resource.name, status, retryAfter: retryAfter(headers['retry-after'], now) };
  const where = `OAuth resource "${resource.name}": the token endpoint`;
  if (response.kind === 'unreadable') {
    const wait = status === 429 || status >= 500 ? '; it is asked again later' : '; check the endpoint of the resource';
    return new TokenEndpointError(
      'TOKEN_UNAVAILABLE',
      `${where} did not issue a token: ${response.reason}${wait}.`,
      details,
    );
  }
  const oauthError = cleanProviderText(response.error, secrets, 100);
  const description = cleanProviderText(response.description ?? '', secrets);
  const said = description === '' ? `"${oauthError}"` : `"${oauthError}" (${description})`;
  if (status === 429 || status >= 500 || passing.has(oauthError)) {
    return new TokenEndpointError(
      'TOKEN_UNAVAILABLE',
      `${where} is not able to answer the ${stage} request now: ${said}.`,
      details,
    );
  }
  const advice = remedies.get(oauthError);
  return new TokenEndpointError(
    'TOKEN_REFUSED',
    `${where} refused the ${stage} request: ${said}.${advice === undefined ? '' : ` ${advice}`}`,
    { ...details, oauthError },
  );
}

const remedies = new Map([
  ['invalid_client', 'Check client_id, client_secret and the client authentication of the resource type.'],
  ['unauthorized_client', 'Allow this grant for the application at the provider.'],
  ['unsupported_grant_type', 'Check grant_type and the grant of the resource type.'],
  ['invalid_scope', 'Check the scope of the resource.'],
  ['invalid_request', 'Compare the preview of the request with the documentation of the provider.'],
]);
