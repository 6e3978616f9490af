import type Provider from 'oidc-provider';
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  type SampleClient,
  startAuthorizationServer,
} from '../../samples/authorization-server/index.js';
import { callbackUrl, clientSecret } from './installation.js';
import { rsaPublicJwk } from './signing-keys.js';

/** A real authorization server with everything on that it can do. */
export interface FullProvider extends AuthorizationServer {
  readonly pushedAuthorizationEndpoint: string;
  readonly deviceAuthorizationEndpoint: string;
  /** What oidc-provider is underneath, to approve a device by. */
  readonly provider: Provider;
  /** Lets Alice allow the device that shows a code. */
  approveDevice(userCode: string): Promise<void>;
}

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Clients of every kind; each is named by how it authenticates or what it is for. */
const clients: readonly SampleClient[] = [
  { clientId: 'crm-client', clientSecret },
  { clientId: 'public-client' },
  { clientId: 'machine', clientSecret, grant: 'client_credentials' },
  { clientId: 'basic', clientSecret, grant: 'client_credentials', authentication: 'client_secret_basic' },
  {
    clientId: 'secret-jwt',
    clientSecret,
    grant: 'client_credentials',
    metadata: { token_endpoint_auth_method: 'client_secret_jwt', token_endpoint_auth_signing_alg: 'HS256' },
  },
  {
    clientId: 'key-jwt',
    grant: 'client_credentials',
    metadata: { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...rsaPublicJwk, kid: 'key-1' }] } },
  },
  {
    clientId: 'device',
    clientSecret,
    metadata: { grant_types: [deviceGrant, 'refresh_token'], response_types: [], redirect_uris: [] },
  },
];

export async function startFullProvider(options: Partial<AuthorizationServerOptions> = {}): Promise<FullProvider> {
  let provider: Provider | undefined;
  const server = await startAuthorizationServer({
    clients,
    redirectUris: [callbackUrl],
    scopes: ['crm.read', 'crm.write'],
    accessTokenTtl: 600,
    ...options,
    adjust(configuration) {
      const all = {
        ...configuration,
        scopes: ['openid', 'offline_access'],
        features: {
          ...configuration.features,
          deviceFlow: { enabled: true },
          pushedAuthorizationRequests: { enabled: true },
          dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
        },
      };
      return options.adjust?.(all) ?? all;
    },
    extend(made) {
      provider = made;
      options.extend?.(made);
    },
  });
  if (provider === undefined) throw new Error('The provider was not made.');
  const real = provider;
  return {
    ...server,
    provider: real,
    pushedAuthorizationEndpoint: `${server.issuer}/request`,
    deviceAuthorizationEndpoint: `${server.issuer}/device/auth`,
    async approveDevice(userCode) {
      const code = await real.DeviceCode.findByUserCode(userCode.replace(/[^A-Z0-9]/gi, ''));
      if (code === undefined) throw new Error('No device shows this code.');
      const grant = new real.Grant({ accountId: 'alice', clientId: code.clientId ?? '' });
      grant.addResourceScope(server.audience, 'crm.read crm.write');
      code.accountId = 'alice';
      code.grantId = await grant.save();
      code.resource = server.audience;
      code.scope = 'crm.read';
      code.authTime = Math.floor(Date.now() / 1000);
      await code.save();
    },
  };
}
