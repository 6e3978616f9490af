import type { StoredToken } from '../../config/store/store.js';
import type { Application } from './application.js';
import { type ProviderRequest, providerRequest, runtimeParameter } from './provider-request.js';

/**
 * Asks a provider to revoke a token, and with it the grant (RFC 7009 §2.1): the refresh token where there is one, else the access
 * token. Undefined when the resource names no revocation endpoint.
 */
export async function buildRevocationRequest(
  application: Application,
  { accessToken, refreshToken }: Pick<StoredToken, 'accessToken' | 'refreshToken'>,
  now: number,
): Promise<ProviderRequest | undefined> {
  const { revocationEndpoint } = application.resource;
  if (revocationEndpoint === undefined) return undefined;
  const parameters = [
    runtimeParameter('token', refreshToken ?? accessToken),
    runtimeParameter('token_type_hint', refreshToken === undefined ? 'access_token' : 'refresh_token'),
  ];
  return await providerRequest(application, revocationEndpoint, parameters, now);
}
