import { expect } from 'chai';
import { compareDescriptions } from '../../config/model/description-difference.js';
import type { Description } from '../../config/model/service-object.js';
import { archived, fromArchive } from '../../config/store/descriptions/archive.js';
import { KEPT_VERSIONS } from '../../config/store/descriptions/versions.js';
import type { OpenedStore } from '../../config/store/index.js';
import { rejection } from '../support/rejection.js';
import type { Place } from './place.js';
import { description, serviceMethod, smartObject } from './samples.js';

export function descriptionsSuite(place: () => Place): void {
  describe('descriptions', () => {
    let store: OpenedStore;
    beforeEach(async () => {
      store = await place().open();
    });

    it('gives back a whole description as it was saved, in its order', async () => {
      const summary = await store.descriptions.save('CRM', description());
      expect(summary).to.deep.include({
        instance: 'CRM',
        title: 'CRM',
        serviceObjects: 2,
        methods: 3,
        types: 4,
        operations: 3,
      });
      expect(summary.diagnostics).to.have.length(1);
      expect(await store.descriptions.summary('CRM')).to.deep.equal(summary);
      const loaded = await store.descriptions.load('CRM');
      expect(JSON.stringify(loaded)).to.equal(JSON.stringify(description()));
      expect(await store.descriptions.load('Other')).to.equal(undefined);
    });

    it('hashes the same description to the same value, whatever the order of its members', async () => {
      const { hash } = await store.descriptions.save('CRM', description());
      const reversed = Object.fromEntries(Object.entries(description()).reverse()) as unknown as Description;
      expect((await store.descriptions.save('Other', reversed)).hash).to.equal(hash);
      expect((await store.descriptions.save('Other', description({ operations: 4 }))).hash).to.not.equal(hash);
      expect(hash).to.match(/^[0-9a-f]{64}$/);
    });

    it('loads one method by name', async () => {
      await store.descriptions.save('CRM', description());
      await store.descriptions.save('Other', description({ serviceObjects: [] }));
      expect(await store.descriptions.method('CRM', 'Contact', 'Read')).to.deep.equal(serviceMethod('Read'));
      expect(await store.descriptions.method('CRM', 'Contact', 'read')).to.equal(undefined);
      expect(await store.descriptions.method('Other', 'Contact', 'Read')).to.equal(undefined);
    });

    it('loads named types with all that they refer to, and no others', async () => {
      await store.descriptions.save('CRM', description());
      const types = await store.descriptions.types('CRM', ['Contact', 'Missing', 'Contact']);
      expect(Object.keys(types).sort()).to.deep.equal(['Address', 'Contact', 'Country']);
      expect(types.Contact).to.deep.equal(description().types.Contact);
      expect(await store.descriptions.types('CRM', [])).to.deep.equal({});
      expect(await store.descriptions.types('Other', ['Contact'])).to.deep.equal({});
    });

    it('keeps types with names that mean something to JavaScript', async () => {
      const types: Description['types'] = JSON.parse(
        '{"__proto__":{"type":"string"},"constructor":{"$ref":"#/types/__proto__"}}',
      );
      await store.descriptions.save('CRM', description({ types }));
      const loaded = await store.descriptions.types('CRM', ['constructor']);
      expect(Object.keys(loaded).sort()).to.deep.equal(['__proto__', 'constructor']);
    });

    it('replaces the former description whole', async () => {
      await store.descriptions.save('CRM', description());
      await store.descriptions.save('CRM', description({ serviceObjects: [], types: { Only: true } }));
      expect(await store.descriptions.method('CRM', 'Contact', 'Read')).to.equal(undefined);
      expect(await store.descriptions.types('CRM', ['Contact', 'Only'])).to.deep.equal({ Only: true });
      expect(await place().dump()).to.be.a('string');
    });

    it('shows a reader the former or the new description, never a mixture', async () => {
      const other = await place().open();
      const numbered = (version: string): Description =>
        description({
          version,
          types: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`T${i}`, { title: version }])),
        });
      await store.descriptions.save('CRM', numbered('0'));
      const writing = (async () => {
        for (let i = 1; i <= 5; i++) await store.descriptions.save('CRM', numbered(String(i)));
      })();
      for (let i = 0; i < 10; i++) {
        const loaded = await other.descriptions.load('CRM');
        const versions = new Set(
          Object.values(loaded?.types ?? {}).map((type) => typeof type === 'object' && type.title),
        );
        expect([...versions]).to.deep.equal([loaded?.version]);
        expect(Object.keys(loaded?.types ?? {})).to.have.length(300);
      }
      await writing;
    });

    it('saves 22,000 methods and 5,000 types, and then loads one method and its types', async function () {
      this.timeout(120_000);
      const types = Object.fromEntries(
        Array.from({ length: 5_000 }, (_, i) => [
          `T${i}`,
          { properties: { next: { $ref: `#/types/T${i + (i % 10 < 9 ? 1 : 0)}` } } },
        ]),
      );
      const methods = Array.from({ length: 44 }, (_, m) => serviceMethod(`M${m}`));
      const serviceObjects = Array.from({ length: 500 }, (_, o) => ({
        name: `O${o}`,
        displayName: `O${o}`,
        properties: [],
        methods,
      }));
      const summary = await store.descriptions.save('Large', description({ serviceObjects, types }));
      expect(summary).to.include({ methods: 22_000, types: 5_000 });
      expect(await store.descriptions.method('Large', 'O499', 'M43')).to.deep.equal(serviceMethod('M43'));
      expect(Object.keys(await store.descriptions.types('Large', ['T4990']))).to.have.length(10);
      expect(Object.keys(await store.descriptions.types('Large', Object.keys(types)))).to.have.length(5_000);
    });

    describe('versions', () => {
      const numbered = (version: string) => description({ version });

      it('keep every description that was there, with who brought it and what it changed', async () => {
        const second = description({ version: '2', types: { ...description().types, New: {} }, serviceObjects: [] });
        const difference = compareDescriptions(description(), second);
        await store.descriptions.save('CRM', description(), { by: 'ada' });
        await store.descriptions.save('CRM', second, { by: 'bob', difference });
        await store.descriptions.save('Other', numbered('9'));
        const [newest, oldest, ...more] = await store.descriptions.versions('CRM');
        expect(more).to.deep.equal([]);
        expect(newest).to.include({ version: 2, current: true, by: 'bob', serviceVersion: '2', serviceObjects: 0 });
        expect(newest?.changes).to.deep.equal({ impact: 'breaking', breaking: 2, warning: 0, additive: 1, none: 0 });
        expect(oldest).to.include({ version: 1, current: false, by: 'ada', serviceVersion: '1.0', methods: 3 });
        expect(oldest).to.not.have.property('changes');
        const whole = await store.descriptions.version('CRM', 2);
        expect(whole?.differences).to.deep.equal(difference.changes);
        expect(await (await store.descriptions.version('CRM', 1))?.load()).to.deep.equal(description());
        expect(await whole?.load()).to.deep.equal(second);
        expect(await store.descriptions.version('CRM', 3)).to.equal(undefined);
      });

      it('keep the order of members, odd names and odd characters', async () => {
        const odd = description({
          title: 'line\nbreak \u2028 \ud83d\ude00',
          types: JSON.parse('{"__proto__":{"type":"string"},"b":{},"a":{}}'),
        });
        await store.descriptions.save('CRM', odd);
        const loaded = await (await store.descriptions.version('CRM', 1))?.load();
        expect(loaded?.title).to.equal(odd.title);
        expect(JSON.stringify(loaded?.types)).to.equal(JSON.stringify(odd.types));
        expect(JSON.stringify(loaded?.serviceObjects)).to.equal(JSON.stringify(odd.serviceObjects));
      });

      it('do not grow when nothing has changed, but for the time', async () => {
        const first = await store.descriptions.save('CRM', description());
        const before = await store.revision();
        await new Promise((resolve) => setTimeout(resolve, 2));
        const again = await store.descriptions.save('CRM', description());
        expect(again.hash).to.equal(first.hash);
        expect(again.describedAt).to.not.equal(first.describedAt);
        expect((await store.descriptions.summary('CRM'))?.describedAt).to.equal(again.describedAt);
        expect(await store.descriptions.versions('CRM')).to.have.length(1);
        expect(await store.revision()).to.equal(before);
      });

      it(`are forgotten when they are more than ${KEPT_VERSIONS}`, async () => {
        for (let version = 1; version <= KEPT_VERSIONS + 3; version++)
          await store.descriptions.save('CRM', numbered(String(version)));
        const versions = (await store.descriptions.versions('CRM')).map(({ version }) => version);
        expect(versions).to.deep.equal(Array.from({ length: KEPT_VERSIONS }, (_, index) => KEPT_VERSIONS + 3 - index));
        expect(await store.descriptions.version('CRM', 3)).to.equal(undefined);
      });

      it('go when the description goes', async () => {
        await store.descriptions.save('CRM', description());
        await store.descriptions.delete('CRM');
        expect(await store.descriptions.versions('CRM')).to.deep.equal([]);
        await store.descriptions.save('CRM', numbered('2'));
        expect((await store.descriptions.versions('CRM')).map(({ version }) => version)).to.deep.equal([1]);
      });

      it('take little room', async function () {
        this.timeout(60_000);
        const methods = Array.from({ length: 100 }, (_, m) => serviceMethod(`M${m}`));
        const objects = Array.from({ length: 100 }, (_, o) => ({
          ...description().serviceObjects[1],
          name: `O${o}`,
          methods,
        }));
        const large = description({ serviceObjects: objects as Description['serviceObjects'] });
        const archive = await archived(large);
        expect(JSON.stringify(large).length).to.be.greaterThan(2_000_000);
        expect(archive.length).to.be.lessThan(JSON.stringify(large).length / 10);
        expect(await fromArchive(archive)).to.deep.equal(large);
      });
    });

    it('counts a save and a delete in the revision', async () => {
      const before = await store.revision();
      await store.descriptions.save('CRM', description());
      await store.descriptions.delete('CRM');
      await store.descriptions.delete('CRM');
      expect(await store.revision()).to.equal(before + 2);
    });
  });

  describe('SmartObjects', () => {
    let store: OpenedStore;
    beforeEach(async () => {
      store = await place().open();
      await store.smartObjects.replace('CRM', [
        smartObject('Contact', { displayName: 'Business contact' }),
        smartObject('Account', { displayName: '100 % Ärger', description: 'Of a customer' }),
      ]);
    });

    it('gives back an object whole, and one method alone', async () => {
      const contact = smartObject('Contact', { displayName: 'Business contact' });
      expect(await store.smartObjects.get('Contact')).to.deep.equal(contact);
      expect(await store.smartObjects.method('Contact', 'List')).to.deep.equal({
        instance: 'CRM',
        method: contact.methods[1],
      });
      expect(await store.smartObjects.method('Contact', 'Missing')).to.equal(undefined);
      expect(await store.smartObjects.get('Missing')).to.equal(undefined);
    });

    it('replaces the objects of one instance and leaves the others', async () => {
      await store.smartObjects.replace('ERP', [smartObject('Order', { instance: 'ERP' })]);
      await store.smartObjects.replace('CRM', [smartObject('Lead')]);
      expect((await store.smartObjects.ofInstance('CRM')).map(({ name }) => name)).to.deep.equal(['Lead']);
      expect(await store.smartObjects.ofInstance('ERP')).to.deep.equal([smartObject('Order', { instance: 'ERP' })]);
      expect(await store.smartObjects.method('Contact', 'Read')).to.equal(undefined);
    });

    it('refuses a name that another instance has, and keeps what was there', async () => {
      const refused = await rejection(
        store.smartObjects.replace('ERP', [
          smartObject('Order', { instance: 'ERP' }),
          smartObject('Contact', { instance: 'ERP' }),
        ]),
        'CONFLICT',
      );
      expect(refused.message).to.contain('"Contact" belongs to service instance "CRM"');
      expect(await store.smartObjects.get('Order')).to.equal(undefined);
      expect((await store.smartObjects.get('Contact'))?.instance).to.equal('CRM');
    });

    it('lists summaries by name, with paging and the total', async () => {
      const all = await store.smartObjects.list();
      expect(all.total).to.equal(2);
      expect(all.items[0]).to.deep.equal({
        name: 'Account',
        displayName: '100 % Ärger',
        description: 'Of a customer',
        category: 'CRM',
        instance: 'CRM',
        methods: [
          { name: 'Read', displayName: 'Read', kind: 'read' },
          { name: 'List', displayName: 'List', kind: 'list' },
        ],
      });
      const second = await store.smartObjects.list({ limit: 1, offset: 1 });
      expect([second.total, second.items.map(({ name }) => name)]).to.deep.equal([2, ['Contact']]);
    });

    const searches: readonly [string, readonly string[]][] = [
      ['CONTACT', ['Contact']],
      ['business', ['Contact']],
      ['ärger', ['Account']],
      ['ÄRGER', ['Account']],
      ['0 %', ['Account']],
      ['c%t', []],
      ['_ontact', []],
      ['!', []],
      ["'", []],
      ['', ['Account', 'Contact']],
    ];
    for (const [search, names] of searches) {
      it(`finds ${names.join(', ') || 'nothing'} for "${search}"`, async () => {
        const { items, total } = await store.smartObjects.list({ search });
        expect(items.map(({ name }) => name)).to.deep.equal(names);
        expect(total).to.equal(names.length);
      });
    }

    it('finds the methods that call another instance than their own', async () => {
      const composite = smartObject('Overview', { instance: 'ERP' });
      const [read, list] = composite.methods;
      if (read === undefined || list === undefined) throw new Error('the sample has two methods');
      const step = { instance: 'CRM', serviceObject: 'Contact', method: 'Read' };
      const methods = [{ ...read, steps: [{ ...step, instance: 'ERP' }, step] as const }, list];
      await store.smartObjects.replace('ERP', [{ ...composite, methods }]);
      expect(await store.smartObjects.dependents('CRM')).to.deep.equal([
        { object: 'Overview', method: 'List', serviceObject: 'Overview', serviceMethod: 'List' },
        { object: 'Overview', method: 'Read', serviceObject: 'Contact', serviceMethod: 'Read' },
      ]);
      expect(await store.smartObjects.dependents('ERP')).to.deep.equal([]);
      await store.smartObjects.replace('ERP', []);
      expect(await store.smartObjects.dependents('CRM')).to.deep.equal([]);
    });

    it('lists those of one instance', async () => {
      await store.smartObjects.replace('ERP', [smartObject('Order', { instance: 'ERP' })]);
      const { items } = await store.smartObjects.list({ instance: 'ERP' });
      expect(items.map(({ name }) => name)).to.deep.equal(['Order']);
    });
  });
}
