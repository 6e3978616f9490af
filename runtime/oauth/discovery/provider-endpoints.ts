import { ConfigurationError } from '../../../config/model/errors.js';
import type { OAuthResource } from '../../../config/model/oauth-resource.js';
import { cleanProviderText } from '../provider-text.js';
import type { ProviderMetadata } from './fetch-metadata.js';

/** Members of an OAuth resource by the metadata that they are filled in from (RFC 8414 §2, RFC 8628 §4, RFC 9126 §5). */
const members = {
  authorization_endpoint: 'authorizationEndpoint',
  token_endpoint: 'tokenEndpoint',
  revocation_endpoint: 'revocationEndpoint',
  introspection_endpoint: 'introspectionEndpoint',
  pushed_authorization_request_endpoint: 'pushedAuthorizationEndpoint',
  device_authorization_endpoint: 'deviceAuthorizationEndpoint',
  jwks_uri: 'jwksEndpoint',
} as const satisfies Readonly<Record<string, keyof OAuthResource>>;

type Member = (typeof members)[keyof typeof members];
type Endpoints = Partial<Record<Member, string>> & { readonly tokenEndpoint: string };

/**
 * The endpoints of a provider, and what is wrong with those that are left out.
 *
 * @throws ConfigurationError DESCRIPTOR_INVALID when there is no token endpoint
 */
export function providerEndpoints({ url, fields }: ProviderMetadata): {
  readonly endpoints: Endpoints;
  readonly faults: readonly string[];
} {
  const endpoints: Partial<Record<Member, string>> = {};
  const faults: string[] = [];
  for (const [name, member] of Object.entries(members)) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (isEndpoint(value)) endpoints[member] = value;
    else faults.push(`"${name}" is left out: ${cleanProviderText(String(value), [], 100)} is no URL of an endpoint.`);
  }
  const { tokenEndpoint } = endpoints;
  if (tokenEndpoint !== undefined) return { endpoints: { ...endpoints, tokenEndpoint }, faults };
  throw new ConfigurationError('DESCRIPTOR_INVALID', `The metadata at ${url} names no usable token_endpoint.`);
}

/** RFC 6749 §3.1, §3.2: absolute, without a fragment. */
function isEndpoint(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value) || value.includes('#')) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
