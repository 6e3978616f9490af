import { expect } from 'chai';
import type { MethodKind } from '../../config/model/service-object.js';
import type { SmartMethod } from '../../config/model/smart-object.js';
import type { OpenedStore } from '../../config/store/index.js';
import type { MethodEntry, Page } from '../../config/store/store.js';
import { rejection } from '../support/rejection.js';
import type { Place } from './place.js';
import { smartObject } from './samples.js';

const method = (name: string, kind: MethodKind, changes: Partial<SmartMethod> = {}): SmartMethod => ({
  name,
  displayName: name,
  kind,
  input: { type: 'object' },
  output: false,
  parameters: [],
  steps: [{ instance: 'CRM', serviceObject: 'Contact', method: name }],
  ...changes,
});

const called = ({ object, name }: MethodEntry): string => `${object}.${name}`;

/** What designers search: thousands of methods, page by page. */
export function searchSuite(place: () => Place): void {
  describe('the search over methods', () => {
    let store: OpenedStore;

    beforeEach(async () => {
      store = await place().open();
      await store.smartObjects.replace('CRM', [
        smartObject('crm_Contact', {
          displayName: 'Business Contact',
          methods: [
            method('Read', 'read'),
            method('List', 'list', { displayName: 'Find all', description: 'x'.repeat(1000) }),
            method('Sync', 'execute', { visibility: 'internal' }),
            method('Purge', 'delete', { deprecated: true, visibility: 'advanced' }),
          ],
        }),
        smartObject('crm_Deal_100%', { displayName: 'Ärger', methods: [method('Win', 'execute')] }),
      ]);
      await store.smartObjects.replace('ERP', [
        smartObject('erp_Order', {
          instance: 'ERP',
          category: 'ERP/Sales',
          methods: [method('Create', 'create'), method('List', 'list')],
        }),
      ]);
    });

    const found = async (page: Page): Promise<string[]> =>
      (await store.smartObjects.findMethods(page)).items.map(called);

    it('lists all but internal ones, by object and in its order, with what a list shows', async () => {
      const { items, total, next } = await store.smartObjects.findMethods();
      expect(items.map(called)).to.deep.equal([
        'crm_Contact.Read',
        'crm_Contact.List',
        'crm_Contact.Purge',
        'crm_Deal_100%.Win',
        'erp_Order.Create',
        'erp_Order.List',
      ]);
      expect([total, next]).to.deep.equal([6, undefined]);
      expect(items[1]).to.deep.equal({
        object: 'crm_Contact',
        objectDisplayName: 'Business Contact',
        category: 'CRM',
        instance: 'CRM',
        name: 'List',
        displayName: 'Find all',
        description: 'x'.repeat(300),
        kind: 'list',
      });
      expect(items[2]).to.deep.include({ deprecated: true, visibility: 'advanced' });
    });

    const searches: readonly [Page, readonly string[]][] = [
      [{ search: 'list contact' }, ['crm_Contact.List']],
      [{ search: '  FIND ' }, ['crm_Contact.List']],
      [{ search: 'ÄRGER' }, ['crm_Deal_100%.Win']],
      [{ search: '0%' }, ['crm_Deal_100%.Win']],
      [{ search: 'c%t' }, []],
      [{ search: 'sync' }, []],
      [{ search: "' OR 1=1 --" }, []],
      [{ kind: 'list' }, ['crm_Contact.List', 'erp_Order.List']],
      [{ kind: 'list', instance: 'ERP' }, ['erp_Order.List']],
      [{ category: 'ERP' }, ['erp_Order.Create', 'erp_Order.List']],
      [{ category: 'ERP/Sales', search: 'create' }, ['erp_Order.Create']],
      [{ category: 'ERP/Sal' }, []],
      [{ category: 'erp' }, []],
      [{ category: '%' }, []],
    ];
    for (const [page, names] of searches) {
      it(`finds ${names.join(', ') || 'nothing'} for ${JSON.stringify(page)}`, async () => {
        expect(await found(page)).to.deep.equal(names);
        expect((await store.smartObjects.findMethods(page)).total).to.equal(names.length);
      });
    }

    it('goes from page to page by cursor, whatever is added before', async () => {
      const first = await store.smartObjects.findMethods({ limit: 4 });
      expect([first.items.length, first.total]).to.deep.equal([4, 6]);
      await store.smartObjects.replace('AAA', [smartObject('aaa_First', { instance: 'AAA' })]);
      const second = await store.smartObjects.findMethods({ limit: 4, after: first.next ?? '' });
      expect(second.items.map(called)).to.deep.equal(['erp_Order.Create', 'erp_Order.List']);
      expect(second.next).to.equal(undefined);
      expect(await found({ limit: 1, offset: 6 })).to.deep.equal(['erp_Order.Create']);
    });

    it('goes from page to page of objects, narrowed by what their methods are', async () => {
      const { smartObjects } = store;
      const first = await smartObjects.list({ kind: 'list', limit: 1 });
      expect([first.items[0]?.name, first.total]).to.deep.equal(['crm_Contact', 2]);
      const second = await smartObjects.list({ kind: 'list', limit: 1, after: first.next ?? '' });
      expect(second.items.map(({ name }) => name)).to.deep.equal(['erp_Order']);
      expect(second.next).to.equal(undefined);
      expect((await smartObjects.list({ category: 'ERP' })).items.map(({ name }) => name)).to.deep.equal(['erp_Order']);
    });

    for (const after of ['', 'x', 'W10', Buffer.from('["a\\u0000",1]').toString('base64url'), '____']) {
      it(`refuses the cursor "${after}"`, async () => {
        await rejection(store.smartObjects.findMethods({ after }), 'REQUEST_INVALID');
        await rejection(store.smartObjects.list({ after }), 'REQUEST_INVALID');
      });
    }

    it('tells what a search can be narrowed by', async () => {
      expect(await store.smartObjects.facets()).to.deep.equal({
        categories: [
          { value: 'CRM', methods: 4 },
          { value: 'ERP/Sales', methods: 2 },
        ],
        instances: [
          { value: 'CRM', methods: 4 },
          { value: 'ERP', methods: 2 },
        ],
        kinds: [
          { value: 'create', methods: 1 },
          { value: 'delete', methods: 1 },
          { value: 'execute', methods: 1 },
          { value: 'list', methods: 2 },
          { value: 'read', methods: 1 },
        ],
      });
    });

    it('forgets what an instance no longer has', async () => {
      await store.smartObjects.replace('CRM', []);
      expect(await found({})).to.deep.equal(['erp_Order.Create', 'erp_Order.List']);
    });

    it('answers a search among 50,000 methods within a second', async function () {
      this.timeout(120_000);
      const methods = Array.from({ length: 10 }, (_, index) => method(`Method${index}`, index % 2 ? 'list' : 'read'));
      const objects = Array.from({ length: 5_000 }, (_, index) =>
        smartObject(`big_Object${String(index).padStart(4, '0')}`, { instance: 'BIG', category: 'Big', methods }),
      );
      await store.smartObjects.replace('BIG', objects);
      const pages: readonly Page[] = [
        {},
        { search: 'object4999 method9' },
        { search: 'nowhere' },
        { category: 'Big', kind: 'list', offset: 24_900 },
      ];
      const results: [number, number][] = [];
      for (const page of pages) {
        const started = performance.now();
        const { items, total } = await store.smartObjects.findMethods(page);
        expect(performance.now() - started, JSON.stringify(page)).to.be.lessThan(1_000);
        results.push([items.length, total]);
      }
      expect(results).to.deep.equal([
        [100, 50_006],
        [1, 1],
        [0, 0],
        [100, 25_000],
      ]);
    });
  });
}
