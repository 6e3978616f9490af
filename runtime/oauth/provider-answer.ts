import type { UpstreamRequest, UpstreamResponse } from '../../brokers/http/upstream.js';
import { UpstreamError } from '../../config/model/errors.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import { TokenEndpointError } from './errors.js';
import type { TokenEndpoint } from './token-endpoint.js';
import { tokenRequestTimeout } from './token-request.js';

/** An answer of a provider's endpoint, whole. */
export interface ProviderAnswer {
  readonly answer: UpstreamResponse;
  readonly text: string;
}

/**
 * Sends one request to a provider and takes the whole answer, whatever its status.
 *
 * @param request what it is called in messages, such as `refresh request`
 * @throws TokenEndpointError TOKEN_UNAVAILABLE when none came; ConfigurationError ADDRESS_REFUSED
 */
export async function sendToProvider(
  { http }: Pick<TokenEndpoint, 'http'>,
  resource: OAuthResource,
  request: string,
  upstreamRequest: UpstreamRequest,
): Promise<ProviderAnswer> {
  try {
    const answer = await http(resource).send(upstreamRequest);
    return { answer, text: await answer.text() };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const timedOut = error.code === 'UPSTREAM_TIMEOUT';
    const what = timedOut ? `no answer came within ${tokenRequestTimeout / 1000} seconds.` : error.message;
    throw new TokenEndpointError(
      'TOKEN_UNAVAILABLE',
      `OAuth resource "${resource.name}": the ${request} failed: ${what}`,
      { resource: resource.name, cause: error },
    );
  }
}
