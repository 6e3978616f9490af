import type { Upstream } from '../../../brokers/http/upstream.js';
import { camelCase } from '../../../config/model/names.js';
import type { OAuthResource } from '../../../config/model/oauth-resource.js';
import type {
  ClientAuthentication,
  Grant,
  OAuthParameter,
  OAuthResourceType,
} from '../../../config/model/oauth-resource-type.js';
import { checkResourceAgainstType, validateDocument } from '../../../config/schema/index.js';
import { fetchMetadata, type ProviderMetadata } from './fetch-metadata.js';
import { providerEndpoints } from './provider-endpoints.js';
import { providerWarnings } from './provider-warnings.js';

export interface ProviderImportRequest {
  /** The provider's metadata URL, or its issuer. */
  readonly url: string;
  /** System name of both documents; default: from the provider's host. */
  readonly name?: string;
  /** What to ask for; default: `openid` and `offline_access` where the provider has them. */
  readonly scope?: string;
  /** The client as it is registered; default: a reference to the environment, for `smartwright apply`. */
  readonly clientId?: string;
  readonly allowedHosts?: readonly string[];
}

/** What a provider's metadata gives: two documents to look through and save. */
export interface ProviderImport {
  readonly resourceType: OAuthResourceType;
  readonly resource: OAuthResource;
  /** Scopes that the provider says it has. */
  readonly scopes: readonly string[];
  /** What the provider lacks, or says oddly. */
  readonly warnings: readonly string[];
}

/**
 * Makes an OAuth resource type and an OAuth resource from a provider's metadata.
 *
 * @param http the guarded transport; its `allowedHosts` are the request's and the installation's
 * @throws CallerError REQUEST_INVALID; ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID, ADDRESS_REFUSED
 */
export async function importProvider(request: ProviderImportRequest, http: Upstream): Promise<ProviderImport> {
  const metadata = await fetchMetadata(request.url, http);
  const { endpoints, faults } = providerEndpoints(metadata);
  const name =
    request.name ?? camelCase(new URL(metadata.issuer).hostname.replace(/^(www|login|auth|accounts|id)\./, ''));
  const scopes = texts(metadata.fields.scopes_supported);
  const resourceType = typeOf(metadata, name, request.scope ?? commonScope(scopes), endpoints);
  const isPublic =
    resourceType.clientAuthentication === 'none' || resourceType.clientAuthentication === 'private_key_jwt';
  const variable = name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  const namesIssuer = metadata.fields.authorization_response_iss_parameter_supported === true;
  const resource: OAuthResource = {
    kind: 'OAuthResource',
    name,
    type: name,
    ...endpoints,
    metadataEndpoint: metadata.url,
    issuer: metadata.issuer,
    ...(namesIssuer ? {} : { responseIssuer: 'optional' }),
    values: {
      client_id: request.clientId ?? `\${env:${variable}_CLIENT_ID}`,
      ...(isPublic ? {} : { client_secret: `\${env:${variable}_CLIENT_SECRET}` }),
    },
    ...(resourceType.clientAuthentication === 'private_key_jwt'
      ? { signingKey: { privateKey: `\${env:${variable}_PRIVATE_KEY}` } }
      : {}),
    ...(request.allowedHosts === undefined ? {} : { allowedHosts: request.allowedHosts }),
  };
  validateDocument(resourceType);
  validateDocument(resource);
  checkResourceAgainstType(resource, resourceType);
  return { resourceType, resource, scopes, warnings: [...faults, ...providerWarnings(metadata, resourceType)] };
}

function typeOf(
  { fields, issuer }: ProviderMetadata,
  name: string,
  scope: string,
  endpoints: Partial<OAuthResource>,
): OAuthResourceType {
  const grant = grantOf(texts(fields.grant_types_supported), endpoints);
  const clientAuthentication = clientAuthenticationOf(fields.token_endpoint_auth_methods_supported);
  const consents = grant !== 'client_credentials';
  const withSecret = clientAuthentication !== 'none' && clientAuthentication !== 'private_key_jwt';
  const parameters: OAuthParameter[] = [
    { name: 'client_id', stages: { ...(consents ? { authorization: {} } : {}), token: {}, refresh: {} } },
    ...(withSecret ? [{ name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } }] : []),
    { name: 'scope', stages: { [consents ? 'authorization' : 'token']: scope === '' ? {} : { default: scope } } },
  ];
  return {
    kind: 'OAuthResourceType',
    name,
    description: `Imported from the metadata of ${issuer}.`,
    grant,
    clientAuthentication,
    parameters,
  };
}

/** RFC 8414 §2: without a list, authorization code. */
function grantOf(supported: readonly string[], endpoints: Partial<OAuthResource>): Grant {
  const has = (grant: string) => supported.length === 0 || supported.includes(grant);
  if (endpoints.authorizationEndpoint !== undefined && has('authorization_code')) return 'authorization_code';
  if (endpoints.deviceAuthorizationEndpoint !== undefined) return 'device_code';
  return 'client_credentials';
}

/** In the order of preference among those that need no key; RFC 8414 §2: without a list, Basic. */
const preferred = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
] as const satisfies readonly ClientAuthentication[];

function clientAuthenticationOf(supported: unknown): ClientAuthentication {
  const methods = supported === undefined ? ['client_secret_basic'] : texts(supported);
  return preferred.find((method) => methods.includes(method)) ?? 'client_secret_basic';
}

/** What gives a refresh token at most providers. */
const commonScope = (supported: readonly string[]): string =>
  ['openid', 'offline_access'].filter((scope) => supported.includes(scope)).join(' ');

/** The texts of a list; none when it is no list. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string').slice(0, 500) : [];
