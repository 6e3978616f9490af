import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { base64url, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { localPrincipal } from '../../runtime/index.js';
import { type Fixture, startFixture } from './fixture.js';

const audience = 'urn:smartwright';

/** An issuer of bearer tokens: its metadata, its keys, and what it signs. */
async function startIssuer() {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256' };
  const asked: string[] = [];
  const server: Server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer: base(), jwks_uri: `${base()}/jwks` },
      '/jwks': { keys: [jwk] },
    };
    const document = documents[url];
    response.setHeader('content-type', 'application/json');
    response.writeHead(document === undefined ? 404 : 200).end(JSON.stringify(document ?? {}));
  });
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const claims = (changes: JWTPayload = {}): JWTPayload => {
    const now = Math.floor(Date.now() / 1000);
    return { iss: base(), aud: audience, sub: 'alice', iat: now, exp: now + 60, ...changes };
  };
  return {
    url: base(),
    asked,
    claims,
    publicKey: pair.publicKey,
    sign: (changes?: JWTPayload, header = { alg: 'RS256', kid: 'one' }) =>
      new SignJWT(claims(changes)).setProtectedHeader(header).sign(pair.privateKey),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

describe('Callers with a bearer token of a trusted issuer (RFC 9068 §4, RFC 8725 §3)', () => {
  let fixture: Fixture;
  let issuer: Awaited<ReturnType<typeof startIssuer>>;

  before(async () => {
    issuer = await startIssuer();
    fixture = await startFixture();
    await fixture.runtime.admin.save({ kind: 'User', name: 'alice', roles: ['designer'] }, localPrincipal);
    await fixture.runtime.admin.save(
      { kind: 'User', name: 'mallory', roles: ['user'], disabled: true },
      localPrincipal,
    );
    await trust();
  });
  after(async () => {
    await fixture.close();
    await issuer.close();
  });

  const trust = (changes: object = {}) =>
    fixture.runtime.admin.save(
      {
        kind: 'TrustedIssuer',
        name: 'login',
        issuer: issuer.url,
        audience,
        roles: ['user'],
        allowedHosts: ['127.0.0.1'],
        ...changes,
      },
      localPrincipal,
    );
  const me = (token: string) => fixture.ask('/api/me', { headers: { authorization: `Bearer ${token}` } });

  it('are who the token says, with no more rights than issuer and account allow', async () => {
    const { status, json } = await me(await issuer.sign());
    expect(status).to.equal(200);
    expect(json).to.include({ name: 'alice', credential: 'user:alice', via: 'token' });
    expect(json.roles).to.deep.equal(['user']);
    expect(fixture.logged()).to.not.contain('eyJ');
  });

  it('call methods', async () => {
    const headers = { authorization: `Bearer ${await issuer.sign()}` };
    const { items } = await fixture.runtime.store.smartObjects.list();
    const { status } = await fixture.ask(`/api/smartobjects/${items[0]?.name}/read`, { headers, body: { id: 1 } });
    expect(status).to.equal(200);
  });

  it('fault 23: with alg none, a confused algorithm or a wrong key are nobody', async () => {
    const stranger = await generateKeyPair('RS256');
    const part = (value: object) => base64url.encode(JSON.stringify(value));
    const spki = new TextEncoder().encode(await exportSPKI(issuer.publicKey));
    for (const token of [
      `${part({ alg: 'none' })}.${part(issuer.claims())}.`,
      `${part({ alg: 'none' })}.${part(issuer.claims())}.AA`,
      await new SignJWT(issuer.claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(spki),
      await new SignJWT(issuer.claims()).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(stranger.privateKey),
    ]) {
      expect((await me(token)).status).to.equal(401);
    }
  });

  it('of another issuer, audience or time, or without an end, are nobody', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const changes of [
      { iss: 'https://evil.example' },
      { aud: 'urn:other' },
      { aud: [] },
      { exp: now - 120 },
      { exp: undefined },
      { nbf: now + 300 },
      { sub: '../admin' },
      { sub: undefined },
    ]) {
      expect((await me(await issuer.sign(changes as JWTPayload))).status, JSON.stringify(changes)).to.equal(401);
    }
  });

  it('without an account here are nobody, unless the issuer vouches for them; a disabled one never is somebody', async () => {
    expect((await me(await issuer.sign({ sub: 'zoe' }))).status).to.equal(401);
    await trust({ acceptUnknown: true });
    expect((await me(await issuer.sign({ sub: 'zoe' }))).json).to.include({ name: 'zoe', credential: 'user:zoe' });
    expect((await me(await issuer.sign({ sub: 'mallory' }))).status).to.equal(401);
    await trust({ userClaim: 'preferred_username' });
    expect((await me(await issuer.sign({ sub: 'x-1', preferred_username: 'alice' }))).json.name).to.equal('alice');
    await trust();
  });

  it('cost the issuer one request for its keys, however many come', async () => {
    await trust({ description: 'as new' });
    await me(await issuer.sign());
    issuer.asked.length = 0;
    await Promise.all(Array.from({ length: 20 }, async (_, n) => me(await issuer.sign({ jti: String(n) }))));
    await Promise.all(
      Array.from({ length: 5 }, async () => me(await issuer.sign({}, { alg: 'RS256', kid: 'unknown' }))),
    );
    expect(issuer.asked.filter((path) => path === '/jwks').length).to.be.at.most(1);
    await trust();
  });
});

