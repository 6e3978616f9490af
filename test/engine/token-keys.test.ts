import { expect } from 'chai';
import type { MethodResult } from '../../brokers/broker.js';
import type { Credential, Principal } from '../../config/model/principal.js';
import { Secret } from '../../config/model/secret.js';
import type { Authentication } from '../../config/model/service-instance.js';
import { localPrincipal } from '../../runtime/index.js';
import { type Installation, install } from '../support/installation.js';
import { type JsonService, startService } from '../support/json-service.js';
import { rejection } from '../support/rejection.js';

const principal = (name: string): Principal => ({
  name,
  credential: `user:${name}`,
  roles: ['user'],
  via: 'session',
});

/** A descriptor that names no server: where the service stands comes with the token. */
const descriptor = {
  openapi: '3.0.3',
  info: { title: 'Echo', version: '1' },
  paths: {
    '/echo': {
      get: {
        operationId: 'echo',
        responses: { 200: { description: 'OK', content: { 'application/json': { schema: { type: 'object' } } } } },
      },
    },
  },
};

describe('Service keys with fields of the token', () => {
  let installation: Installation;
  let one: JsonService;
  let two: JsonService;
  const oauth: Authentication = { mode: 'oauth', resource: 'crm' };

  before(async () => {
    const echo = (name: string) =>
      startService(({ headers, url }) => ({
        service: name,
        authorization: headers.authorization,
        url,
        shop: headers['x-shop'],
      }));
    one = await echo('one');
    two = await echo('two');
    installation = await install();
    const { admin } = installation.runtime;
    await admin.save(
      {
        kind: 'OAuthResourceType',
        name: 'sample',
        parameters: [{ name: 'client_id', stages: { authorization: {}, token: {} } }],
      },
      localPrincipal,
    );
    await admin.save(
      {
        kind: 'OAuthResource',
        name: 'crm',
        type: 'sample',
        authorizationEndpoint: 'https://provider.example/authorize',
        tokenEndpoint: 'https://provider.example/token',
        values: { client_id: 'a' },
      },
      localPrincipal,
    );
  });
  after(async () => {
    await installation.close();
    await one.close();
    await two.close();
  });

  async function token(name: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const credential: Credential = `user:${name}`;
    const secrets = Object.entries(fields).map(([field, value]) => [field, new Secret(value)]);
    const saved = {
      credential,
      resource: 'crm',
      accessToken: new Secret(`token-of-${name}`),
      tokenType: 'Bearer',
      issuedAt: new Date(),
      fields: Object.fromEntries(secrets),
    };
    await installation.runtime.store.tokens.save(saved, 'any');
    installation.runtime.oauth.forget('crm');
  }
  const connect = (keys: object, authentication: Authentication = oauth) =>
    installation.connect('svc', descriptor, authentication, keys);
  const call = async (name: string): Promise<Record<string, string>> => {
    const {
      items: [object],
    } = await installation.runtime.store.smartObjects.list();
    const found = await installation.runtime.store.smartObjects.get(object?.name ?? '');
    const method = found?.methods[0]?.name ?? expect.fail('no method');
    const called = { object: found?.name ?? '', method, input: {} };
    const result = (await installation.runtime.engine.execute(called, principal(name))) as MethodResult;
    return ('value' in result ? result.value : {}) as Record<string, string>;
  };

  it('lead each person to their own host, with their own token', async () => {
    await connect({ serviceUrl: '{token.instance_url}/services' });
    await token('alice', { instance_url: one.url });
    await token('bob', { instance_url: two.url });
    for (let turn = 0; turn < 2; turn++) {
      expect(await call('alice')).to.include({
        service: 'one',
        authorization: 'Bearer token-of-alice',
        url: '/services/echo',
      });
      expect(await call('bob')).to.include({ service: 'two', authorization: 'Bearer token-of-bob' });
    }
  });

  it('take what the callback carried, a field inside another, and headers', async () => {
    await connect({
      serviceUrl: `${one.url}/company/{token.realmId}/{token.team.id}`,
      defaultHttpRequestHeaders: { 'x-shop': 'shop-{token.realmId}' },
    });
    await token('alice', { realmId: 'a/b?c#d', team: '{"id":7,"name":"x"}' });
    expect(await call('alice')).to.include({ url: '/company/a%2Fb%3Fc%23d/7/echo', shop: 'shop-a/b?c#d' });
  });

  it('stay under the address policy: a token cannot lead into the private network', async () => {
    await connect({ serviceUrl: '{token.instance_url}' });
    for (const host of ['169.254.169.254', '10.0.0.7', '[::1]', 'metadata.google.internal']) {
      await token('alice', { instance_url: `http://${host}:8080/canary-path` });
      const error = await rejection(call('alice'));
      expect(error.code, host).to.equal('ADDRESS_REFUSED');
      expect(error.message).to.not.contain(host.replace(/[[\]]/g, '')).and.not.contain('canary');
      expect(JSON.stringify([error.fields, error.extensions])).to.not.contain('canary');
    }
  });

  it('say which field is missing, and show no value of another', async () => {
    await connect({ serviceUrl: '{token.instance_url}' });
    await token('alice', { id: 'canary-value' });
    const missing = await rejection(call('alice'));
    expect(missing.code).to.equal('KEYS_INVALID');
    expect(missing.message)
      .to.contain('"serviceUrl" needs the token field "instance_url"')
      .and.contain('its fields are id');
    expect(missing.message).to.not.contain('canary');
    await token('alice', { instance_url: 'canary no address' });
    const wrong = await rejection(call('alice'));
    expect([wrong.code, wrong.message.includes('canary')]).to.deep.equal(['KEYS_INVALID', false]);
  });

  it('fetch a description that stands where the token says, for whoever has connected', async () => {
    const described = await startService(({ url }) => (url === '/v1/openapi.json' ? descriptor : { url }));
    try {
      await token('alice', { instance_url: described.url });
      const { admin } = installation.runtime;
      const instance = {
        kind: 'ServiceInstance',
        name: 'remote',
        type: 'rest',
        authentication: oauth,
        keys: { descriptor: '{token.instance_url}/v1/openapi.json', serviceUrl: '{token.instance_url}' },
        allowedHosts: ['127.0.0.1'],
      };
      const saved = await admin.save(instance, { ...principal('alice'), roles: ['admin'] });
      expect(saved.description?.methods).to.equal(1);
      const error = await rejection(admin.refresh('remote', { ...principal('dora'), roles: ['admin'] }));
      expect(error.code).to.equal('AUTHORIZATION_REQUIRED');
      await admin.delete('ServiceInstance', 'remote', localPrincipal);
    } finally {
      await described.close();
    }
  });

  it('cannot be led elsewhere by a field inside an address', async () => {
    await connect({ serviceUrl: 'https://{token.shop}.example/{token.path}' });
    for (const fields of [
      { shop: 'evil.test/#', path: 'x' },
      { shop: 'good', path: '..' },
      { shop: 'a\r\nb', path: 'x' },
    ]) {
      await token('alice', fields as Record<string, string>);
      expect((await rejection(call('alice'))).code, fields.shop).to.equal('KEYS_INVALID');
    }
  });

  it('are refused where the authentication brings no token', async () => {
    const error = await rejection(connect({ serviceUrl: '{token.instance_url}' }, { mode: 'none' }));
    expect(error.code).to.equal('KEYS_INVALID');
    expect(error.message).to.contain('name an OAuth resource');
  });

  it('ask for consent before anything is filled in', async () => {
    await connect({ serviceUrl: '{token.instance_url}' });
    const error = await rejection(call('carol'));
    expect(error.code).to.equal('AUTHORIZATION_REQUIRED');
    expect(error.extensions.authorizationUrl).to.contain('/oauth/authorize/crm');
  });
});
