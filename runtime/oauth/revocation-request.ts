import type { StoredToken } from '../../config/store/store.js';
import type { Application } from './application.js';
import { clientAuthentication } from './client-authentication.js';
import type { StageParameter } from './stage-parameters.js';
import type { TokenRequest } from './token-request.js';

/**
 * Asks a provider to revoke a token, and with it the grant (RFC 7009 §2.1): the refresh token where there is one, else the access
 * token. Undefined when the resource names no revocation endpoint.
 */
export function buildRevocationRequest(
  application: Application,
  { accessToken, refreshToken }: Pick<StoredToken, 'accessToken' | 'refreshToken'>,
): Omit<TokenRequest, 'stage'> | undefined {
  const { type, resource } = application;
  if (resource.revocationEndpoint === undefined) return undefined;
  const sent = (name: string, value: StageParameter['value']): StageParameter => ({
    name,
    value,
    source: 'runtime',
    raw: false,
  });
  const authenticate = clientAuthentication[type.clientAuthentication ?? 'client_secret_post'];
  const { parameters, headers } = authenticate(application, [
    sent('token', refreshToken ?? accessToken),
    sent('token_type_hint', refreshToken === undefined ? 'access_token' : 'refresh_token'),
  ]);
  return {
    url: resource.revocationEndpoint,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    parameters,
    format: 'form',
  };
}
