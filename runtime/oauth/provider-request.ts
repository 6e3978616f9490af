import type { Secret } from '../../config/model/secret.js';
import type { Application } from './application.js';
import { clientAssertion } from './client-assertion.js';
import { clientAuthentication } from './client-authentication.js';
import { sendToProvider } from './provider-answer.js';
import { type Asked, providerFailure } from './provider-failure.js';
import type { StageParameter } from './stage-parameters.js';
import type { TokenEndpoint } from './token-endpoint.js';
import { secretsIn, type TokenRequest, toUpstreamRequest } from './token-request.js';
import { bodyFields } from './token-response-body.js';

/** A POST in which the client authenticates itself, to another endpoint than the token endpoint. */
export type ProviderRequest = Omit<TokenRequest, 'stage'>;

/**
 * Builds such a request; the client authenticates as at the token endpoint (RFC 7009 §2.1, RFC 7662 §2.1, RFC 8628 §3.1,
 * RFC 9126 §2).
 *
 * @param now milliseconds since the epoch
 * @throws ConfigurationError DOCUMENT_INVALID when the client authentication lacks a value
 */
export async function providerRequest(
  application: Application,
  url: string,
  parameters: readonly StageParameter[],
  now: number,
): Promise<ProviderRequest> {
  return authenticatedRequest(application, url, parameters, await clientAssertion(application, now));
}

/** The same with an assertion that is there already; without one, for a preview. */
export function authenticatedRequest(
  application: Application,
  url: string,
  parameters: readonly StageParameter[],
  assertion?: Secret,
): ProviderRequest {
  const authenticate = clientAuthentication[application.type.clientAuthentication ?? 'client_secret_post'];
  const authenticated = authenticate(application, parameters, assertion);
  return {
    url,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...authenticated.headers,
    },
    parameters: authenticated.parameters,
    format: 'form',
  };
}

/** A parameter that the runtime gives. */
export const runtimeParameter = (name: string, value: string | Secret): StageParameter => ({
  name,
  value,
  source: 'runtime',
  raw: false,
});

/**
 * Sends a request and reads the fields of the answer.
 *
 * @throws TokenEndpointError TOKEN_REFUSED with the OAuth error; TOKEN_UNAVAILABLE when there is no answer that makes sense
 */
export async function askProvider(
  endpoint: TokenEndpoint,
  { resource }: Application,
  request: ProviderRequest,
  asked: Asked,
): Promise<ReadonlyMap<string, unknown>> {
  const { answer, text } = await sendToProvider(endpoint, resource, asked.request, toUpstreamRequest(request));
  endpoint.log.info({ resource: resource.name, request: asked.request, status: answer.status }, 'provider answered');
  const fields = bodyFields(text);
  const error = fields?.get('error');
  if (fields !== undefined && error === undefined && answer.status >= 200 && answer.status < 300) return fields;
  const description = fields?.get('error_description');
  const reason =
    typeof error === 'string'
      ? ({ kind: 'refused', error, ...(typeof description === 'string' ? { description } : {}) } as const)
      : ({ kind: 'unreadable', reason: `the answer (status ${answer.status}) is not what was asked for` } as const);
  throw providerFailure(resource.name, asked, { answer, reason, secrets: secretsIn(request), now: endpoint.now() });
}
