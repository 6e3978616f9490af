import { expect } from 'chai';
import type { Configuration } from 'oidc-provider';
import type { SignInProvider } from '../../config/model/sign-in-provider.js';
import { localPrincipal } from '../../runtime/index.js';
import {
  type AuthorizationServer,
  alice,
  passConsent,
  startAuthorizationServer,
} from '../../samples/authorization-server/index.js';
import { type Answer, type Fixture, signIn, startFixture } from './fixture.js';

const clientSecret = 'canary-openid-secret-0123456789';
/** The claims of each person at the provider. */
const people: Record<string, Record<string, unknown>> = {
  alice: {
    preferred_username: 'alice',
    name: 'Alice Liddell',
    email: 'alice@example.com',
    groups: ['staff', 'makers'],
  },
  mallory: { preferred_username: 'root', groups: ['bosses'] },
};

describe('signing in at a provider of OpenID Connect', () => {
  let fixture: Fixture;
  let provider: AuthorizationServer;

  before(async () => {
    fixture = await startFixture();
    provider = await startAuthorizationServer({
      clients: [{ clientId: 'smartwright', clientSecret, authentication: 'client_secret_basic' }],
      redirectUris: [`${fixture.url}/sign-in/openid`],
      people: [alice, { ...alice, userName: 'mallory' }],
      adjust: (configuration): Configuration => ({
        ...configuration,
        scopes: ['openid', 'profile', 'email'],
        claims: {
          openid: ['sub'],
          profile: ['preferred_username', 'name', 'groups'],
          email: ['email', 'email_verified'],
        },
        findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
        features: { ...configuration.features, resourceIndicators: { enabled: false } },
      }),
    });
    await save({});
  });
  after(async () => {
    await provider.close();
    await fixture.close();
  });

  const document = (changes: Partial<SignInProvider>): SignInProvider => ({
    kind: 'SignInProvider',
    name: 'company',
    displayName: 'the <b>company</b>',
    issuer: provider.issuer,
    clientId: 'smartwright',
    clientSecret,
    roles: { claim: 'groups', values: { makers: ['designer'], staff: ['user'] } },
    allowedHosts: ['127.0.0.1', 'localhost'],
    ...changes,
  });
  const save = (changes: Partial<SignInProvider>) => fixture.runtime.admin.save(document(changes), localPrincipal);
  const cookieOf = ({ headers }: Answer, name: string): string =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0] ?? '')
      .find((cookie) => cookie.startsWith(`${name}=`)) ?? '';
  const begin = async () => {
    const sent = await fixture.ask('/sign-in/with/company?next=/password?x=1');
    return {
      location: sent.headers.get('location') ?? '',
      attempt: cookieOf(sent, 'smartwright_session_attempt'),
      sent,
    };
  };
  /** Signs in at the provider, up to where it sends the browser back to. */
  async function atProvider(location: string, userName = 'alice'): Promise<string> {
    const end = await passConsent(location, { ...alice, userName, stopBefore: `${fixture.url}/sign-in/openid` });
    return end.url.slice(fixture.url.length);
  }
  async function come(userName = 'alice'): Promise<Answer> {
    const { location, attempt } = await begin();
    return fixture.ask(await atProvider(location, userName), { headers: { cookie: attempt } });
  }

  it('is offered on the sign-in page, by a name that is no markup', async () => {
    const { text } = await fixture.ask('/sign-in?next=/password');
    expect(text)
      .to.contain('href="/sign-in/with/company?next=%2Fpassword"')
      .and.contain('the &lt;b&gt;company&lt;/b&gt;');
  });

  it('asks with PKCE, state and nonce, and no secret (RFC 9700 §2.1.1)', async () => {
    const { location, sent } = await begin();
    const { searchParams } = new URL(location);
    expect(Object.fromEntries(searchParams)).to.include({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${fixture.url}/sign-in/openid`,
      scope: 'openid profile email',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)).to.match(/^[\w-]{43}$/);
    expect(location).not.to.contain(clientSecret);
    expect(sent.headers.get('set-cookie')).to.contain('HttpOnly').and.contain('SameSite=Lax');
  });

  it('makes an account with the roles that the claims give, and goes on to where the person was', async () => {
    const answer = await come();
    expect([answer.status, answer.headers.get('location')], answer.text).to.deep.equal([303, '/password?x=1']);
    const me = await fixture.ask('/api/me', { cookie: cookieOf(answer, 'smartwright_session') });
    expect(me.json).to.deep.include({
      name: 'alice',
      displayName: 'Alice Liddell',
      email: 'alice@example.com',
      roles: ['designer', 'user'],
    });
    const stored = await fixture.runtime.store.users.get('alice');
    expect(stored?.document.signsInWith).to.deep.equal({ provider: 'company', subject: 'alice' });
    const { items } = await fixture.runtime.store.audit.list({ subject: 'alice' });
    expect(items.map(({ actor, action }) => [actor, action])).to.deep.equal([
      ['alice', 'user.signed-in'],
      ['sign-in provider company', 'User.saved'],
    ]);
  });

  it('changes the account when the claims do, and nothing otherwise', async () => {
    const version = async () => (await fixture.runtime.store.users.get('alice'))?.version;
    const before = await version();
    await come();
    expect(await version()).to.equal(before);
    people.alice = { ...people.alice, groups: 'staff' };
    await come();
    expect((await fixture.runtime.store.users.get('alice'))?.document.roles).to.deep.equal(['user']);
  });

  it('refuses who has none of the values that count', async () => {
    const answer = await come('mallory');
    expect(answer.status).to.equal(400);
    expect(answer.text).to.contain('gives you no role here');
    expect(await fixture.runtime.store.users.get('root')).to.equal(undefined);
  });

  it('never takes over an account that is somebody else’s, whatever name is claimed', async () => {
    await save({ roles: { claim: 'groups', values: { bosses: ['admin'] } } });
    await signIn(fixture, 'root', ['admin']);
    const local = await come('mallory');
    expect(local.status).to.equal(400);
    expect(local.text).to.contain('does not sign in with');
    await fixture.runtime.admin.save(
      { kind: 'User', name: 'root', roles: ['user'], signsInWith: { provider: 'company', subject: 'another' } },
      localPrincipal,
    );
    const other = await come('mallory');
    expect(other.text).to.contain('belongs to somebody else');
    expect(other.headers.getSetCookie().some((cookie) => /^smartwright_session=\w/.test(cookie))).to.equal(false);
    await save({});
  });

  it('does not undo what an admin changes of the account at the same moment', async () => {
    const { admin, store } = fixture.runtime;
    people.alice = { ...people.alice, name: 'Alice Pleasance Liddell' };
    const { save: saved } = admin;
    admin.save = async (user, actor, options) => {
      admin.save = saved;
      const stored = await store.users.get('alice');
      await saved({ ...stored?.document, disabled: true }, localPrincipal);
      return saved(user, actor, options);
    };
    const answer = await come();
    expect(answer.status, answer.text).to.equal(400);
    expect(answer.text).to.contain('is disabled');
    expect((await store.users.get('alice'))?.document.disabled).to.equal(true);
  });

  it('notes who was refused, and nothing of answers that no provider gave', async () => {
    const query = { action: 'user.signed-in', outcome: 'refused' } as const;
    const refusals = async () => (await fixture.runtime.store.audit.list(query)).items.length;
    const before = await refusals();
    await come('mallory');
    expect(await refusals()).to.equal(before + 1);
    const { attempt, location } = await begin();
    const state = new URL(location).searchParams.get('state') ?? '';
    for (const given of [{ state, iss: provider.issuer, code: 'made-up' }, { state: 'another' }, {}]) {
      const path = `/sign-in/openid?${new URLSearchParams(given)}`;
      expect((await fixture.ask(path, { headers: { cookie: attempt } })).status).to.be.within(400, 502);
    }
    expect(await refusals()).to.equal(before + 1);
  });

  it('takes no e-mail address for a user name that the provider has not verified (OpenID Connect Core §5.7)', async () => {
    const { roles: _, ...withoutRoles } = document({ userClaim: 'email' });
    await fixture.runtime.admin.save(withoutRoles, localPrincipal);
    people.mallory = { ...people.mallory, email: 'victim@example.com', email_verified: false };
    expect((await come('mallory')).text).to.contain('has not verified');
    people.mallory = { ...people.mallory, email_verified: true };
    expect((await come('mallory')).status).to.equal(303);
    await save({});
  });

  it('makes no account where an admin wants none', async () => {
    await fixture.runtime.admin.delete('User', 'alice', localPrincipal);
    await save({ createUsers: false });
    expect((await come()).text).to.contain('there is no account');
    await save({});
  });

  it('refuses an answer in another browser, one with another state, and a second time', async () => {
    const first = await begin();
    const path = await atProvider(first.location);
    expect((await fixture.ask(path)).text).to.contain('another browser');
    const second = await begin();
    expect((await fixture.ask(path, { headers: { cookie: second.attempt } })).status).to.equal(400);
    expect((await fixture.ask(path, { headers: { cookie: first.attempt } })).status).to.equal(303);
    expect((await fixture.ask(path, { headers: { cookie: first.attempt } })).status).to.equal(502);
  });

  it('refuses an id_token with another nonce', async () => {
    const { location, attempt } = await begin();
    const path = await atProvider(location);
    const [name = '', value = ''] = attempt.split('=');
    const kept = JSON.parse(Buffer.from(value, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...kept, nonce: 'another' })).toString('base64url');
    expect((await fixture.ask(path, { headers: { cookie: `${name}=${forged}` } })).status).to.equal(400);
  });

  it('tells what the provider says in its words, harmless', async () => {
    const { location, attempt } = await begin();
    const state = new URL(location).searchParams.get('state') ?? '';
    const answer = {
      state,
      iss: provider.issuer,
      error: 'access_denied',
      error_description: '<script>alert(1)</script>',
    };
    const { status, text } = await fixture.ask(`/sign-in/openid?${new URLSearchParams(answer)}`, {
      headers: { cookie: attempt },
    });
    expect(status).to.equal(400);
    expect(text).to.contain('&lt;script&gt;').and.not.contain('<script>alert');
  });

  it('says that a provider is away, and that one is unknown', async () => {
    await save({ name: 'away', issuer: 'http://127.0.0.1:9' });
    const away = await fixture.ask('/sign-in/with/away');
    expect(away.status).to.equal(502);
    expect(away.text).to.contain('cannot be reached');
    expect((await fixture.ask('/sign-in/with/nobody')).status).to.equal(404);
  });

  it('never gives the secret back, in an answer or in the log', async () => {
    const { json, text } = await fixture.ask('/api/sign-in-providers/company', { as: 'admin' });
    expect(json.document.clientSecret).to.deep.equal({ secret: 'stored' });
    expect(text + fixture.logged()).not.to.contain(clientSecret);
  });
});
