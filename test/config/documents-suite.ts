import { expect } from 'chai';
import { storedSecret } from '../../config/model/stored-secret.js';
import type { OpenedStore } from '../../config/store/index.js';
import { rejection } from '../support/rejection.js';
import type { Place } from './place.js';
import { description, instance, resource, resourceType, smartObject } from './samples.js';

export function documentsSuite(place: () => Place): void {
  describe('documents', () => {
    let store: OpenedStore;
    beforeEach(async () => {
      store = await place().open();
    });

    it('gives back what was saved, with its version counting up', async () => {
      const saved = await store.instances.save(instance());
      expect(saved).to.include({ version: 1, changed: true });
      const again = await store.instances.save(instance({ displayName: 'The CRM' }));
      expect(again.version).to.equal(2);
      expect((await store.instances.get('CRM'))?.document).to.deep.equal(instance({ displayName: 'The CRM' }));
      expect(await store.instances.get('Other')).to.equal(undefined);
    });

    it('writes nothing when the document is the same, in whatever order its members stand', async () => {
      await store.instances.save(instance({ keys: { a: 1, b: 2 } }));
      const before = await store.revision();
      const same = await store.instances.save(instance({ keys: { b: 2, a: 1 } }));
      expect(same).to.include({ version: 1, changed: false });
      expect(await store.revision()).to.equal(before);
    });

    it('lists by name, by code point', async () => {
      for (const name of ['b', 'C', 'a', 'B', 'ä']) await store.instances.save(instance({ name }));
      const names = (await store.instances.list()).map(({ document }) => document.name);
      expect(names).to.deep.equal(['B', 'C', 'a', 'b', 'ä']);
    });

    it('refuses a save over another version than the expected one', async () => {
      await store.instances.save(instance(), 0);
      await store.instances.save(instance({ displayName: 'Mine' }), 1);
      const stale = await rejection(
        store.instances.save(instance({ displayName: 'Theirs' }), 1),
        'PRECONDITION_FAILED',
      );
      expect(stale.message).to.contain('has version 2, not 1');
      expect((await rejection(store.instances.save(instance(), 0), 'PRECONDITION_FAILED')).message).to.contain(
        'exists already',
      );
      const gone = await rejection(store.instances.save(instance({ name: 'New' }), 3), 'PRECONDITION_FAILED');
      expect(gone.message).to.contain('is not stored any more');
      expect((await store.instances.get('CRM'))?.document.displayName).to.equal('Mine');
    });

    it('lets one of two nodes that change the same version win', async () => {
      const other = await place().open();
      await store.instances.save(instance());
      const outcomes = await Promise.allSettled(
        [store, other, store, other].map((node, index) =>
          node.instances.save(instance({ displayName: `By ${index}` }), 1),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect((await other.instances.get('CRM'))?.version).to.equal(2);
    });

    it('lets one of two nodes that create the same name win', async () => {
      const other = await place().open();
      const outcomes = await Promise.allSettled([store, other].map((node) => node.instances.save(instance(), 0)));
      expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    });

    it('says whether a delete found something', async () => {
      await store.instances.save(instance());
      expect(await store.instances.delete('CRM')).to.equal(true);
      expect(await store.instances.delete('CRM')).to.equal(false);
      expect(await store.instances.get('CRM')).to.equal(undefined);
    });

    it('deletes the description and SmartObjects of an instance with it', async () => {
      await store.instances.save(instance());
      await store.descriptions.save('CRM', description());
      await store.smartObjects.replace('CRM', [smartObject('Contact')]);
      await store.instances.delete('CRM');
      expect(await store.descriptions.summary('CRM')).to.equal(undefined);
      expect(await store.descriptions.method('CRM', 'Contact', 'Read')).to.equal(undefined);
      expect(await store.smartObjects.get('Contact')).to.equal(undefined);
      expect(await store.smartObjects.method('Contact', 'Read')).to.equal(undefined);
    });

    it('keeps a password hash beside its user, and the password nowhere', async () => {
      await store.users.save({ kind: 'User', name: 'ada', roles: ['admin'], password: 'never-stored' });
      await store.users.setPasswordHash('ada', '$scrypt$1');
      await store.users.save({ kind: 'User', name: 'ada', roles: ['user'], password: storedSecret });
      expect(await store.users.passwordHash('ada')).to.equal('$scrypt$1');
      expect((await store.users.get('ada'))?.document).to.deep.equal({ kind: 'User', name: 'ada', roles: ['user'] });
      expect(await store.users.count()).to.equal(1);
      await rejection(store.users.setPasswordHash('eve', '$scrypt$2'), 'NOT_FOUND');
    });

    it('finds an API key by its hash, until it has another', async () => {
      await store.apiKeys.save({ kind: 'ApiKey', name: 'k', roles: ['user'], actsAs: { serviceAccount: 'batch' } });
      await store.apiKeys.setHash('k', 'one');
      expect((await store.apiKeys.findByHash('one'))?.name).to.equal('k');
      await store.apiKeys.setHash('k', 'two');
      expect(await store.apiKeys.findByHash('one')).to.equal(undefined);
      await store.apiKeys.save({ kind: 'ApiKey', name: 'other', roles: ['user'], actsAs: { user: 'ada' } });
      await rejection(store.apiKeys.setHash('other', 'two'), 'CONFLICT');
    });

    it('leaves nothing of a deleted user to the next one of that name', async () => {
      const expiresAt = new Date(Date.now() + 60_000);
      const user = { kind: 'User', name: 'ada', roles: ['user'] } as const;
      await store.users.save(user);
      await store.users.setPasswordHash('ada', '$scrypt$1');
      await store.sessions.save({ id: 's', user: 'ada', expiresAt });
      await store.sessions.saveSignInToken('t', 'ada', expiresAt);
      await store.users.delete('ada');
      await store.users.save(user);
      expect(await store.users.passwordHash('ada')).to.equal(undefined);
      expect(await store.sessions.get('s')).to.equal(undefined);
      expect(await store.sessions.takeSignInToken('t', new Date())).to.equal(undefined);
    });

    it('keeps names of other scripts, quotes and wildcards as they are', async () => {
      const strange = instance({ name: 'Größe', displayName: `%_'"\\ 名前 \u0000 \u{1F600}` });
      await store.instances.save(strange);
      expect((await store.instances.get('Größe'))?.document).to.deep.equal(strange);
    });

    it('has resource types and resources', async () => {
      await store.resourceTypes.save(resourceType());
      await store.resources.save(resource());
      expect((await store.resources.reveal('SalesforceProduction'))?.document).to.deep.equal(resource());
      expect((await store.resourceTypes.list()).map(({ document }) => document.name)).to.deep.equal(['Salesforce']);
    });
  });
}
