import { expect } from 'chai';
import { ensureFirstSignIn } from '../../runtime/identity/index.js';
import { localPrincipal } from '../../runtime/index.js';
import { type Answer, type Fixture, PASSWORD, signIn, startFixture } from './fixture.js';

const cookieOf = ({ headers }: Answer): string => headers.get('set-cookie')?.split(';')[0] ?? '';

describe('signing in with a browser', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await startFixture();
  });
  after(() => fixture.close());

  it('sends a person without a session to the sign-in page, and back afterwards', async () => {
    const { ask } = fixture;
    const sent = await ask('/password?x=1');
    expect([sent.status, sent.headers.get('location')]).to.deep.equal([303, '/sign-in?next=%2Fpassword%3Fx%3D1']);
    const form = await ask(sent.headers.get('location') ?? '');
    expect(form.text).to.contain('name="next" value="/password?x=1"');
    await signIn(fixture, 'alice', ['user']);
    const signedIn = await ask('/sign-in', { form: { user: 'alice', password: PASSWORD, next: '/password?x=1' } });
    expect([signedIn.status, signedIn.headers.get('location')]).to.deep.equal([303, '/password?x=1']);
    expect(signedIn.headers.get('set-cookie')).to.match(
      /^smartwright_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/,
    );
    expect((await ask('/api/me', { cookie: cookieOf(signedIn) })).json).to.deep.include({
      name: 'alice',
      via: 'session',
      credential: 'user:alice',
    });
  });

  it('fault 15: never goes on to another site', async () => {
    const cookie = await signIn(fixture, 'alice', ['user']);
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
      const form = await fixture.ask('/sign-in', { form: { user: 'alice', password: PASSWORD, next } });
      expect(form.headers.get('location')).to.equal('/');
      const onwards = await fixture.ask(`/sign-in/continue?${new URLSearchParams({ next })}`, { cookie });
      expect(onwards.headers.get('refresh')).to.equal('0; url=/');
    }
  });

  it('shows the form again after a wrong password, and keeps what is hostile in it harmless', async () => {
    const user = '"><script>alert(1)</script>';
    const { status, text } = await fixture.ask('/sign-in', { form: { user, password: 'wrong' } });
    expect(status).to.equal(401);
    expect(text).to.contain('The user name or the password is not right.').and.not.contain('<script>alert');
  });

  it('makes a guesser wait', async () => {
    await signIn(fixture, 'victim', ['user']);
    const guess = () => fixture.ask('/sign-in', { form: { user: 'victim', password: 'wrong' } });
    for (let attempt = 0; attempt < 6; attempt++) expect((await guess()).status).to.equal(401);
    const blocked = await guess();
    expect(blocked.status).to.equal(429);
    expect(Number(blocked.headers.get('retry-after'))).to.be.within(1, 2);
  });

  it('refuses forms that foreign pages post', async () => {
    const form = { user: 'alice', password: PASSWORD };
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site', origin: 'null' }]) {
      const { status, headers: answered } = await fixture.ask('/sign-in', { form, headers });
      expect([status, answered.get('set-cookie')]).to.deep.equal([403, null]);
    }
    const cookie = await signIn(fixture, 'alice', ['user']);
    const { status } = await fixture.ask('/sign-out', {
      method: 'POST',
      cookie,
      headers: { origin: 'https://evil.example' },
    });
    expect(status).to.equal(403);
    expect((await fixture.ask('/api/me', { cookie })).status).to.equal(200);
  });

  it('ends the sessions of a person whose password an admin changes, and not when it is the same again', async () => {
    const { ask, runtime } = fixture;
    const cookie = await signIn(fixture, 'alice', ['user']);
    const save = (password: string) =>
      runtime.admin.save({ kind: 'User', name: 'alice', roles: ['user'], password }, localPrincipal);
    expect((await save(PASSWORD)).outcome).to.equal('unchanged');
    expect((await ask('/api/me', { cookie })).status).to.equal(200);
    expect((await save('another long password')).outcome).to.equal('changed');
    expect((await ask('/api/me', { cookie })).status).to.equal(401);
    const form = { user: 'alice', password: 'another long password' };
    expect((await ask('/sign-in', { form })).status).to.equal(303);
  });

  it('ends the session when the person signs out', async () => {
    const cookie = await signIn(fixture, 'alice', ['user']);
    const { status, headers } = await fixture.ask('/sign-out', { method: 'POST', cookie });
    expect([status, headers.get('location')]).to.deep.equal([303, '/sign-in']);
    expect(headers.get('set-cookie')).to.contain('Max-Age=0');
    expect((await fixture.ask('/api/me', { cookie })).status).to.equal(401);
  });

  it('sends pages that load nothing from anywhere', async () => {
    const { headers } = await fixture.ask('/sign-in');
    expect(headers.get('content-security-policy')).to.match(
      /^default-src 'none'; style-src 'nonce-[^']+'; script-src 'nonce-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers.get('cache-control')).to.equal('no-store');
  });

  it('leads from the bare address to the console, and a stranger from there to the sign-in', async () => {
    const bare = await fixture.ask('/');
    expect([bare.status, bare.headers.get('location')]).to.deep.equal([303, '/console']);
    const stranger = await fixture.ask('/console/service-instances/Probe');
    expect([stranger.status, stranger.headers.get('location')]).to.deep.equal([
      303,
      '/sign-in?next=%2Fconsole%2Fservice-instances%2FProbe',
    ]);
  });

  it('opens a page under the host that providers redirect to, when loopback was typed differently', async () => {
    const { port, host } = new URL(fixture.url);
    const other = host.startsWith('localhost') ? `127.0.0.1:${port}` : `localhost:${port}`;
    const response = await fetch(`http://${other}/sign-in?next=%2Fpassword`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).to.deep.equal([
      307,
      `${fixture.url}/sign-in?next=%2Fpassword`,
    ]);
  });
});

