import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createUpstream } from '../../brokers/http/index.js';
import { checkResourceAgainstType, validateDocument } from '../../config/schema/index.js';
import { importProvider } from '../../runtime/oauth/discovery/import-provider.js';
import { rejection } from '../support/rejection.js';
import {
  authorizationResponse,
  clientSecret,
  consent,
  crmResource,
  crmType,
  dataFolder,
  type Node,
  person,
  startNode,
} from './installation.js';
import { type FullProvider, startFullProvider } from './provider.js';

const http = createUpstream({ allowedHosts: ['127.0.0.1'] });

/** Serves documents by path, and notes what it is asked. */
async function startDocuments(make: (base: string) => Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const document = make(base())[request.url ?? ''];
    if (document === undefined) return response.writeHead(404).end();
    if (typeof document === 'string') return response.writeHead(302, { location: document }).end();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: base(),
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

describe('Discovery import (RFC 8414, OpenID Connect Discovery)', () => {
  it('fills in endpoints, issuer, keys and client authentication, and the result works', async () => {
    const server: FullProvider = await startFullProvider();
    const folder = await dataFolder();
    const node: Node = await startNode(folder.path);
    try {
      const request = {
        url: server.issuer,
        name: 'crm',
        scope: 'crm.read',
        clientId: 'crm-client',
        allowedHosts: ['127.0.0.1'],
      };
      const imported = await importProvider(request, http);
      const { resource, resourceType } = imported;
      expect(resource).to.deep.include({
        authorizationEndpoint: server.authorizationEndpoint,
        tokenEndpoint: server.tokenEndpoint,
        revocationEndpoint: server.revocationEndpoint,
        introspectionEndpoint: server.introspectionEndpoint,
        pushedAuthorizationEndpoint: server.pushedAuthorizationEndpoint,
        deviceAuthorizationEndpoint: server.deviceAuthorizationEndpoint,
        jwksEndpoint: server.jwksUri,
        metadataEndpoint: server.metadataEndpoint,
        issuer: server.issuer,
      });
      expect(resource).to.not.have.property('responseIssuer');
      expect(imported.scopes).to.include.members(['openid', 'offline_access']);
      expect(imported.warnings.join(' ')).to.contain('without TLS').and.not.contain('PKCE');
      await node.store.resourceTypes.save({ ...resourceType, clientAuthentication: 'client_secret_post' });
      await node.store.resources.save({
        ...resource,
        values: { client_id: 'crm-client', client_secret: clientSecret },
      });
      await node.oauth.consent.complete(await authorizationResponse(node), 'session-1');
      expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid' });
    } finally {
      await node.close();
      await folder.remove();
      await server.close();
    }
  });

  it('makes documents that can be applied as they are, with references to the environment', async () => {
    const documents = await startDocuments((base) => ({
      '/.well-known/openid-configuration': {
        issuer: base,
        authorization_endpoint: `${base}/a`,
        token_endpoint: `${base}/t`,
      },
    }));
    const { resource, resourceType } = await importProvider({ url: documents.url, name: 'my_login' }, http);
    await documents.close();
    validateDocument(resource);
    validateDocument(resourceType);
    checkResourceAgainstType(resource, resourceType);
    expect(resource.values.client_id).to.match(/^\$\{env:MY_LOGIN_CLIENT_ID\}$/);
    expect(resource.values.client_secret).to.match(/^\$\{env:MY_LOGIN_CLIENT_SECRET\}$/);
    expect(resourceType.clientAuthentication, 'RFC 8414 §2: absent means Basic').to.equal('client_secret_basic');
  });

  it('warns of what the provider lacks', async () => {
    const documents = await startDocuments((base) => ({
      '/.well-known/openid-configuration': {
        issuer: base,
        authorization_endpoint: `${base}/a`,
        token_endpoint: `${base}/t`,
        revocation_endpoint: 'javascript:alert(1)',
        grant_types_supported: ['authorization_code'],
        token_endpoint_auth_methods_supported: ['tls_client_auth'],
      },
    }));
    const { warnings, resource } = await importProvider({ url: documents.url }, http);
    await documents.close();
    expect(resource).to.not.have.property('revocationEndpoint');
    expect(resource.responseIssuer).to.equal('optional');
    for (const lack of [
      'PKCE',
      'RFC 9207',
      'RFC 7662',
      'RFC 9126',
      'RFC 9449',
      'refresh tokens',
      '"revocation_endpoint" is left out',
      'client authentication',
    ]) {
      expect(warnings.join('\n')).to.contain(lack);
    }
  });

  it('looks where a path is appended, then where it is inserted (RFC 8414 §3.1, §5)', async () => {
    const documents = await startDocuments((base) => ({
      '/.well-known/oauth-authorization-server/tenant': { issuer: `${base}/tenant`, token_endpoint: `${base}/t` },
    }));
    const { resource, resourceType } = await importProvider({ url: `${documents.url}/tenant` }, http);
    await documents.close();
    expect(documents.asked).to.deep.equal([
      '/tenant/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server/tenant',
    ]);
    expect([resource.issuer, resourceType.grant]).to.deep.equal([`${documents.url}/tenant`, 'client_credentials']);
  });

  it('fault 22: refuses metadata of another issuer, at an issuer and at a metadata URL (RFC 8414 §3.3)', async () => {
    const documents = await startDocuments((base) => ({
      '/.well-known/openid-configuration': { issuer: 'https://evil.example', token_endpoint: `${base}/t` },
      '/a/.well-known/openid-configuration': { issuer: `${base}/b`, token_endpoint: `${base}/t` },
      '/c/.well-known/openid-configuration': { issuer: `${base}/c/`, token_endpoint: `${base}/t` },
      '/d/.well-known/openid-configuration': { token_endpoint: `${base}/t` },
    }));
    const refused = async (path: string) =>
      rejection(importProvider({ url: documents.url + path }, http), 'DESCRIPTOR_INVALID');
    expect((await refused('')).message).to.contain('"https://evil.example"');
    await refused('/.well-known/openid-configuration');
    await refused('/a/.well-known/openid-configuration');
    await refused('/c');
    await refused('/d');
    // The document's own URL does not tell whether the issuer ends with a slash.
    await importProvider({ url: `${documents.url}/c/.well-known/openid-configuration` }, http);
    await documents.close();
  });

  it('fault 18: reaches no private address unless it is allowed, and follows no redirect to one', async () => {
    const guarded = createUpstream({});
    for (const url of [
      'http://127.0.0.1:9',
      'http://169.254.169.254',
      'http://[::1]',
      'http://[::ffff:10.0.0.1]',
      'http://2130706433',
    ]) {
      expect(await rejection(importProvider({ url }, guarded)), url).to.include({ code: 'ADDRESS_REFUSED' });
    }
    const documents = await startDocuments(() => ({ '/.well-known/openid-configuration': 'http://169.254.169.254/x' }));
    await rejection(importProvider({ url: documents.url }, http), 'DESCRIPTOR_UNAVAILABLE');
    await documents.close();
  });

  it('says what is no URL, no JSON, no metadata, and no token endpoint', async () => {
    for (const url of ['', 'login', 'ftp://x', 'https://u:p@x.example', 'https://x.example/?a=b']) {
      expect(await rejection(importProvider({ url }, http)), url).to.include({ code: 'REQUEST_INVALID' });
    }
    const documents = await startDocuments((base) => ({
      '/.well-known/openid-configuration': { issuer: base },
      '/l/.well-known/openid-configuration': [1],
    }));
    await rejection(importProvider({ url: documents.url }, http), 'DESCRIPTOR_INVALID');
    await rejection(importProvider({ url: `${documents.url}/l` }, http), 'DESCRIPTOR_UNAVAILABLE');
    await documents.close();
  });
});

describe('A token that is asked about and ended at its provider', () => {
  let server: FullProvider;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  before(async () => {
    server = await startFullProvider({
      // oidc-provider keeps no record of its JWTs, so it is asked about opaque tokens.
      adjust: (configuration) => ({
        ...configuration,
        features: { ...configuration.features, resourceIndicators: { enabled: false } },
        scopes: ['crm.read', 'offline_access'],
      }),
    });
  });
  after(() => server.close());
  beforeEach(async () => {
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType());
    const { authorizationEndpoint, tokenEndpoint, issuer, introspectionEndpoint, revocationEndpoint } = server;
    await node.store.resources.save(
      crmResource({ authorizationEndpoint, tokenEndpoint, issuer, introspectionEndpoint, revocationEndpoint }),
    );
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  it('is active before and not after (RFC 7662 §2.2, RFC 7009 §2.1)', async () => {
    await consent(node);
    const said = await node.oauth.introspect('crm', person);
    expect(said).to.include({ active: true, client_id: 'crm-client', sub: 'alice' });
    const stored = await node.store.tokens.get(person, 'crm');
    await node.oauth.disconnect('crm', person);
    if (stored === undefined) throw new Error('no token');
    await node.store.tokens.save(stored, 'any');
    await until(async () => !(await node.oauth.introspect('crm', person)).active);
  });

  it('is not taken for active when the answer does not say so (RFC 7662 §2.2)', async () => {
    const { startFaultServer, json } = await import('./fault-server.js');
    const endpoint = await startFaultServer();
    await consent(node);
    const { authorizationEndpoint, tokenEndpoint } = server;
    await node.store.resources.save(
      crmResource({ authorizationEndpoint, tokenEndpoint, introspectionEndpoint: endpoint.url }),
    );
    for (const answer of [{}, { active: 'true' }, { active: 1 }]) {
      endpoint.play(json(answer));
      expect(await rejection(node.oauth.introspect('crm', person))).to.include({ code: 'TOKEN_UNAVAILABLE' });
    }
    await endpoint.close();
  });

  it('must be there, and so must an endpoint', async () => {
    expect(await rejection(node.oauth.introspect('crm', person))).to.include({ code: 'NOT_FOUND' });
    await node.store.resources.save(crmResource());
    expect(await rejection(node.oauth.introspect('crm', person))).to.include({ code: 'DOCUMENT_INVALID' });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 100 && !(await holds()); n++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await holds()).to.equal(true);
}
