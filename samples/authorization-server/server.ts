import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { configuration } from './configuration.js';
import { interactions } from './interactions.js';
import { loadProvider } from './load-provider.js';
import type { AuthorizationServerOptions } from './options.js';
import { alice } from './people.js';

/** A running authorization server. */
export interface AuthorizationServer {
  /** `http://127.0.0.1:{port}`; also the `iss` of its answers and tokens. */
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string;
  readonly introspectionEndpoint: string;
  /** RFC 8414 and OpenID Connect Discovery. */
  readonly metadataEndpoint: string;
  /** The keys that its access tokens are signed with. */
  readonly jwksUri: string;
  /** The audience of its access tokens. */
  readonly audience: string;
  /** Requests that the token endpoint has had since the start, by grant: granted and refused ones alike. */
  counts(): Readonly<Record<string, number>>;
  /** Those of them that were refused, by OAuth error (RFC 6749 §5.2). */
  refusals(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** Starts an authorization server on the loopback address: real in every part but its people. */
export async function startAuthorizationServer(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const { clients, redirectUris, people = [alice] } = options;
  const { adjust = (configured) => configured } = options;
  const { accessTokenTtl = 8, audience = 'urn:sample:crm', scopes = ['crm.read', 'crm.write'] } = options;
  const app = express().disable('x-powered-by');
  const http = createServer(app);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;

  const Provider = await loadProvider();
  const provider = new Provider(
    issuer,
    adjust(await configuration({ clients, redirectUris, accessTokenTtl, audience, scopes })),
  );
  options.extend?.(provider);
  const counted = new Map<string, number>();
  const refused = new Map<string, number>();
  const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route !== 'token') return;
    count(counted, String(ctx.oidc.params?.grant_type ?? 'none'));
    const { error } = (ctx.body ?? {}) as { readonly error?: string };
    if (error !== undefined) count(refused, error);
  });
  app.use(interactions(provider, people));
  app.use(provider.callback());

  return {
    issuer,
    authorizationEndpoint: `${issuer}/auth`,
    tokenEndpoint: `${issuer}/token`,
    revocationEndpoint: `${issuer}/token/revocation`,
    introspectionEndpoint: `${issuer}/token/introspection`,
    metadataEndpoint: `${issuer}/.well-known/openid-configuration`,
    jwksUri: `${issuer}/jwks`,
    audience,
    counts: () => Object.fromEntries(counted),
    refusals: () => Object.fromEntries(refused),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
