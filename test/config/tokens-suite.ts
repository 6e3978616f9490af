import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import type { TokenError } from '../../config/model/token-error.js';
import type { AuthorizationTransaction, OpenedStore, TokenToSave } from '../../config/store/index.js';
import { rejection } from '../support/rejection.js';
import type { Place } from './place.js';
import { resource, resourceType } from './samples.js';

const token = (changes: Partial<TokenToSave> = {}): TokenToSave => ({
  credential: 'user:ada',
  resource: 'SalesforceProduction',
  accessToken: new Secret('access-1'),
  refreshToken: new Secret('refresh-1'),
  tokenType: 'Bearer',
  scope: 'api offline',
  expiresAt: new Date('2031-01-01T00:00:00Z'),
  issuedAt: new Date('2030-01-01T00:00:00Z'),
  fields: { instance_url: new Secret('https://eu1.example') },
  ...changes,
});

const at = ['user:ada', 'SalesforceProduction'] as const;
const now = new Date('2030-06-01T12:00:00Z');
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

const ended: TokenError = {
  kind: 'consent',
  code: 'invalid_grant',
  message: 'The consent no longer works.',
  at: now.toISOString(),
  count: 1,
};

export function tokensSuite(place: () => Place): void {
  describe('tokens', () => {
    let store: OpenedStore;
    let other: OpenedStore;
    beforeEach(async () => {
      store = await place().open();
      other = await place().open();
    });

    it('gives back a token with all its parts', async () => {
      await store.tokens.save(token(), 0);
      const got = await other.tokens.get(...at);
      expect(got).to.deep.include({ generation: 1, state: 'valid', tokenType: 'Bearer', scope: 'api offline' });
      expect(got?.accessToken.reveal()).to.equal('access-1');
      expect(got?.refreshToken?.reveal()).to.equal('refresh-1');
      expect(got?.fields?.instance_url?.reveal()).to.equal('https://eu1.example');
      expect(got?.expiresAt).to.deep.equal(new Date('2031-01-01T00:00:00Z'));
      expect(await store.tokens.get('user:eve', 'SalesforceProduction')).to.equal(undefined);
    });

    it('leaves out what a token does not have', async () => {
      const { refreshToken: _, scope: __, expiresAt: ___, fields: ____, ...bare } = token();
      await store.tokens.save(bare, 'any');
      expect(await store.tokens.get(...at)).to.have.all.keys(
        ...['credential', 'resource', 'generation', 'state', 'accessToken', 'tokenType', 'issuedAt'],
      );
    });

    it('lists tokens with the type of their resource and without their secrets', async () => {
      await store.resourceTypes.save(resourceType());
      await store.resources.save(resource());
      await store.tokens.save(token(), 'any');
      const [summary] = await store.tokens.list();
      expect(summary).to.deep.equal({
        credential: 'user:ada',
        resource: 'SalesforceProduction',
        resourceType: 'Salesforce',
        generation: 1,
        state: 'valid',
        scope: 'api offline',
        expiresAt: '2031-01-01T00:00:00.000Z',
        issuedAt: '2030-01-01T00:00:00.000Z',
        refreshable: true,
      });
    });

    it('lets one of two nodes replace a generation, and a consent always win', async () => {
      await store.tokens.save(token(), 'any');
      const saves = await Promise.all([store, other].map((node) => node.tokens.save(token(), 1)));
      expect(saves.filter((saved) => saved !== undefined)).to.have.length(1);
      expect((await store.tokens.save(token(), 'any'))?.generation).to.equal(3);
      expect(await store.tokens.save(token(), 1)).to.equal(undefined);
    });

    it('lets one of two nodes save a first token', async () => {
      const saves = await Promise.all([store, other].map((node) => node.tokens.save(token(), 0)));
      expect(saves.filter((saved) => saved !== undefined)).to.have.length(1);
    });

    it('never gives a generation twice, also after a delete', async () => {
      await store.tokens.save(token(), 'any');
      expect(await store.tokens.delete(...at)).to.equal(true);
      expect(await store.tokens.delete(...at)).to.equal(false);
      expect(await store.tokens.get(...at)).to.equal(undefined);
      expect(await store.tokens.list()).to.deep.equal([]);
      // A refresh that was under way cannot bring the deleted token back, nor overwrite the one after it.
      expect(await other.tokens.save(token(), 1)).to.equal(undefined);
      expect((await store.tokens.save(token(), 0))?.generation).to.equal(2);
      expect(await other.tokens.save(token(), 1)).to.equal(undefined);
    });

    it('asks for a reconnect only at the generation that failed, and a save ends it', async () => {
      await store.tokens.save(token(), 'any');
      expect(await store.tokens.requireReconnect(...at, 2, ended)).to.equal(false);
      expect(await store.tokens.requireReconnect(...at, 1, ended)).to.equal(true);
      expect(await other.tokens.get(...at)).to.deep.include({ state: 'reconnect-required', lastError: ended });
      await store.tokens.save(token(), 'any');
      expect(await other.tokens.get(...at))
        .to.include({ state: 'valid' })
        .and.not.have.property('lastError');
    });

    it('gives a lease to one of many nodes that ask at once', async () => {
      await store.tokens.save(token(), 'any');
      const held = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? store : other).tokens.lease(...at, 1, `node-${index}`, 30_000),
        ),
      );
      expect(held.filter(Boolean)).to.have.length(1);
    });

    it('gives a lease again to its owner, and to another after its end or release', async () => {
      await store.tokens.save(token(), 'any');
      const lease = (owner: string, duration = 30_000) => store.tokens.lease(...at, 1, owner, duration);
      expect(await lease('a')).to.equal(true);
      expect(await lease('b')).to.equal(false);
      expect(await lease('a', 1)).to.equal(true);
      await sleep(10);
      expect(await lease('b')).to.equal(true);
      await store.tokens.release(...at, 'a');
      expect(await lease('a')).to.equal(false);
      await store.tokens.release(...at, 'b');
      expect(await lease('a')).to.equal(true);
    });

    it('refuses a lease for a generation that is over, and keeps a lease over a save', async () => {
      await store.tokens.save(token(), 'any');
      expect(await store.tokens.lease(...at, 1, 'a', 30_000)).to.equal(true);
      await store.tokens.save(token(), 1);
      expect(await other.tokens.lease(...at, 1, 'b', 30_000)).to.equal(false);
      expect(await other.tokens.lease(...at, 2, 'b', 30_000)).to.equal(false);
      await store.tokens.release(...at, 'a');
      expect(await other.tokens.lease(...at, 2, 'b', 30_000)).to.equal(true);
    });

    it('gives the lease of a first token to one node, and no token yet', async () => {
      const held = await Promise.all([
        store.tokens.lease(...at, 0, 'a', 30_000),
        other.tokens.lease(...at, 0, 'b', 30_000),
      ]);
      expect(held.filter(Boolean)).to.have.length(1);
      expect(await store.tokens.get(...at)).to.equal(undefined);
      expect(await store.tokens.list()).to.deep.equal([]);
      expect((await store.tokens.save(token(), 0))?.generation).to.equal(1);
    });

    it('gives a lease for a token that was deleted', async () => {
      await store.tokens.save(token(), 'any');
      await store.tokens.delete(...at);
      expect(await store.tokens.lease(...at, 0, 'a', 30_000)).to.equal(true);
    });

    it('tells other nodes of a consent, an end and a deletion, and of no refresh; the configuration stays as it was', async () => {
      const before = await store.revision();
      let { revision } = await other.tokens.changes();
      const told = async () => {
        const changes = await other.tokens.changes(revision);
        revision = changes.revision;
        return changes.tokens.map(({ credential, resource: name }) => `${credential} ${name}`);
      };
      expect(await told()).to.deep.equal([]);
      await store.tokens.save(token(), 'any');
      expect(await told()).to.deep.equal(['user:ada SalesforceProduction']);
      for (let generation = 1; generation <= 3; generation++) await store.tokens.save(token(), generation);
      expect(await told()).to.deep.equal([]);
      await store.tokens.requireReconnect(...at, 4, ended);
      expect(await told()).to.have.length(1);
      await store.tokens.delete(...at);
      await store.tokens.delete(...at);
      expect(await told()).to.have.length(1);
      expect(await told()).to.deep.equal([]);
      expect(await store.revision()).to.equal(before);
    });

    it('tells what each token is to whoever looks after it', async () => {
      const type = resourceType({
        refreshTokenExpirationDays: 90,
        expirationWarningDays: 10,
        expiringMessage: 'Sign in again soon.',
        invalidMessage: 'Ask the help desk.',
      });
      await store.resourceTypes.save(type);
      await store.resources.save(resource());
      const day = 24 * 3_600_000;
      const issued = token().issuedAt.getTime();
      const seen = async (days: number) => {
        const [{ state, message, lastError } = {}] = await other.tokens.list(new Date(issued + days * day));
        return { state, message, code: lastError?.code };
      };
      const fine = { message: undefined, code: undefined };
      await store.tokens.save(token(), 'any');
      expect(await seen(1)).to.deep.equal({ ...fine, state: 'valid' });
      expect(await seen(81)).to.deep.equal({ ...fine, state: 'expiring', message: 'Sign in again soon.' });
      await store.tokens.save(token({ refreshExpiresAt: new Date(issued + 365 * day) }), 'any');
      expect(await seen(81)).to.deep.equal({ ...fine, state: 'valid' });
      expect(await seen(356)).to.include({ state: 'expiring' });

      const busy = { ...ended, kind: 'busy', code: 'slow_down', retryAt: later(1_000).toISOString() } as const;
      expect(await store.tokens.failed(...at, 1, busy)).to.equal(false);
      expect(await store.tokens.failed(...at, 2, busy)).to.equal(true);
      expect(await seen(1)).to.deep.equal({ ...fine, state: 'retrying', code: 'slow_down' });
      expect((await other.tokens.get(...at))?.lastError).to.deep.equal(busy);
      await store.tokens.save(token(), 2);
      expect(await seen(1)).to.deep.equal({ ...fine, state: 'valid' });
      await store.tokens.requireReconnect(...at, 3, ended);
      expect(await seen(1)).to.deep.equal({
        state: 'reconnect-required',
        message: 'Ask the help desk.',
        code: 'invalid_grant',
      });
      const { refreshToken: _, ...once } = token({ expiresAt: new Date(issued + day) });
      await store.tokens.save(once, 'any');
      expect(await seen(0)).to.include({ state: 'expiring' });
      expect(await seen(2)).to.include({ state: 'reconnect-required' });
      await store.tokens.save(token(), 'any');
      await store.tokens.lease(...at, 5, 'node', 60_000);
      const [refreshing] = await other.tokens.list();
      expect(refreshing?.state).to.equal('refreshing');
    });

    it('keeps the failure of a first request for the other nodes, until there is a token', async () => {
      await store.tokens.lease(...at, 0, 'a', 30_000);
      expect(await store.tokens.failed(...at, 0, ended)).to.equal(true);
      expect(await other.tokens.lastError(...at)).to.deep.equal(ended);
      expect(await other.tokens.list()).to.deep.equal([]);
      await store.tokens.save(token(), 0);
      expect(await other.tokens.lastError(...at)).to.equal(undefined);
      expect(await other.tokens.get(...at)).to.not.have.property('lastError');
    });

    it('finds the tokens whose refresh token would die unused, and leaves those that may not be tried yet', async () => {
      await store.resourceTypes.save(resourceType({ refreshTokenExpirationDays: 100 }));
      await store.resources.save(resource());
      const day = 24 * 3_600_000;
      const dayOf = (days: number) => new Date(token().issuedAt.getTime() + days * day);
      const idle = async (days: number) => (await other.tokens.idle(dayOf(days))).map(({ credential }) => credential);
      await store.tokens.save(token(), 'any');
      await store.tokens.save(token({ credential: 'user:soon', refreshExpiresAt: dayOf(8) }), 'any');
      const { refreshToken: _, ...once } = token({ credential: 'user:once' });
      await store.tokens.save(once, 'any');
      expect(await idle(5)).to.deep.equal([]);
      expect(await idle(6)).to.deep.equal(['user:soon']);
      expect(await idle(75)).to.have.members(['user:ada', 'user:soon']);
      await store.tokens.failed('user:ada', 'SalesforceProduction', 1, { ...ended, retryAt: dayOf(76).toISOString() });
      await store.tokens.requireReconnect('user:soon', 'SalesforceProduction', 1, ended);
      expect(await idle(75)).to.deep.equal([]);
      expect(await idle(76)).to.deep.equal(['user:ada']);
    });

    it('keeps a revoked token for its provider to be told, and gives it to nobody else', async () => {
      await store.tokens.save(token(), 'any');
      const revoked = await store.tokens.revoke(...at);
      expect(revoked?.refreshToken?.reveal()).to.equal('refresh-1');
      expect(await store.tokens.revoke(...at)).to.equal(undefined);
      expect(await other.tokens.get(...at)).to.equal(undefined);
      expect((await other.tokens.list()).map(({ state }) => state)).to.deep.equal(['revoked']);
      expect(await other.tokens.save(token(), 1), 'a refresh that was under way').to.equal(undefined);
      expect((await other.tokens.revoked(now)).map(({ generation }) => generation)).to.deep.equal([1]);
      await store.tokens.failed(...at, 1, { ...ended, retryAt: later(1_000).toISOString() });
      expect(await other.tokens.revoked(now)).to.deep.equal([]);
      expect(await other.tokens.revoked(later(1_000))).to.have.length(1);
      expect(await store.tokens.forgetRevoked(...at, 1)).to.equal(true);
      expect(await other.tokens.list()).to.deep.equal([]);
      await store.tokens.save(token(), 0);
      await store.tokens.revoke(...at);
      expect((await other.tokens.save(token(), 'any'))?.generation, 'a new consent').to.equal(3);
      expect(await store.tokens.forgetRevoked(...at, 2)).to.equal(false);
    });

    it('never numbers two tokens alike when consents and refreshes meet', async () => {
      await store.tokens.save(token(), 'any');
      const generations: number[] = [];
      for (let round = 0; round < 10; round++) {
        const generation = (await store.tokens.get(...at))?.generation ?? 0;
        const saves = await Promise.all([store.tokens.save(token(), 'any'), other.tokens.save(token(), generation)]);
        generations.push(...saves.flatMap((saved) => (saved === undefined ? [] : [saved.generation])));
      }
      expect(new Set(generations).size).to.equal(generations.length);
    });

    it('deletes the tokens and consents of a resource with it', async () => {
      await store.resources.save(resource());
      await store.tokens.save(token(), 'any');
      await store.authorizations.save(transaction());
      await store.resources.delete('SalesforceProduction');
      expect(await store.tokens.get(...at)).to.equal(undefined);
      expect(await store.authorizations.take('state-1', now)).to.equal(undefined);
    });

    it('keeps the tokens of a deleted user for their providers to be told, and gives them to nobody', async () => {
      await store.users.save({ kind: 'User', name: 'ada', roles: ['user'] });
      await store.tokens.save(token(), 'any');
      await store.tokens.save(token({ credential: 'user:eve' }), 'any');
      await store.users.delete('ada');
      const states = (await store.tokens.list()).map(({ credential, state }) => `${credential} ${state}`);
      expect(states).to.have.members(['user:ada revoked', 'user:eve valid']);
      expect(await store.tokens.get('user:ada', at[1])).to.equal(undefined);
      expect((await store.tokens.revoked(now)).map(({ credential }) => credential)).to.deep.equal(['user:ada']);
    });
  });

  describe('consents under way', () => {
    let store: OpenedStore;
    beforeEach(async () => {
      store = await place().open();
    });

    it('are taken exactly once, whichever node asks', async () => {
      const other = await place().open();
      await store.authorizations.save(transaction());
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : other).authorizations.take('state-1', now)),
      );
      const [found, ...more] = taken.filter((one) => one !== undefined);
      expect(more).to.deep.equal([]);
      expect(found?.codeVerifier?.reveal()).to.equal('verifier-1');
      expect({ ...found, codeVerifier: undefined }).to.deep.equal({ ...transaction(), codeVerifier: undefined });
    });

    it('are not given back when they are expired, and are gone then', async () => {
      await store.authorizations.save(transaction({ expiresAt: now }));
      expect(await store.authorizations.take('state-1', now)).to.equal(undefined);
      expect(await store.authorizations.take('state-1', later(-1_000))).to.equal(undefined);
    });

    it('are removed by the expired ones being deleted', async () => {
      await store.authorizations.save(transaction({ expiresAt: later(-1) }));
      await store.authorizations.save(transaction({ id: 'state-2', expiresAt: later(1) }));
      expect(await store.authorizations.deleteExpired(now)).to.equal(1);
      expect((await store.authorizations.take('state-2', now))?.id).to.equal('state-2');
    });

    it('do not start twice with one state', async () => {
      await store.authorizations.save(transaction());
      await rejection(store.authorizations.save(transaction({ session: 'other' })), 'CONFLICT');
      expect((await store.authorizations.take('state-1', now))?.session).to.equal('session-1');
    });
  });
}

const transaction = (changes: Partial<AuthorizationTransaction> = {}): AuthorizationTransaction => ({
  id: 'state-1',
  credential: 'user:ada',
  resource: 'SalesforceProduction',
  resourceVersion: 1,
  issuer: 'https://login.example',
  tokenEndpoint: 'https://login.example/token',
  redirectUri: 'http://localhost/identity/token/oauth/2',
  codeVerifier: new Secret('verifier-1'),
  session: 'session-1',
  scope: 'api',
  openerOrigin: 'https://forms.example',
  expiresAt: later(60_000),
  ...changes,
});
