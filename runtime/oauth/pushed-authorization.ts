import type { Application } from './application.js';
import { clientValue } from './client-value.js';
import { TokenEndpointError } from './errors.js';
import { askProvider, providerRequest, runtimeParameter } from './provider-request.js';
import type { StageParameter } from './stage-parameters.js';
import type { TokenEndpoint } from './token-endpoint.js';

/**
 * Pushes the parameters of an authorization request to the provider (RFC 9126 §2.1).
 *
 * @returns the only parameters that the browser carries then: the client and a reference (§4)
 * @throws TokenEndpointError TOKEN_REFUSED, TOKEN_UNAVAILABLE
 */
export async function pushAuthorization(
  endpoint: TokenEndpoint,
  application: Application,
  url: string,
  parameters: readonly StageParameter[],
): Promise<readonly StageParameter[]> {
  const request = await providerRequest(application, url, parameters, endpoint.now());
  const asked = { endpoint: 'pushed authorization request endpoint', request: 'authorization request' };
  const fields = await askProvider(endpoint, application, request, asked);
  const reference = fields.get('request_uri');
  if (typeof reference !== 'string' || !/^[\x21-\x7e]{1,2000}$/.test(reference)) {
    const { name } = application.resource;
    throw new TokenEndpointError(
      'TOKEN_UNAVAILABLE',
      `OAuth resource "${name}": the ${asked.endpoint} answered without a request_uri (RFC 9126 §2.2).`,
      { resource: name },
    );
  }
  return [
    runtimeParameter('client_id', clientValue(application, 'client_id')),
    runtimeParameter('request_uri', reference),
  ];
}