describe('A call that acts as another account of its key', () => {
  let fixture: Fixture;
  const key = 'swk_a-key-of-a-workflow-0123456789-abcdef';
  before(async () => {
    fixture = await startFixture();
    const { admin } = fixture.runtime;
    await admin.save({ kind: 'User', name: 'alice', roles: ['user'] }, localPrincipal);
    const mayActAs = [{ serviceAccount: 'reporting' }, { user: 'alice' }];
    await admin.save(
      { kind: 'ApiKey', name: 'flow', actsAs: { serviceAccount: 'flow' }, roles: ['user'], mayActAs, key },
      localPrincipal,
    );
    const stages = { authorization: {}, token: {} };
    const type = { kind: 'OAuthResourceType', name: 't', parameters: [{ name: 'client_id', stages }] };
    await admin.save(type, localPrincipal);
    const endpoints = { authorizationEndpoint: 'https://p.example/a', tokenEndpoint: 'https://p.example/t' };
    await admin.save({ kind: 'OAuthResource', name: 'r', type: 't', ...endpoints, values: {} }, localPrincipal);
    const stored = await fixture.runtime.store.instances.get('Probe');
    await admin.save({ ...stored?.document, authentication: { mode: 'oauth', resource: 'r' } }, localPrincipal);
  });
  after(() => fixture.close());

  /** Whose token the call would have used: each is asked for consent. */
  const call = async (actAs?: string) => {
    const { items } = await fixture.runtime.store.smartObjects.list();
    return fixture.ask(`/api/smartobjects/${items[0]?.name}/read`, {
      headers: { authorization: `Bearer ${key}`, ...(actAs !== undefined && { 'Smartwright-Act-As': actAs }) },
      body: { id: 1 },
    });
  };

  it("uses that account's token; without it, its own", async () => {
    expect((await call()).json).to.include({ code: 'AUTHORIZATION_REQUIRED', credential: 'service:flow' });
    expect((await call('service:reporting')).json).to.include({ credential: 'service:reporting' });
    expect((await call('user:alice')).json).to.include({ credential: 'user:alice' });
  });

  it('may not use any other', async () => {
    for (const other of ['service:payroll', 'user:bob', 'application', 'alice', '']) {
      const { status, json } = await call(other);
      expect([status, json.code], other).to.deep.equal([403, 'FORBIDDEN']);
    }
  });

  it('keeps a person from being deleted that a key may act as', async () => {
    const { status } = await fixture.ask('/api/users/alice', { method: 'DELETE', as: 'admin' });
    expect(status).to.equal(409);
  });
});
