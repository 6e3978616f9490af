import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { localPrincipal } from '../../runtime/index.js';
import {
  type AuthorizationServer,
  alice,
  CookieJar,
  passConsent,
  startAuthorizationServer,
} from '../../samples/authorization-server/index.js';
import { runCli } from '../cli/run-cli.js';
import { type Fixture, keyOf, signIn, startFixture } from './fixture.js';

const canary = (name: string) => `canary-${name}-6f1d2c`;
const everyStage = { authorization: {}, token: {}, refresh: {} };

/**
 * One installation that holds every kind of secret and has used them, in calls that went well and calls that did not. Whatever it
 * keeps, logs, exports or answers is searched for each of them.
 */
describe('secrets', () => {
  let fixture: Fixture;
  let provider: AuthorizationServer;
  /** Name → the secret itself. */
  const secrets = new Map<string, string>();
  const note = (name: string, secret: string) => {
    secrets.set(name, secret);
    return secret;
  };

  before(async () => {
    fixture = await startFixture();
    provider = await startAuthorizationServer({
      clients: [{ clientId: 'smartwright', clientSecret: note('client secret', canary('client-secret')) }],
      redirectUris: [`${fixture.url}/identity/token/oauth/2`],
      accessTokenTtl: 600,
    });
    await fixture.runtime.admin.apply(documents(), localPrincipal);
    for (const role of ['admin', 'designer', 'user'] as const) note(`API key of the ${role}`, keyOf(role));
    await useThem();
  });
  after(async () => {
    await provider.close();
    await fixture.close();
  });

  function documents(): object[] {
    const { issuer, authorizationEndpoint, tokenEndpoint } = provider;
    const resource = {
      kind: 'OAuthResource',
      type: 'Sample',
      issuer,
      authorizationEndpoint,
      tokenEndpoint,
      allowedHosts: ['127.0.0.1'],
    };
    const probe = { kind: 'ServiceInstance', type: 'probe', allowedHosts: ['127.0.0.1'] };
    const keys = { serviceUrl: fixture.service.url };
    return [
      {
        kind: 'OAuthResourceType',
        name: 'Sample',
        parameters: [
          { name: 'client_id', stages: everyStage },
          { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
          { name: 'scope', stages: { authorization: { default: 'crm.read offline_access' } } },
          { name: 'prompt', stages: { authorization: { default: 'consent' } } },
          {
            name: 'shared_key',
            secret: true,
            stages: { token: { default: note('secret default of a type', canary('default')) } },
          },
        ],
      },
      {
        ...resource,
        name: 'Crm',
        values: { client_id: 'smartwright', client_secret: canary('client-secret') },
      },
      {
        ...resource,
        name: 'Wrong',
        values: { client_id: 'smartwright', client_secret: note('wrong client secret', canary('wrong-secret')) },
      },
      { ...probe, name: 'Personal', keys, authentication: { mode: 'oauth', resource: 'Crm' } },
      {
        ...probe,
        name: 'Basic',
        keys,
        authentication: {
          mode: 'static',
          scheme: 'basic',
          userName: 'reporting',
          password: note('static password', canary('static-password')),
        },
      },
      {
        ...probe,
        name: 'Header',
        keys,
        authentication: {
          mode: 'static',
          scheme: 'query',
          name: 'key',
          value: note('static key', canary('static-key')),
        },
      },
      { kind: 'User', name: 'bob', roles: ['user'], password: note('password', canary('password')) },
    ];
  }

  /** Consents, calls, and fails in every way that touches a secret. */
  async function useThem(): Promise<void> {
    const { ask, runtime, url } = fixture;
    const cookie = await signIn(fixture, 'alice', ['user']);
    note('session', cookie.split('=')[1] ?? '');
    const jar = new CookieJar();
    jar.set(new URL(url), `${cookie}; Path=/`);
    const person = { userName: alice.userName, password: alice.password, cookieJar: jar };
    const landed = new URL((await passConsent(`${url}/oauth/authorize/Crm`, person)).url);
    note('authorization code', landed.searchParams.get('code') ?? '');
    note('state', landed.searchParams.get('state') ?? '');
    const token = await runtime.store.tokens.get('user:alice', 'Crm');
    note('access token', token?.accessToken.reveal() ?? '');
    note('refresh token', token?.refreshToken?.reveal() ?? '');

    for (const object of ['Personal_Contact', 'Basic_Contact', 'Header_Contact']) {
      const read = await ask(`/api/smartobjects/${object}/read`, { method: 'POST', cookie, body: { id: 1 } });
      expect(read.json, object).to.deep.equal({ id: 1, name: 'Ada' });
      answers.push(read.text);
      for (const method of ['refuse', 'defect']) {
        const failed = await ask(`/api/smartobjects/${object}/${method}`, { method: 'POST', cookie, body: { id: 1 } });
        expect(failed.status).to.be.at.least(500);
        answers.push(failed.text);
      }
    }
    const refused = await passConsent(`${url}/oauth/authorize/Wrong`, { ...person, cookieJar: jar });
    expect(refused.page?.body).to.contain('client');
    answers.push(refused.page?.body ?? '', (await ask(landed.pathname + landed.search, { cookie })).text);
    answers.push((await ask('/sign-in', { form: { user: 'bob', password: canary('password') } })).text);
    answers.push((await ask('/api/smartobjects', { headers: { authorization: `Bearer ${canary('password')}` } })).text);
  }

  const answers: string[] = [];

  /** Fails when `text` holds a secret as it is, URL-encoded, or in one of the base64 alphabets. */
  function expectNone(text: string | Buffer, where: string): void {
    expect(secrets.size).to.be.greaterThan(12);
    const haystack = typeof text === 'string' ? text : text.toString('latin1');
    for (const [name, secret] of secrets) {
      expect(secret.length, name).to.be.greaterThan(10);
      const forms = [
        secret,
        encodeURIComponent(secret),
        ...(['base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(secret).toString(form)),
      ];
      for (const form of forms) expect(haystack.includes(form), `the ${name} is readable in ${where}`).to.equal(false);
    }
  }

  it('are found by this search where they stand', () => {
    for (const secret of secrets.values()) {
      expect(() => expectNone(`x${secret}x`, 'a place')).to.throw('is readable in a place');
      expect(() => expectNone(Buffer.from(`x${encodeURIComponent(secret)}x`), 'a place')).to.throw('is readable');
    }
  });

  it('are in no file of the data folder but the master key', () => {
    const { data } = fixture.runtime.settings;
    const files = readdirSync(data).map((name) => join(data, name));
    expect(files.some((file) => file.endsWith('.sqlite') || file.endsWith('.db'))).to.equal(true);
    for (const file of files) {
      const content = readFileSync(file);
      expectNone(content, file);
    }
    const key = files.find((file) => file.includes('key'));
    expect(statSync(key ?? '').mode & 0o777).to.equal(0o600);
  });

  it('are in no log line, at the most talkative level', () => {
    expect(fixture.lines().length).to.be.greaterThan(10);
    expectNone(fixture.logged(), 'the log');
  });

  it('are in no answer of any route that reads, and in no answer to a failed call', async () => {
    const { json: document } = await fixture.ask('/openapi.json', { as: 'admin' });
    const paths = Object.entries(document.paths as Record<string, Record<string, unknown>>)
      .filter(([, item]) => 'get' in item)
      .map(([path]) => path);
    expect(paths.length).to.be.greaterThan(15);
    const names = ['Crm', 'Sample', 'Personal', 'Basic', 'Header', 'bob', 'key_admin', 'Personal_Contact', 'rest'];
    for (const path of [...paths, '/', '/metrics', '/healthz', '/readyz']) {
      for (const name of path.includes('{') ? names : ['']) {
        const asked = path.replace(/\{\w+\}/g, (_, index: number) => (index > 30 ? 'read' : name));
        const { text, headers } = await fixture.ask(asked, { as: 'admin' });
        expectNone(text, `the answer of ${asked}`);
        expectNone([...headers].flat().join('\n'), `the header of ${asked}`);
      }
    }
    for (const answer of answers) expectNone(answer, 'an answer');
  });

  it('are in no export, whose markers keep what is stored', async () => {
    const { code, stdout, stderr } = await runCli(['export', '--data', fixture.runtime.settings.data]);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain('name: Crm').and.contain('name: Basic').and.contain('stored');
    expectNone(stdout, 'the export');
    expectNone(stderr, 'what the export says');
  });
});
