import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import { alice, passConsent } from '../../samples/authorization-server/index.js';
import { rejection } from '../support/rejection.js';
import { type FaultServer, json, startFaultServer } from './fault-server.js';
import {
  authorizationResponse,
  callbackUrl,
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

describe('Consent by the later standards', () => {
  let server: FullProvider;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  before(async () => {
    server = await startFullProvider();
  });
  after(() => server.close());
  beforeEach(async () => {
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType());
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  const save = (changes: Partial<OAuthResource> = {}) => {
    const { authorizationEndpoint, tokenEndpoint, issuer } = server;
    return node.store.resources.save(crmResource({ authorizationEndpoint, tokenEndpoint, issuer, ...changes }));
  };
  const begin = async () =>
    new URL(await node.oauth.consent.begin({ resource: 'crm', credential: person, session: 'session-1' }));
  const complete = (parameters: URLSearchParams) => node.oauth.consent.complete(parameters, 'session-1');

  describe('pushed authorization requests (RFC 9126)', () => {
    it('leave only the client and a reference in the URL (§4), and bring a token', async () => {
      await save({ pushedAuthorizationEndpoint: server.pushedAuthorizationEndpoint });
      const url = await begin();
      expect([...url.searchParams.keys()]).to.have.members(['client_id', 'request_uri']);
      expect(url.href).to.not.contain(clientSecret);
      const end = await passConsent(url.href, { ...alice, stopBefore: callbackUrl });
      await complete(new URL(end.url).searchParams);
      expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid', scope: 'crm.read' });
    });

    it('authenticate the client (§2): a wrong secret is refused before the browser is sent anywhere', async () => {
      await save({
        pushedAuthorizationEndpoint: server.pushedAuthorizationEndpoint,
        values: { client_id: 'crm-client', client_secret: 'canary-wrong-secret' },
      });
      const error = await rejection(begin());
      expect(error).to.include({ code: 'TOKEN_REFUSED' });
      expect(error.extensions.oauthError).to.equal('invalid_client');
      expect(error.message).to.not.contain('canary');
    });

    it('show in a preview as they are pushed, without the secret', () => {
      const resource = crmResource({ pushedAuthorizationEndpoint: 'https://provider.example/par' });
      const [authorization] = node.oauth.preview(crmType(), resource);
      expect(authorization).to.include({ stage: 'authorization', method: 'POST', url: 'https://provider.example/par' });
      expect(authorization?.body).to.contain('client_secret=[secret]').and.contain('state=[state]');
    });

    it('that are answered with nonsense go no further', async () => {
      const endpoint = await startFaultServer();
      await save({ pushedAuthorizationEndpoint: endpoint.url });
      try {
        for (const answer of [{}, { request_uri: 7 }, { request_uri: 'a b\r\nlocation: x' }, { request_uri: '' }]) {
          endpoint.play(json(answer, 201));
          expect(await rejection(begin())).to.include({ code: 'TOKEN_UNAVAILABLE' });
        }
        expect(endpoint.bodies[0]).to.contain('code_challenge=').and.contain('state=');
      } finally {
        await endpoint.close();
      }
    });
  });

  describe('PKCE (RFC 7636)', () => {
    it('makes a fresh verifier for each consent, S256, of 43 characters or more (§4.1, §4.2)', async () => {
      await save();
      const challenges = new Set<string | null>();
      for (let n = 0; n < 5; n++) {
        const { searchParams } = await begin();
        expect(searchParams.get('code_challenge_method')).to.equal('S256');
        challenges.add(searchParams.get('code_challenge'));
      }
      expect(challenges.size).to.equal(5);
    });

    it('is never downgraded by a configured parameter', async () => {
      const parameters = [
        ...crmType().parameters,
        { name: 'code_challenge_method', stages: { authorization: { default: 'plain' } } },
        { name: 'code_challenge', stages: { authorization: { default: 'mine' } } },
      ];
      await node.store.resourceTypes.save(crmType({ parameters }));
      await save();
      const { searchParams } = await begin();
      expect(searchParams.getAll('code_challenge_method')).to.deep.equal(['S256']);
      expect(searchParams.get('code_challenge')).to.not.equal('mine');
    });
  });

  describe('the issuer of the answer (RFC 9207)', () => {
    it('fault 12: may be missing where the provider does not name it, and must be right where it does', async () => {
      await save({ responseIssuer: 'optional' });
      const without = await authorizationResponse(node);
      without.delete('iss');
      await complete(without);
      const wrong = await authorizationResponse(node);
      wrong.set('iss', 'https://evil.example');
      expect(await rejection(complete(wrong))).to.include({ code: 'AUTHORIZATION_REFUSED' });
    });
  });

  describe('resource indicators (RFC 8707)', () => {
    it('go with the consent, the code and the refresh', async () => {
      const stages = { authorization: {}, token: {}, refresh: {} };
      await node.store.resourceTypes.save(
        crmType({ parameters: [...crmType().parameters, { name: 'resource', stages }] }),
      );
      const values = { client_id: 'crm-client', client_secret: clientSecret, resource: server.audience };
      await save({ values });
      expect((await begin()).searchParams.getAll('resource')).to.deep.equal([server.audience]);
      await consent(node);
      const token = await node.oauth.get('crm', person);
      expect((await node.oauth.renew('crm', person, token)).generation).to.equal(token.generation + 1);
    });
  });

  describe('an id_token (OpenID Connect Core §3.1.3.7)', () => {
    let endpoint: FaultServer;
    let keys: Awaited<ReturnType<typeof startKeys>>;

    before(async () => {
      endpoint = await startFaultServer();
      keys = await startKeys();
    });
    after(async () => {
      await endpoint.close();
      await keys.close();
    });
    beforeEach(() => {
      const values = { client_id: 'crm-client', client_secret: clientSecret, scope: 'openid crm.read' };
      return save({ tokenEndpoint: endpoint.url, jwksEndpoint: keys.url, values });
    });

    /** Consents, with a token endpoint that answers with this id_token. */
    const completeWith = async (make: (claims: Record<string, unknown>) => Promise<string> | string) => {
      const url = await begin();
      const end = await passConsent(url.href, { ...alice, stopBefore: callbackUrl });
      const now = Math.floor(Date.now() / 1000);
      const nonce = url.searchParams.get('nonce');
      const claims = { iss: server.issuer, aud: 'crm-client', sub: 'alice', iat: now, exp: now + 60, nonce };
      endpoint.play(json({ access_token: 'canary-access', token_type: 'Bearer', id_token: await make(claims) }));
      return complete(new URL(end.url).searchParams);
    };
    const part = (value: object) => base64url.encode(JSON.stringify(value));

    it('that is right is accepted', async () => {
      await completeWith((claims) => keys.sign(claims));
      expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid' });
    });

    it('fault 23: with alg none, a wrong key, another issuer, audience or nonce, or of the past brings no token', async () => {
      const stranger = await generateKeyPair('ES256');
      const wrong: [string, (claims: Record<string, unknown>) => Promise<string> | string][] = [
        ['alg none', (claims) => `${part({ alg: 'none' })}.${part(claims)}.`],
        ['alg HS256 with the public key', (claims) => keys.confuse(claims)],
        [
          'a wrong key',
          (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(stranger.privateKey),
        ],
        ['another issuer', (claims) => keys.sign({ ...claims, iss: 'https://evil.example' })],
        ['another audience', (claims) => keys.sign({ ...claims, aud: 'someone-else' })],
        ['another nonce', (claims) => keys.sign({ ...claims, nonce: 'replayed' })],
        ['no nonce', ({ nonce: _, ...claims }) => keys.sign(claims)],
        ['the past', (claims) => keys.sign({ ...claims, iat: 1, exp: 60 })],
        ['nonsense', () => 'nonsense'],
      ];
      for (const [what, make] of wrong) {
        const error = await rejection(completeWith(make));
        expect(error, what).to.include({ code: 'AUTHORIZATION_REFUSED' });
        expect(error.message, what).to.contain('id_token').and.not.contain('canary');
        expect(await node.store.tokens.get(person, 'crm'), what).to.equal(undefined);
      }
    });
  });
});

/** A key set, and what its key signs. */
async function startKeys() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    sign: (claims: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey),
    confuse: (claims: Record<string, unknown>) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'k' })
        .sign(new TextEncoder().encode(JSON.stringify(jwk))),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
