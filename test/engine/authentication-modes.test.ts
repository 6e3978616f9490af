import { expect } from 'chai';
import type { MethodResult } from '../../brokers/broker.js';
import type { Principal } from '../../config/model/principal.js';
import { Secret } from '../../config/model/secret.js';
import type { Authentication } from '../../config/model/service-instance.js';
import { localPrincipal } from '../../runtime/index.js';
import { type Installation, install } from '../support/installation.js';
import { type JsonService, startService } from '../support/json-service.js';
import { rejection } from '../support/rejection.js';

/** What the service was sent. */
interface Seen {
  readonly authorization?: string;
  readonly key?: string;
  readonly cookie?: string;
  readonly url?: string;
}

const alice: Principal = { name: 'alice', credential: 'user:alice', roles: ['user'], via: 'session' };
const bob: Principal = { name: 'bob', credential: 'user:bob', roles: ['user'], via: 'session' };
const workflow: Principal = { name: 'nightly', credential: 'service:nightly', roles: ['user'], via: 'api-key' };
const withToken: Principal = { ...alice, via: 'token', token: new Secret('canary-callers-own-token') };

describe('The authentication mode of a service instance', () => {
  let installation: Installation;
  let service: JsonService;
  let tokens: JsonService;
  let asked: URLSearchParams[] = [];
  let answerToken: (body: URLSearchParams) => object = () => ({});
  /** What the service answers instead of what it was sent. */
  let refusal: { status: number; challenge?: string } | undefined;

  before(async () => {
    service = await startService(({ headers, url }, response) => {
      if (refusal !== undefined) {
        const headersSent = refusal.challenge === undefined ? {} : { 'www-authenticate': refusal.challenge };
        response
          .writeHead(refusal.status, { 'content-type': 'application/json', ...headersSent })
          .end('{"own":"words"}');
        return undefined;
      }
      const { authorization, cookie } = headers;
      return { authorization, key: headers['x-api-key'], cookie, url };
    });
    tokens = await startService((_request, response, body) => {
      const sent = new URLSearchParams(body);
      asked.push(sent);
      const answer = answerToken(sent);
      if ('error' in answer) response.statusCode = 400;
      return answer;
    });
  });
  after(async () => {
    await service.close();
    await tokens.close();
  });
  beforeEach(async () => {
    asked = [];
    refusal = undefined;
    answerToken = () => ({ access_token: `token-${asked.length}`, token_type: 'Bearer', expires_in: 3600 });
    installation = await install();
  });
  afterEach(() => installation.close());

  const connect = (authentication: Authentication) =>
    installation.connect(
      'svc',
      {
        openapi: '3.0.3',
        info: { title: 'Echo', version: '1' },
        servers: [{ url: service.url }],
        paths: {
          '/echo': {
            get: {
              tags: ['Echo'],
              operationId: 'readEcho',
              responses: { 200: { description: '', content: { 'application/json': { schema: { type: 'object' } } } } },
            },
          },
        },
      },
      authentication,
    );

  const call = async (principal: Principal): Promise<Seen> => {
    const { store, engine } = installation.runtime;
    const { items } = await store.smartObjects.list();
    const [object] = items;
    const result: MethodResult = await engine.execute(
      { object: object?.name ?? '', method: object?.methods[0]?.name ?? '', input: {} },
      principal,
    );
    return ('value' in result ? result.value : {}) as Seen;
  };

  async function saveResource(grant: string, more: object = {}): Promise<void> {
    const { admin } = installation.runtime;
    const stages = { token: {}, refresh: {} };
    const parameters = [
      { name: 'client_id', stages: { ...stages, authorization: {} } },
      { name: 'client_secret', secret: true, stages },
    ];
    await admin.save({ kind: 'OAuthResourceType', name: 't', grant, parameters }, localPrincipal);
    await admin.save(
      {
        kind: 'OAuthResource',
        name: 'r',
        type: 't',
        tokenEndpoint: `${tokens.url}/token`,
        authorizationEndpoint: 'https://provider.example/authorize',
        values: { client_id: 'app', client_secret: 'canary-secret' },
        allowedHosts: ['127.0.0.1'],
        ...more,
      },
      localPrincipal,
    );
  }
  const saveToken = (credential: Principal['credential'], value: string) =>
    installation.runtime.store.tokens.save(
      {
        credential,
        resource: 'r',
        accessToken: new Secret(value),
        refreshToken: new Secret('refresh'),
        tokenType: 'Bearer',
        issuedAt: new Date(),
        expiresAt: new Date(Date.now() + 3_600_000),
      },
      'any',
    );

  it('none: nothing is sent', async () => {
    await connect({ mode: 'none' });
    expect(await call(withToken)).to.not.have.any.keys('authorization', 'key', 'cookie');
  });

  const statics: [string, Authentication, Partial<Seen>][] = [
    [
      'user name and password',
      { mode: 'static', scheme: 'basic', userName: 'ä', password: 'p:w' },
      { authorization: `Basic ${Buffer.from('ä:p:w').toString('base64')}` },
    ],
    ['bearer token', { mode: 'static', scheme: 'bearer', token: 'abc' }, { authorization: 'Bearer abc' }],
    ['key in a header', { mode: 'static', scheme: 'header', name: 'X-API-Key', value: 'k 1' }, { key: 'k 1' }],
    ['key in the query', { mode: 'static', scheme: 'query', name: 'key', value: 'k&1' }, { url: '/echo?key=k%261' }],
    ['key in a cookie', { mode: 'static', scheme: 'cookie', name: 'sid', value: 'k1' }, { cookie: 'sid=k1' }],
  ];
  for (const [what, authentication, expected] of statics) {
    it(`static: ${what}, whoever calls`, async () => {
      await connect(authentication);
      expect(await call(alice)).to.deep.include(expected);
      expect(await call(workflow)).to.deep.include(expected);
    });
  }

  it('OAuth: the token of each person, and of a service account its own', async () => {
    await saveResource('authorization_code');
    await connect({ mode: 'oauth', resource: 'r' });
    await saveToken('user:alice', 'of-alice');
    await saveToken('service:nightly', 'of-nightly');
    expect((await call(alice)).authorization).to.equal('Bearer of-alice');
    expect((await call(workflow)).authorization).to.equal('Bearer of-nightly');
    const error = await rejection(call(bob), 'AUTHORIZATION_REQUIRED');
    expect(error.extensions.authorizationUrl).to.contain('/oauth/authorize/r');
  });

  it("service account: the account's token, whoever calls; the URL to connect it names the account", async () => {
    await saveResource('authorization_code');
    await connect({ mode: 'service-account', resource: 'r', account: 'reporting' });
    const before = await rejection(call(alice), 'AUTHORIZATION_REQUIRED');
    expect(before.extensions.authorizationUrl).to.contain('credential=service:reporting');
    await saveToken('service:reporting', 'of-reporting');
    expect((await call(alice)).authorization).to.equal('Bearer of-reporting');
    expect((await call(workflow)).authorization).to.equal('Bearer of-reporting');
  });

  it("impersonate: the caller's own token is passed on to the service", async () => {
    await connect({ mode: 'impersonate' });
    expect((await call(withToken)).authorization).to.equal('Bearer canary-callers-own-token');
    expect(await call(workflow)).to.not.have.property('authorization');
  });

  it("impersonate: the caller's own token is exchanged, once for many calls (RFC 8693)", async () => {
    await saveResource('token_exchange');
    await connect({ mode: 'impersonate', resource: 'r' });
    expect((await call(withToken)).authorization).to.equal('Bearer token-1');
    expect((await call(withToken)).authorization).to.equal('Bearer token-1');
    expect(asked.map((sent) => sent.get('subject_token'))).to.deep.equal(['canary-callers-own-token']);
    await rejection(call({ ...bob, via: 'api-key' }), 'FORBIDDEN');
  });

  for (const mode of ['oauth', 'impersonate'] as const) {
    it(`${mode} with enforceImpersonation: a call whose person is not known is refused, and nothing is sent`, async () => {
      await saveResource('authorization_code');
      await connect({ mode, resource: 'r', enforceImpersonation: true });
      await saveToken('user:alice', 'of-alice');
      await saveToken('service:nightly', 'of-nightly');
      const before = service.requests.length;
      const error = await rejection(call(workflow), 'FORBIDDEN');
      expect(error.message).to.contain('"nightly"').and.contain('service:nightly');
      expect(service.requests).to.have.length(before);
      expect((await call(alice)).authorization).to.equal('Bearer of-alice');
    });
  }

  it('403 insufficient_scope asks for consent, and refreshes nothing (RFC 6750 §3.1)', async () => {
    await saveResource('authorization_code');
    await connect({ mode: 'oauth', resource: 'r' });
    await saveToken('user:alice', 'of-alice');
    refusal = { status: 403, challenge: 'Bearer realm="x", error="insufficient_scope", scope="crm.write crm.read"' };
    const error = await rejection(call(alice), 'AUTHORIZATION_REQUIRED');
    expect(error.extensions).to.include({ scope: 'crm.write crm.read', resource: 'r' });
    expect(error.extensions.authorizationUrl).to.contain('/oauth/authorize/r');
    expect(asked).to.have.length(0);
    refusal = { status: 403 };
    await rejection(call(alice), 'UPSTREAM_REFUSED');
  });

  it("the service's own 401 shows when no other token is to be had, not the provider's refusal", async () => {
    await saveResource('client_credentials');
    await connect({ mode: 'oauth', resource: 'r' });
    expect((await call(alice)).authorization).to.equal('Bearer token-1');
    refusal = { status: 401, challenge: 'Bearer error="invalid_token"' };
    answerToken = () => ({ error: 'invalid_client', error_description: 'canary-refusal' });
    const error = await rejection(call(alice), 'UPSTREAM_REFUSED');
    expect(error.extensions.upstream).to.deep.include({ status: 401, body: { own: 'words' } });
    expect(error.message).to.not.contain('canary');
    expect(asked).to.have.length(2);
  });
});
