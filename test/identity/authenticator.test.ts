import { expect } from 'chai';
import type { ApiKey, User } from '../../config/model/identity.js';
import type { Store } from '../../config/store/store.js';
import { Authenticator, apiKeyHash, type Caller } from '../../runtime/identity/index.js';
import { openSession, SESSION_LIFETIME, sessionId } from '../../runtime/identity/sessions.js';
import { counted, temporaryStore } from './fixture.js';

const KEY = 'swk_a-key-of-the-tests-own-making-0123456789';

describe('the authenticator', () => {
  let store: Store;
  let close: () => Promise<void>;
  let now = Date.now();
  let authenticator: Authenticator;

  beforeEach(async () => {
    ({ store, close } = await temporaryStore());
    now = Date.now();
    authenticator = new Authenticator(store, 'session', () => now);
    await save({ kind: 'User', name: 'alice', roles: ['designer'] });
  });
  afterEach(() => close());

  const save = (user: User) => store.users.save(user);

  async function saveKey(key: Omit<ApiKey, 'kind' | 'name'>): Promise<void> {
    await store.apiKeys.save({ kind: 'ApiKey', name: 'nightly', ...key });
    await store.apiKeys.setHash('nightly', apiKeyHash(KEY));
  }

  const withKey = async (key = KEY): Promise<Caller | undefined> =>
    authenticator.identify({ authorization: `Bearer ${key}` });
  const withCookie = async (cookie: string): Promise<Caller | undefined> =>
    authenticator.identify({ cookie: `other=1; session=${cookie}` });

  const refusal = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error) => error.code,
    );

  it('knows a service account by its key, with the roles of the key', async () => {
    await saveKey({ actsAs: { serviceAccount: 'robot' }, roles: ['user'] });
    expect(await withKey()).to.deep.equal({
      principal: { name: 'nightly', credential: 'service:robot', roles: ['user'], via: 'api-key' },
    });
  });

  it('takes the key from X-API-Key too', async () => {
    await saveKey({ actsAs: { serviceAccount: 'robot' }, roles: ['user'] });
    const caller = await authenticator.identify({ 'x-api-key': KEY });
    expect(caller?.principal.name).to.equal('nightly');
  });

  it('gives the key of a person no more rights than the person has', async () => {
    await saveKey({ actsAs: { user: 'alice' }, roles: ['admin'] });
    const caller = await withKey();
    expect(caller?.principal).to.deep.include({ name: 'alice', credential: 'user:alice' });
    expect(caller?.principal.roles).to.have.members(['designer', 'user']);
  });

  it('refuses keys that are unknown, expired, or of a disabled person', async () => {
    expect(await refusal(withKey())).to.equal('AUTHENTICATION_REQUIRED');
    await saveKey({ actsAs: { user: 'alice' }, roles: ['user'], expiresAt: new Date(now + 1000).toISOString() });
    expect((await withKey())?.principal.name).to.equal('alice');
    now += 5000;
    expect(await refusal(withKey())).to.equal('AUTHENTICATION_REQUIRED');
    await saveKey({ actsAs: { user: 'alice' }, roles: ['user'] });
    await save({ kind: 'User', name: 'alice', roles: ['user'], disabled: true });
    expect(await refusal(withKey())).to.equal('AUTHENTICATION_REQUIRED');
  });

  it('refuses an Authorization header that is no bearer token', async () => {
    const identify = async () => authenticator.identify({ authorization: 'Basic YTpi' });
    expect(await refusal(identify())).to.equal('AUTHENTICATION_REQUIRED');
  });

  it('knows a person by the session, and no longer when it has expired', async () => {
    const { cookie } = await openSession(store.sessions, 'alice', new Date(now));
    const caller = await withCookie(cookie);
    expect(caller?.principal).to.deep.equal({
      name: 'alice',
      credential: 'user:alice',
      roles: ['designer'],
      via: 'session',
    });
    expect(caller?.session).to.equal(sessionId(cookie)).and.not.equal(cookie);
    expect(await withCookie('guess')).to.equal(undefined);
    now += SESSION_LIFETIME;
    expect(await withCookie(cookie)).to.equal(undefined);
  });

  it('does not know a disabled person by a session that was opened before', async () => {
    const { cookie } = await openSession(store.sessions, 'alice', new Date(now));
    await save({ kind: 'User', name: 'alice', roles: ['user'], disabled: true });
    expect(await withCookie(cookie)).to.equal(undefined);
  });

  it('asks the store nothing for a caller that it remembers, and answers without a promise', async () => {
    await saveKey({ actsAs: { user: 'alice' }, roles: ['user'] });
    const { store: asked, questions } = counted(store);
    authenticator = new Authenticator(asked, 'session', () => now);
    await Promise.all(Array.from({ length: 50 }, () => withKey()));
    expect(questions()).to.equal(2);
    expect(authenticator.identify({ authorization: `Bearer ${KEY}` })).not.to.be.instanceOf(Promise);
    expect(questions()).to.equal(2);
  });

  it('notices a deleted key after two seconds by itself, and at once when told of a change', async () => {
    await saveKey({ actsAs: { serviceAccount: 'robot' }, roles: ['user'] });
    await withKey();
    await store.apiKeys.delete('nightly');
    expect((await withKey())?.principal.name).to.equal('nightly');
    now += 2001;
    expect(await refusal(withKey())).to.equal('AUTHENTICATION_REQUIRED');
    await saveKey({ actsAs: { serviceAccount: 'robot' }, roles: ['user'] });
    await withKey();
    await store.apiKeys.delete('nightly');
    authenticator.forget();
    expect(await refusal(withKey())).to.equal('AUTHENTICATION_REQUIRED');
  });
});
