import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import { memoryAdapter } from './memory-adapter.js';
import type { SampleClient } from './options.js';
import { pageHeaders, problemPage } from './pages.js';

/** What the configuration is made from; see `AuthorizationServerOptions`. */
export interface ConfigurationInput {
  readonly clients: readonly SampleClient[];
  readonly redirectUris: readonly string[];
  readonly accessTokenTtl: number;
  readonly audience: string;
  readonly scopes: readonly string[];
}

const hour = 3600;
const fortnight = 14 * 24 * hour;

/**
 * The authorization server's configuration: PKCE for everyone, access tokens as signed JWTs for one audience (RFC 9068), refresh tokens
 * that are replaced at each use, and the whole grant revoked when an old one comes back (RFC 9700 §4.14.2).
 */
export async function configuration(input: ConfigurationInput): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'sample' };
  return {
    adapter: memoryAdapter(),
    clients: input.clients.map((client) => clientMetadata(client, input.redirectUris)),
    jwks: { keys: [signingKey] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    pkce: { required: () => true },
    scopes: [],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => input.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: input.audience,
          scope: input.scopes.join(' '),
          accessTokenFormat: 'jwt',
          accessTokenTTL: input.accessTokenTtl,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: {
      AccessToken: input.accessTokenTtl,
      ClientCredentials: input.accessTokenTtl,
      AuthorizationCode: 60,
      IdToken: hour,
      Interaction: hour,
      RefreshToken: fortnight,
      Grant: fortnight,
      Session: fortnight,
    },
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, out) => {
      for (const [name, value] of Object.entries(pageHeaders)) ctx.set(name, value);
      ctx.body = problemPage('This does not work', out.error_description ?? out.error);
    },
  };
}

function clientMetadata(client: SampleClient, redirectUris: readonly string[]): ClientMetadata {
  const unattended = client.grant === 'client_credentials';
  return {
    client_id: client.clientId,
    ...(client.clientSecret === undefined ? {} : { client_secret: client.clientSecret }),
    token_endpoint_auth_method:
      client.clientSecret === undefined ? 'none' : (client.authentication ?? 'client_secret_post'),
    grant_types: unattended ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    response_types: unattended ? [] : ['code'],
    redirect_uris: unattended ? [] : [...redirectUris],
    ...client.metadata,
  };
}
