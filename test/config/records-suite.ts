import { expect } from 'chai';
import type { AuditEntry, AuditQuery, CallQuery, CallRecord, OpenedStore } from '../../config/store/index.js';
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
      expect((await store.audit.list({ limit: 5_000 })).items).to.have.length(1_000);
      expect((await store.audit.list({ limit: 1 })).items[0]).to.deep.equal(entry(1_200));
    });

    it('is listed newest first, by actor, action, subject and time', async () => {
      const store = await place().open();
      const entries = [
        entry(1),
        entry(2, { actor: 'eve', details: { fields: ['a'] } }),
        entry(3, { action: 'token.deleted' }),
      ];
      for (const one of entries) await store.audit.append(one);
      expect((await store.audit.list({})).items).to.deep.equal([...entries].reverse());
      expect((await store.audit.list({ actor: 'eve' })).items).to.deep.equal([entries[1]]);
      expect((await store.audit.list({ action: 'token.deleted', subject: 'Salesforce' })).items).to.deep.equal([
        entries[2],
      ]);
      expect((await store.audit.list({ before: later(3 * 60_000).toISOString(), limit: 1 })).items).to.deep.equal([
        entries[1],
      ]);
      await rejection(store.audit.list({ before: 'yesterday' }), 'REQUEST_INVALID');
    });

    it('is listed by outcome and by how an action or subject begins, case told apart', async () => {
      const store = await place().open();
      const entries = [
        entry(1, { action: 'token.connected', subject: 'crm user:ada' }),
        entry(2, { action: 'token.deleted', subject: 'crm user:eve', outcome: 'failed' }),
        entry(3, { action: 'Token.deleted', subject: 'c%m user:ada' }),
      ];
      for (const one of entries) await store.audit.append(one);
      const actions = async (query: AuditQuery) => (await store.audit.list(query)).items.map(({ at }) => at);
      const at = (...minutes: number[]) => minutes.map((minute) => entry(minute).at);
      expect(await actions({ action: 'token.*' })).to.deep.equal(at(2, 1));
      expect(await actions({ subject: 'c%m*' })).to.deep.equal(at(3));
      expect(await actions({ action: 'token.*', subject: 'crm*', outcome: 'failed' })).to.deep.equal(at(2));
      expect(await actions({ since: entry(2).at, before: entry(3).at })).to.deep.equal(at(2));
    });

    it('gives every entry once, page by page, also those of one moment and while others are added', async () => {
      const store = await place().open();
      const given = Array.from({ length: 25 }, (_, index) => entry(Math.floor(index / 10), { subject: `s${index}` }));
      const [first, ...more] = given;
      if (first !== undefined) await store.audit.append(first, ...more);
      const subjects: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.audit.list({ limit: 4, ...(cursor === undefined ? {} : { cursor }) });
        subjects.push(...page.items.map(({ subject }) => subject));
        cursor = page.next;
        await store.audit.append(entry(100));
      } while (cursor !== undefined);
      expect(subjects).to.deep.equal(given.map(({ subject }) => subject).reverse());
      await rejection(store.audit.list({ cursor: "' OR 1=1" }), 'REQUEST_INVALID');
    });
  });

  describe('the recent calls', () => {
    const call = (minute: number, changes: Partial<CallRecord> = {}): CallRecord => ({
      at: later(minute * 60_000).toISOString(),
      object: 'Contact',
      method: 'List',
      instance: 'CRM',
      actor: 'ada',
      credential: 'user:ada',
      status: 200,
      ms: 12,
      ...changes,
    });

    it('are listed newest first, by each of their names and by outcome', async () => {
      const store = await place().open();
      const { instance: _, ...unresolved } = call(3, { object: 'Gone', status: 404, code: 'NOT_FOUND' });
      const calls = [
        call(1),
        call(2, { method: 'Read', actor: 'eve', status: 504, code: 'UPSTREAM_TIMEOUT' }),
        unresolved,
      ];
      await store.calls.append(calls);
      const list = async (query: CallQuery) => (await store.calls.list(query)).items;
      expect(await list({})).to.deep.equal([...calls].reverse());
      expect(await list({ outcome: 'failed' })).to.deep.equal([calls[2], calls[1]]);
      expect(await list({ outcome: 'done' })).to.deep.equal([calls[0]]);
      expect(await list({ outcome: 'done', code: 'NOT_FOUND' })).to.deep.equal([]);
      expect(await list({ code: 'UPSTREAM_TIMEOUT', object: 'Contact', method: 'Read', actor: 'eve' })).to.have.length(
        1,
      );
      expect(await list({ instance: 'CRM', before: call(2).at })).to.deep.equal([calls[0]]);
      expect(await list({ since: call(3).at })).to.deep.equal([calls[2]]);
    });

    it('are all kept when the name that one of them asked for cannot be stored as it is', async () => {
      const store = await place().open();
      await store.calls.append([
        call(1),
        call(2, { object: 'Con\0tact', method: '\0', status: 404, code: 'NOT_FOUND' }),
      ]);
      expect((await store.calls.list({})).items.map(({ object, method }) => [object, method])).to.deep.equal([
        ['Con\ufffdtact', '\ufffd'],
        ['Contact', 'List'],
      ]);
    });

    it('are given page by page, each once', async () => {
      const store = await place().open();
      await store.calls.append(Array.from({ length: 1_200 }, (_, index) => call(index, { ms: index })));
      const first = await store.calls.list({ limit: 1_000 });
      const second = await store.calls.list({ limit: 1_000, cursor: first.next ?? '' });
      expect([...first.items, ...second.items].map(({ ms }) => ms)).to.deep.equal(
        Array.from({ length: 1_200 }, (_, index) => 1_199 - index),
      );
      expect(second).not.to.have.property('next');
      await rejection(store.calls.list({ cursor: 'x' }), 'REQUEST_INVALID');
    });

    it('are kept up to a number and for a time', async () => {
      const store = await place().open();
      await store.calls.append(Array.from({ length: 10 }, (_, index) => call(index, { ms: index })));
      const kept = async () => (await store.calls.list({})).items.map(({ ms }) => ms);
      await store.calls.trim({ kept: 4, before: later(0) });
      expect(await kept()).to.deep.equal([9, 8, 7, 6]);
      await store.calls.trim({ kept: 100, before: later(8 * 60_000) });
      expect(await kept()).to.deep.equal([9, 8]);
      expect(await store.calls.clear()).to.equal(2);
      expect(await kept()).to.deep.equal([]);
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
