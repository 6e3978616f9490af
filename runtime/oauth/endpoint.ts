import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Stage } from '../../config/model/oauth-resource-type.js';
import { formEncode } from './form-encoding.js';
import type { StageParameter } from './stage-parameters.js';

/** The endpoint that a stage's request goes to. Undefined where the resource has no authorization stage. */
export function endpointOf(resource: OAuthResource, stage: Stage): string | undefined {
  if (stage === 'authorization') return resource.authorizationEndpoint;
  return stage === 'refresh' ? (resource.refreshEndpoint ?? resource.tokenEndpoint) : resource.tokenEndpoint;
}

/** The parameter names in a URL's own query. */
export function queryNames(endpoint: string): ReadonlySet<string> {
  return new Set(new URLSearchParams(split(endpoint).query).keys());
}

/** The endpoint without those parameters of its own query that the request sends itself. The rest stays byte for byte. */
export function endpointWithout(endpoint: string, parameters: readonly StageParameter[]): string {
  const sent = new Set(parameters.map(({ name }) => name));
  const { base, query } = split(endpoint);
  const kept = query
    .split('&')
    .filter((pair) => pair !== '' && ![...new URLSearchParams(pair).keys()].some((name) => sent.has(name)));
  return kept.length === 0 ? base : `${base}?${kept.join('&')}`;
}

/** A GET request's URL: the endpoint with its own query kept and the parameters added (RFC 6749 §3.1). */
export function requestUrl(endpoint: string, parameters: readonly StageParameter[]): string {
  const url = endpointWithout(endpoint, parameters);
  const added = formEncode(parameters);
  if (added === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${added}`;
}

/** A fragment is no part of an endpoint (RFC 6749 §3.1); documents with one are refused when saved. */
function split(endpoint: string): { base: string; query: string } {
  const [address = ''] = endpoint.split('#', 1);
  const at = address.indexOf('?');
  return at < 0 ? { base: address, query: '' } : { base: address.slice(0, at), query: address.slice(at + 1) };
}