describe('the first sign-in', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await startFixture();
  });
  after(() => fixture.close());

  const pathOf = (link = '') => link.slice(fixture.url.length);
  const tokenOf = (link = '') => new URL(link).searchParams.get('token') ?? '';

  it('is by a one-time link to a new admin, which a preview does not use up', async () => {
    const { runtime, ask } = fixture;
    const link = await ensureFirstSignIn(runtime);
    expect(link).to.match(/\/sign-in\/once\?token=/);
    expect((await runtime.store.users.get('admin'))?.document.roles).to.deep.equal(['admin']);
    for (let preview = 0; preview < 3; preview++) {
      const page = await ask(pathOf(link));
      expect([page.status, page.headers.get('set-cookie')]).to.deep.equal([200, null]);
    }
    const entered = await ask('/sign-in/once', { form: { token: tokenOf(link) } });
    expect([entered.status, entered.headers.get('location')]).to.deep.equal([303, '/password']);
    expect((await ask('/api/me', { cookie: cookieOf(entered) })).json.roles).to.deep.equal(['admin']);
    const again = await ask('/sign-in/once', { form: { token: tokenOf(link) } });
    expect(again.status).to.equal(400);
    expect(again.text).to.contain('used already');
  });

  it('gives another link at each start until an admin has a password, and then none', async () => {
    const { runtime, ask } = fixture;
    const link = await ensureFirstSignIn(runtime);
    expect(await runtime.store.users.count()).to.equal(1);
    const cookie = cookieOf(await ask('/sign-in/once', { form: { token: tokenOf(link) } }));
    expect((await ask('/password', { cookie })).text)
      .to.contain('Choose a password')
      .and.not.contain('Current password');
    const set = (form: Record<string, string>, by = cookie) => ask('/password', { cookie: by, form });
    expect((await set({ password: 'short', again: 'short' })).text).to.contain('at least 12 characters');
    expect((await set({ password: PASSWORD, again: 'something else' })).text).to.contain('not the same');
    const done = await set({ password: PASSWORD, again: PASSWORD });
    expect([done.status, done.headers.get('location')]).to.deep.equal([303, '/']);
    expect(await ensureFirstSignIn(runtime)).to.equal(undefined);

    // Sessions opened before the change are over; this browser has another one.
    expect((await ask('/api/me', { cookie })).status).to.equal(401);
    const fresh = cookieOf(done);
    expect((await ask('/api/me', { cookie: fresh })).status).to.equal(200);
    const wrong = await set({ current: 'wrong', password: 'another long phrase', again: 'another long phrase' }, fresh);
    expect([wrong.status, wrong.text.includes('current password is not right')]).to.deep.equal([422, true]);
    expect(
      (await set({ current: PASSWORD, password: 'another long phrase', again: 'another long phrase' }, fresh)).status,
    ).to.equal(303);
  });

  it('is possible for others by a link that an admin makes', async () => {
    const { runtime, ask } = fixture;
    await ask('/api/users/eve', { method: 'PUT', as: 'admin', body: { roles: ['user'] } });
    const made = await ask('/api/users/eve/sign-in-link', { method: 'POST', as: 'admin' });
    expect(made.status).to.equal(201);
    const entered = await ask('/sign-in/once', { form: { token: tokenOf(made.json.url) } });
    expect((await ask('/api/me', { cookie: cookieOf(entered) })).json.name).to.equal('eve');
    expect((await runtime.store.audit.list({ action: 'user.signed-in' })).items[0]).to.include({ actor: 'eve' });
    expect(fixture.logged()).not.to.contain(tokenOf(made.json.url));
  });
});
