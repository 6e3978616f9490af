import { expect } from 'chai';
import type { Store } from '../../config/store/store.js';
import { hashPassword } from '../../runtime/identity/index.js';
import { makeOneTimeLink, ONE_TIME_LINK_LIFETIME, takeOneTimeToken } from '../../runtime/identity/one-time-link.js';
import { PasswordSignIn } from '../../runtime/identity/sign-in.js';
import { SignInThrottle } from '../../runtime/identity/sign-in-throttle.js';
import { temporaryStore } from './fixture.js';

const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => value,
    (error) => error.code,
  );

describe('signing in', () => {
  let store: Store;
  let close: () => Promise<void>;

  before(async () => {
    ({ store, close } = await temporaryStore());
    await store.users.save({ kind: 'User', name: 'alice', roles: ['user'] });
    await store.users.setPasswordHash('alice', await hashPassword('a good long phrase'));
    await store.users.save({ kind: 'User', name: 'bob', roles: ['user'], disabled: true });
    await store.users.setPasswordHash('bob', await hashPassword('a good long phrase'));
    await store.users.save({ kind: 'User', name: 'carol', roles: ['user'] });
  });
  after(() => close());

  const address = '192.0.2.1';

  it('takes the right password, and answers everything else alike', async () => {
    const signIn = new PasswordSignIn(store.users);
    const attempt = (user: string, password: string) => code(signIn.verify({ user, password, address }));
    expect(await attempt('alice', 'a good long phrase')).to.equal('alice');
    for (const [user, password] of [
      ['alice', 'wrong'],
      ['bob', 'a good long phrase'],
      ['carol', ''],
      ['nobody', 'x'],
      ['', ''],
    ]) {
      expect(await attempt(user ?? '', password ?? ''), user).to.equal('AUTHENTICATION_REQUIRED');
    }
  });

  it('replaces a hash of an older cost when its password is used', async () => {
    const { scryptSync } = await import('node:crypto');
    const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const salt = Buffer.from('0123456789abcdef');
    const old = `$scrypt$ln=12,r=8,p=1$${bare(salt)}$${bare(scryptSync('an old long phrase', salt, 32, { N: 4096 }))}`;
    await store.users.setPasswordHash('carol', old);
    await new PasswordSignIn(store.users).verify({ user: 'carol', password: 'an old long phrase', address });
    expect(await store.users.passwordHash('carol')).to.contain('$scrypt$ln=15,');
  });

  it('makes a guesser wait longer and longer, from one address, and nobody else', () => {
    let now = 0;
    const throttle = new SignInThrottle(() => now);
    const blocked = (user: string, from: string): unknown => {
      try {
        throttle.check(user, from);
        return undefined;
      } catch (error) {
        return (error as { extensions: { retryAfter: number } }).extensions.retryAfter;
      }
    };
    for (let attempt = 0; attempt < 5; attempt++) throttle.failed('alice', address);
    expect(blocked('alice', address)).to.equal(undefined);
    throttle.failed('Alice', address);
    expect(blocked('alice', address)).to.equal(2);
    expect(blocked('alice', '192.0.2.2')).to.equal(undefined);
    expect(blocked('bob', address)).to.equal(undefined);
    now += 2000;
    expect(blocked('alice', address)).to.equal(undefined);
    for (let attempt = 0; attempt < 20; attempt++) throttle.failed('alice', address);
    expect(blocked('alice', address)).to.equal(900);
    throttle.succeeded('alice', address);
    expect(blocked('alice', address)).to.equal(undefined);
  });

  it('takes a one-time link once, within its time', async () => {
    const now = new Date();
    const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? '';
    const { url } = await makeOneTimeLink(store.sessions, 'alice', 'https://smartwright.example', now);
    expect(url).to.match(/^https:\/\/smartwright\.example\/sign-in\/once\?token=[A-Za-z0-9_-]{43}$/);
    const taken = await Promise.all([1, 2, 3].map(() => takeOneTimeToken(store.sessions, tokenOf(url), now)));
    expect(taken.filter((user) => user !== undefined)).to.deep.equal(['alice']);
    const late = await makeOneTimeLink(store.sessions, 'alice', 'https://smartwright.example', now);
    const after = new Date(now.getTime() + ONE_TIME_LINK_LIFETIME);
    expect(await takeOneTimeToken(store.sessions, tokenOf(late.url), after)).to.equal(undefined);
  });
});
