import { expect } from 'chai';
import type { AuditEntry, OpenedStore } from '../../config/store/index.js';
import { rejection } from '../support/rejection.js';
import type { Place } from './place.js';
import { description, instance, smartObject } from './samples.js';

const now = new Date('2030-06-01T12:00:00Z');
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

export function recordsSuite(place: () => Place): void {
  describe('sessions', () => {
    let store: OpenedStore;
    beforeEach(async () => {
      store = await place().open();
    });

    it('are kept until they are deleted', async () => {
      await store.sessions.save({ id: 's', user: 'ada', expiresAt: now });
      await store.sessions.save({ id: 's', user: 'ada', expiresAt: later(5_000) });
      expect(await store.sessions.get('s')).to.deep.equal({ id: 's', user: 'ada', expiresAt: later(5_000) });
      await store.sessions.delete('s');
      expect(await store.sessions.get('s')).to.equal(undefined);
    });

    it('end all together for one user', async () => {
      await store.sessions.save({ id: 'a', user: 'ada', expiresAt: now });
      await store.sessions.save({ id: 'e', user: 'eve', expiresAt: now });
      await store.sessions.deleteOfUser('ada');
      expect([await store.sessions.get('a'), (await store.sessions.get('e'))?.id]).to.deep.equal([undefined, 'e']);
    });

    it('are deleted when they are expired', async () => {
      await store.sessions.save({ id: 'old', user: 'ada', expiresAt: now });
      await store.sessions.save({ id: 'new', user: 'ada', expiresAt: later(1) });
      expect(await store.sessions.deleteExpired(now)).to.equal(1);
      expect((await store.sessions.get('new'))?.id).to.equal('new');
    });

    it('begin once with a one-time sign-in token, whichever node asks', async () => {
      const other = await place().open();
      await store.sessions.saveSignInToken('t', 'ada', later(1_000));
      const users = await Promise.all(
        [store, other, store, other].map((node) => node.sessions.takeSignInToken('t', now)),
      );
      expect(users.filter((user) => user !== undefined)).to.deep.equal(['ada']);
      await store.sessions.saveSignInToken('expired', 'ada', now);
      expect(await store.sessions.takeSignInToken('expired', now)).to.equal(undefined);
    });
  });

  describe('the audit trail', () => {
    const entry = (minute: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
      at: later(minute * 60_000).toISOString(),
      actor: 'ada',
      action: 'resource.saved',
      subject: 'Salesforce',
      outcome: 'done',
      ...changes,
    });

    it('takes many entries at once', async () => {
      const store = await place().open();
      await store.audit.append(entry(0), ...Array.from({ length: 1_200 }, (_, index) => entry(index + 1)));
      expect(await store.audit.list({ limit: 5_000 })).to.have.length(1_000);
      expect((await store.audit.list({ limit: 1 }))[0]).to.deep.equal(entry(1_200));
    });

    it('is listed newest first, by actor, action, subject and time', async () => {
      const store = await place().open();
      const entries = [
        entry(1),
        entry(2, { actor: 'eve', details: { fields: ['a'] } }),
        entry(3, { action: 'token.deleted' }),
      ];
      for (const one of entries) await store.audit.append(one);
      expect(await store.audit.list({})).to.deep.equal([...entries].reverse());
      expect(await store.audit.list({ actor: 'eve' })).to.deep.equal([entries[1]]);
      expect(await store.audit.list({ action: 'token.deleted', subject: 'Salesforce' })).to.deep.equal([entries[2]]);
      expect(await store.audit.list({ before: later(3 * 60_000).toISOString(), limit: 1 })).to.deep.equal([entries[1]]);
      await rejection(store.audit.list({ before: 'yesterday' }), 'REQUEST_INVALID');
    });
  });

  describe('transactions and the revision', () => {
    let store: OpenedStore;
    beforeEach(async () => {
      store = await place().open();
    });

    it('keep all of a transaction or nothing', async () => {
      const before = await store.revision();
      const failing = store.transaction(async (inner) => {
        await inner.instances.save(instance());
        await inner.descriptions.save('CRM', description());
        await inner.smartObjects.replace('CRM', [smartObject('Contact')]);
        expect((await inner.instances.get('CRM'))?.version).to.equal(1);
        throw new Error('stop');
      });
      expect(await failing.catch((error: unknown) => error)).to.have.property('message', 'stop');
      expect(await store.instances.get('CRM')).to.equal(undefined);
      expect(await store.descriptions.summary('CRM')).to.equal(undefined);
      expect(await store.smartObjects.get('Contact')).to.equal(undefined);
      expect(await store.revision()).to.equal(before);
    });

    it('give the result of their work, and show it to other nodes after that only', async () => {
      const other = await place().open();
      const version = await store.transaction(async (inner) => {
        const saved = await inner.instances.save(instance());
        expect(await other.instances.get('CRM')).to.equal(undefined);
        expect(await store.instances.get('CRM')).to.equal(undefined);
        return saved.version;
      });
      expect(version).to.equal(1);
      expect((await other.instances.get('CRM'))?.version).to.equal(1);
    });

    it('refuse another transaction inside, which would wait for ever', async () => {
      const nested = store.transaction(() => store.instances.save(instance()));
      expect((await rejection(nested, 'INTERNAL')).message).to.contain('use the store that it hands to its work');
      await store.transaction((inner) => inner.transaction((innermost) => innermost.instances.save(instance())));
      expect((await store.instances.get('CRM'))?.version).to.equal(1);
    });

    it('lose nothing when many tasks of two nodes change the same at once', async () => {
      const other = await place().open();
      const before = await store.revision();
      const names = Array.from({ length: 20 }, (_, index) => `I${index}`);
      await Promise.all(
        names.map((name, index) => (index % 2 === 0 ? store : other).instances.save(instance({ name }))),
      );
      expect(await store.instances.list()).to.have.length(20);
      expect(await other.revision()).to.equal(before + 20);
    });

    it('answer a ping until the store is closed, and then say that it is', async () => {
      await store.ping();
      await store.close();
      await rejection(store.ping(), 'STORE_UNAVAILABLE');
    });
  });
}
