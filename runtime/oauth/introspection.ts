import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { Credential } from '../../config/model/principal.js';
import type { Store } from '../../config/store/store.js';
import { loadApplication } from './application.js';
import { TokenEndpointError, whose } from './errors.js';
import { askProvider, providerRequest, runtimeParameter } from './provider-request.js';
import { cleanProviderText } from './provider-text.js';
import type { TokenEndpoint } from './token-endpoint.js';

/** What a provider says of a token (RFC 7662 §2.2): the members that tell nothing secret. */
export interface Introspection {
  readonly active: boolean;
  readonly [member: string]: unknown;
}

const shown = ['scope', 'client_id', 'username', 'token_type', 'exp', 'iat', 'nbf', 'sub', 'aud', 'iss'] as const;

/**
 * Asks the provider about a stored access token.
 *
 * @throws CallerError NOT_FOUND when there is none; ConfigurationError DOCUMENT_INVALID without an introspection endpoint
 * @throws TokenEndpointError TOKEN_REFUSED, TOKEN_UNAVAILABLE
 */
export async function introspect(
  endpoint: TokenEndpoint & { readonly store: Store },
  resource: string,
  credential: Credential,
): Promise<Introspection> {
  const application = await loadApplication(endpoint.store, resource);
  const url = application.resource.introspectionEndpoint;
  if (url === undefined) {
    throw new ConfigurationError(
      'DOCUMENT_INVALID',
      `OAuth resource "${resource}": it has no introspectionEndpoint; give it the one that the provider documents.`,
    );
  }
  const stored = await endpoint.store.tokens.get(credential, resource);
  if (stored === undefined) {
    throw new CallerError('NOT_FOUND', `There is no token of ${whose(credential)} for "${resource}".`);
  }
  const parameters = [
    runtimeParameter('token', stored.accessToken),
    runtimeParameter('token_type_hint', 'access_token'),
  ];
  const request = await providerRequest(application, url, parameters, endpoint.now());
  const asked = { endpoint: 'introspection endpoint', request: 'introspection request' };
  const fields = await askProvider(endpoint, application, request, asked);
  const active = fields.get('active');
  if (typeof active !== 'boolean') {
    const message = `OAuth resource "${resource}": the introspection endpoint's answer has no boolean "active" (RFC 7662 §2.2).`;
    throw new TokenEndpointError('TOKEN_UNAVAILABLE', message, { resource });
  }
  const secrets = [stored.accessToken.reveal()];
  const members = shown.flatMap((name) => {
    const value = fields.get(name);
    return value === undefined ? [] : [[name, clean(value, secrets)] as const];
  });
  return { active, ...Object.fromEntries(members) };
}

const clean = (value: unknown, secrets: readonly string[]): unknown => {
  if (typeof value === 'string') return cleanProviderText(value, secrets);
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => clean(item, secrets));
  return typeof value === 'number' ? value : undefined;
};
