import { request } from 'node:http';
import { expect } from 'chai';
import { localPrincipal } from '../../runtime/index.js';
import {
  type AuthorizationServer,
  alice,
  CookieJar,
  passConsent,
  startAuthorizationServer,
} from '../../samples/authorization-server/index.js';
import { type Fixture, PASSWORD, signIn, startFixture } from './fixture.js';

const CALLBACK = '/identity/token/oauth/2';

describe('consent', () => {
  let fixture: Fixture;
  let provider: AuthorizationServer;
  let cookie: string;

  before(async () => {
    fixture = await startFixture({ allowedOrigins: ['https://forms.example'] });
    provider = await startAuthorizationServer({
      clients: [{ clientId: 'smartwright', clientSecret: 'canary-client-secret' }],
      redirectUris: [fixture.url + CALLBACK],
      accessTokenTtl: 600,
    });
    const stages = { authorization: {}, token: {}, refresh: {} };
    const type = {
      kind: 'OAuthResourceType',
      name: 'Sample',
      parameters: [
        { name: 'client_id', stages },
        { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
        { name: 'scope', stages: { authorization: { default: 'crm.read offline_access' } } },
        { name: 'prompt', stages: { authorization: { default: 'consent' } } },
      ],
    };
    const { issuer, authorizationEndpoint, tokenEndpoint } = provider;
    const resource = {
      kind: 'OAuthResource',
      name: 'Crm',
      displayName: 'The CRM',
      type: 'Sample',
      issuer,
      authorizationEndpoint,
      tokenEndpoint,
      values: { client_id: 'smartwright', client_secret: 'canary-client-secret' },
      allowedHosts: ['127.0.0.1'],
    };
    await fixture.runtime.admin.apply([type, resource], localPrincipal);
    cookie = await signIn(fixture, 'alice', ['user']);
  });
  after(async () => {
    await provider.close();
    await fixture.close();
  });

  /** A browser that has signed in here. */
  const browser = (session = cookie): CookieJar => {
    const jar = new CookieJar();
    jar.set(new URL(fixture.url), `${session}; Path=/`);
    return jar;
  };
  const consent = (path: string, jar = browser(), stopBefore?: string) =>
    passConsent(fixture.url + path, {
      userName: alice.userName,
      password: alice.password,
      cookieJar: jar,
      ...(stopBefore !== undefined && { stopBefore }),
    });

  it('signs the person in first, and leads to the provider by a page of its own', async () => {
    const sent = await fixture.ask('/oauth/authorize/Crm');
    expect([sent.status, sent.headers.get('location')]).to.deep.equal([
      303,
      '/sign-in?next=%2Foauth%2Fauthorize%2FCrm',
    ]);
    const form = { user: 'alice', password: PASSWORD, next: '/oauth/authorize/Crm' };
    const signedIn = await fixture.ask('/sign-in', { form });
    expect(signedIn.headers.get('location')).to.equal('/sign-in/continue?next=%2Foauth%2Fauthorize%2FCrm');
    const between = await fixture.ask(signedIn.headers.get('location') ?? '', { cookie });
    expect([between.status, between.headers.get('refresh')]).to.deep.equal([200, '0; url=/oauth/authorize/Crm']);
    const onwards = await fixture.ask('/oauth/authorize/Crm', { cookie });
    expect(onwards.status).to.equal(302);
    expect(onwards.headers.get('location')).to.match(new RegExp(`^${provider.authorizationEndpoint}\\?`));
  });

  it('ends on a page that tells its opener and can be closed, and stores the person’s token', async () => {
    const { url, page } = await consent('/oauth/authorize/Crm');
    expect(url).to.contain(CALLBACK);
    expect(page?.status).to.equal(200);
    expect(page?.body).to.contain('<h1>Authorization successful</h1>').and.contain('smartwright:authorized');
    expect(page?.body).to.contain(`data-resource="Crm" data-origin="${fixture.url}"`);
    const { json } = await fixture.ask('/api/me/tokens', { cookie });
    expect(json.items).to.have.length(1);
    expect(json.items[0]).to.include({ credential: 'user:alice', resource: 'Crm', state: 'valid', refreshable: true });
    expect(JSON.stringify(json)).not.to.match(/eyJ|access_?token"/i);
  });

  it('tells people what they can connect to, with their own token and nobody else’s', async () => {
    const [type] = (await fixture.runtime.store.resourceTypes.list()).map(({ document }) => document);
    const [stored] = (await fixture.runtime.store.resources.list()).map(({ document }) => document);
    await fixture.runtime.admin.apply(
      [
        { ...type, name: 'Unattended', grant: 'client_credentials' },
        { ...stored, name: 'Reports', type: 'Unattended', values: {} },
      ],
      localPrincipal,
    );
    const mine = await fixture.ask('/api/me/connections', { cookie });
    expect(mine.json.items).to.have.length(1);
    expect(mine.json.items[0]).to.deep.include({
      resource: 'Crm',
      displayName: 'The CRM',
      authorizationUrl: `${fixture.url}/oauth/authorize/Crm`,
    });
    expect(mine.json.items[0].token).to.include({ credential: 'user:alice', state: 'valid' });
    const other = await fixture.ask('/api/me/connections', { as: 'user' });
    expect(other.json.items[0]).not.to.have.property('token');
    await fixture.runtime.admin.delete('OAuthResource', 'Reports', localPrincipal);
    await fixture.runtime.admin.delete('OAuthResourceType', 'Unattended', localPrincipal);
  });

  it('tells an opener of an allowed origin, and starts nothing for another', async () => {
    const { page } = await consent('/oauth/authorize/Crm?origin=https%3A%2F%2Fforms.example');
    expect(page?.body).to.contain('data-origin="https://forms.example"');
    for (const origin of ['https://evil.example', 'null', '*']) {
      const refused = await fixture.ask(`/oauth/authorize/Crm?${new URLSearchParams({ origin })}`, { cookie });
      expect(refused.status, origin).to.equal(403);
      expect(refused.headers.get('content-type')).to.contain('text/html');
    }
  });

  it('connects a service account for an admin only, and other people for nobody', async () => {
    const ask = (credential: string, by: string) =>
      fixture.ask(`/oauth/authorize/Crm?${new URLSearchParams({ credential })}`, { cookie: by });
    expect((await ask('service:robot', cookie)).status).to.equal(403);
    expect((await ask('user:bob', cookie)).status).to.equal(403);
    expect((await ask('application', cookie)).status).to.equal(400);
    expect((await ask('user:alice', cookie)).status).to.equal(302);
    const admin = await signIn(fixture, 'root', ['admin']);
    const { page } = await consent('/oauth/authorize/Crm?credential=service:robot', browser(admin));
    expect(page?.status).to.equal(200);
    const { json } = await fixture.ask('/api/oauth/tokens', { as: 'admin' });
    expect(json.items.map(({ credential }: { credential: string }) => credential)).to.include('service:robot');
    const gone = await fixture.ask('/api/oauth/tokens/Crm/service:robot', { method: 'DELETE', as: 'admin' });
    expect(gone.status).to.equal(204);
    expect(await fixture.runtime.store.tokens.get('service:robot', 'Crm')).to.equal(undefined);
  });

  it('fault 1, 2, 4 and 6: refuses an answer that is tampered with, replayed, or brought by another browser', async () => {
    const before = provider.counts().authorization_code ?? 0;
    const callback = async () =>
      (await consent('/oauth/authorize/Crm', browser(), fixture.url + CALLBACK)).url.slice(fixture.url.length);

    const tampered = (await callback()).replace(/state=.{5}/, 'state=xxxxx');
    expect((await fixture.ask(tampered, { cookie })).status).to.equal(400);

    const other = await signIn(fixture, 'mallory', ['user']);
    expect((await fixture.ask(await callback(), { cookie: other })).status).to.equal(400);
    expect((await fixture.ask(await callback())).status).to.equal(400);
    expect(provider.counts().authorization_code ?? 0).to.equal(before);

    const good = await callback();
    const answers = await Promise.all([fixture.ask(good, { cookie }), fixture.ask(good, { cookie })]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 400]);
    expect(provider.counts().authorization_code).to.equal(before + 1);
  });

  it('fault 17: tells a refusal in the provider’s words, harmless, with what to do', async () => {
    const begun = await fixture.ask('/oauth/authorize/Crm', { cookie });
    const sent = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const answer = new URLSearchParams({
      error: 'access_denied',
      error_description: '<script>alert("canary-xss")</script>',
      state: sent,
      iss: provider.issuer,
    });
    const { status, text, headers } = await fixture.ask(`${CALLBACK}?${answer}`, { cookie });
    expect(status).to.equal(400);
    expect(text).not.to.contain('<script>alert');
    expect(text).to.contain('AUTHORIZATION_REFUSED').and.contain('connect again');
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(headers.get('content-security-policy')).to.contain("default-src 'none'");
  });

  it('fault 14: takes the redirect URI from no Host or forwarding header', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const { status, location } = await new Promise<{ status: number; location: string }>((resolve, reject) => {
      const asked = request(`${fixture.url}/oauth/authorize/Crm`, { headers: { ...headers, cookie } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '' });
      });
      asked.on('error', reject).end();
    });
    expect(location).to.not.contain('evil');
    if (status === 302) expect(new URL(location).searchParams.get('redirect_uri')).to.equal(fixture.url + CALLBACK);
    else expect(status).to.be.within(400, 499);
  });

  it('fault 25: sends no address on in Referer from the page of the callback, which loads nothing from elsewhere', async () => {
    const callback = (await consent('/oauth/authorize/Crm', browser(), fixture.url + CALLBACK)).url.slice(
      fixture.url.length,
    );
    const { headers, text } = await fixture.ask(callback, { cookie });
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(text).to.not.match(/(src|href)="(https?:)?\/\//);
    expect(headers.get('content-security-policy'))
      .to.contain("default-src 'none'")
      .and.contain("frame-ancestors 'none'");
  });

  it('says that a resource is unknown', async () => {
    const { status, text } = await fixture.ask('/oauth/authorize/Nothing', { cookie });
    expect(status).to.equal(404);
    expect(text).to.contain('There is no OAuth resource');
  });

  it('fault 25: leaves no code, state or secret in the log', () => {
    expect(fixture.lines().some(({ route }) => route === CALLBACK)).to.equal(true);
    expect(fixture.lines().some(({ route }) => route === '/oauth/authorize/{resource}')).to.equal(true);
    expect(fixture.logged()).not.to.match(/code=|state=|canary|eyJ/);
  });
});
