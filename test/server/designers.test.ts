import { expect } from 'chai';
import { type JsonService, startService } from '../support/json-service.js';
import { type Fixture, startFixture } from './fixture.js';

const text = { type: 'string' };
const json = (schema: object) => ({
  responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
});
const query = (name: string, more: object = {}) => ({ name, in: 'query', schema: text, ...more });
const values = { operationId: 'sites', 'value-path': 'key', 'value-title': 'label/en' };

const line = {
  type: 'object',
  properties: {
    product: {
      ...text,
      'x-ms-dynamic-values': {
        operationId: 'products',
        'value-path': 'id',
        parameters: { site: { parameter: 'site' } },
      },
    },
  },
};
const fields = { operationId: 'columns', 'value-path': 'schema', parameters: { site: { parameter: 'site' } } };

const paths = {
  '/sites': { get: { operationId: 'sites', ...json({ type: 'array', items: { type: 'object' } }) } },
  '/products': {
    get: {
      operationId: 'products',
      parameters: [query('site', { required: true })],
      ...json({ type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } }),
    },
  },
  '/columns': {
    get: { operationId: 'columns', parameters: [query('site', { required: true })], ...json({ type: 'object' }) },
  },
  '/orders': {
    post: {
      operationId: 'order',
      parameters: [
        query('site', { 'x-ms-dynamic-values': values }),
        query('speed', { schema: { ...text, enum: ['slow', 'fast'] } }),
        query('note'),
      ],
      requestBody: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                lines: { type: 'array', items: line },
                extra: { type: 'object', 'x-ms-dynamic-schema': fields },
              },
            },
          },
        },
      },
      ...json({ type: 'object' }),
    },
  },
};

describe('what designers ask the server', () => {
  let fixture: Fixture;
  let service: JsonService;
  let columns: unknown;
  let method: string;

  before(async () => {
    service = await startService(({ url = '' }) => {
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      if (pathname === '/openapi.json')
        return { openapi: '3.1.0', info: { title: 'Shop' }, servers: [{ url: service.url }], paths };
      if (pathname === '/sites')
        return [
          { key: 'north', label: { en: '<b>The north</b>' } },
          { key: 'south', label: {} },
          { key: 'north', label: { en: 'again' } },
          { key: { no: 'value' } },
          null,
        ];
      if (pathname === '/products') {
        const count = searchParams.get('site') === 'big' ? 1_500 : 2;
        return Array.from({ length: count }, (_, id) => ({ id }));
      }
      return columns;
    });
    fixture = await startFixture();
    const body = {
      type: 'rest',
      authentication: { mode: 'none' },
      keys: { descriptor: `${service.url}/openapi.json` },
      allowedHosts: ['127.0.0.1'],
    };
    const saved = await fixture.ask('/api/service-instances/Shop', { method: 'PUT', as: 'admin', body });
    expect(saved.status, saved.text).to.equal(201);
    const { json: found } = await fixture.ask('/api/smartmethods?search=order&instance=Shop', { as: 'designer' });
    method = `/api/smartobjects/${found.items[0].object}/${found.items[0].name}`;
  });
  after(async () => {
    await fixture.close();
    await service.close();
  });

  const choices = (property: string, input: object = {}) =>
    fixture.ask(`${method}/choices`, { method: 'POST', as: 'user', body: { property, input } });
  const typeOf = (property: string, input: object = {}) =>
    fixture.ask(`${method}/property-type`, { method: 'POST', as: 'user', body: { property, input } });

  it('finds methods by words, kind and instance, page by page', async () => {
    const ask = async (path: string) => (await fixture.ask(path, { as: 'designer' })).json;
    const first = await ask('/api/smartmethods?instance=Probe&limit=5');
    expect([first.items.length, first.total]).to.deep.equal([5, 7]);
    const second = await ask(`/api/smartmethods?instance=Probe&limit=5&after=${first.next}`);
    expect(second.items.map(({ name }: { name: string }) => name)).to.deep.equal(['refuse', 'defect']);
    expect(second.next).to.equal(undefined);
    const lists = await ask('/api/smartmethods?kind=list&search=contact+PROBE');
    expect(lists.items).to.deep.equal([
      {
        object: 'Probe_Contact',
        objectDisplayName: 'Contact',
        category: 'Probe',
        instance: 'Probe',
        name: 'list',
        displayName: 'list',
        kind: 'list',
      },
    ]);
    const { instances } = await ask('/api/smartmethods/facets');
    expect(instances.map(({ value }: { value: string }) => value)).to.deep.equal(['Probe', 'Shop']);
    expect((await ask('/api/smartobjects?kind=delete')).items[0].name).to.equal('Probe_Contact');
  });

  for (const bad of ['kind=odd', 'after=x', 'limit=0', 'after=WyJhIiwxXQ&offset=1', 'kind=list&kind=read']) {
    it(`refuses a search with ${bad}`, async () => {
      const { status, json: problem } = await fixture.ask(`/api/smartmethods?${bad}`, { as: 'designer' });
      expect([status, problem.code]).to.deep.equal([400, 'REQUEST_INVALID']);
    });
  }

  it('gives the values that another method gives, each once, as text', async () => {
    const { status, json: given } = await choices('site');
    expect([status, given]).to.deep.equal([
      200,
      {
        items: [
          { value: 'north', displayName: '<b>The north</b>' },
          { value: 'south', displayName: 'south' },
        ],
      },
    ]);
  });

  it('gives the values of an enum', async () => {
    expect((await choices('speed')).json.items).to.deep.equal([
      { value: 'slow', displayName: 'slow' },
      { value: 'fast', displayName: 'fast' },
    ]);
  });

  it('waits for the input that a choice depends on, also within a list', async () => {
    const { json: schema } = await fixture.ask(`${method}/schema`, { as: 'user' });
    const lines = schema.inputProperties.find(({ name }: { name: string }) => /lines$/.test(name)).name;
    expect((await choices(`${lines}.product`)).json).to.deep.equal({ items: [], waitsFor: ['site'] });
    expect((await choices(`${lines}.product`, { site: 'north' })).json.items).to.deep.equal([
      { value: 0, displayName: '0' },
      { value: 1, displayName: '1' },
    ]);
    const { json: many } = await choices(`${lines}.product`, { site: 'big' });
    expect([many.items.length, many.more]).to.deep.equal([1_000, true]);
  });

  it('gives the type that another method tells, and refuses what is none', async () => {
    const { json: schema } = await fixture.ask(`${method}/schema`, { as: 'user' });
    const extra = schema.inputProperties.find(({ name }: { name: string }) => /extra$/.test(name)).name;
    expect((await typeOf(extra)).json).to.deep.equal({ waitsFor: ['site'] });
    columns = { schema: { type: 'object', properties: { colour: text } } };
    expect((await typeOf(extra, { site: 'north' })).json).to.deep.equal(columns);
    for (const told of [{ schema: 'text' }, { schema: null }, {}, []]) {
      columns = told;
      expect((await typeOf(extra, { site: 'north' })).json.code).to.equal('UPSTREAM_UNREADABLE');
    }
  });

  it('says what there is not', async () => {
    for (const asked of ['note', 'nothing', 'site.deeper', '__proto__', 'constructor.name']) {
      expect((await choices(asked)).json.code, asked).to.equal('NOT_FOUND');
      expect((await typeOf(asked)).json.code, asked).to.equal('NOT_FOUND');
    }
    const none = await fixture.ask('/api/smartobjects/Shop_Order/Nothing/choices', {
      method: 'POST',
      as: 'user',
      body: { property: 'site' },
    });
    expect(none.json.code).to.equal('NOT_FOUND');
    const { json: odd } = await fixture.ask(`${method}/choices`, { method: 'POST', as: 'user', body: { input: [] } });
    expect(odd.code).to.equal('REQUEST_INVALID');
  });

  it('writes a call in other words', async () => {
    const body = { site: 'north' };
    const { json: written } = await fixture.ask(`${method}/equivalents`, { method: 'POST', as: 'designer', body });
    expect(written.curl).to.contain(`${fixture.url}${method}`).and.to.contain(`'{"site":"north"}'`);
    expect(written.typescript).to.contain('connectShop').and.to.contain("site: 'north'");
    expect(written.workflow).to.contain('arazzo: 1.0.1');
    expect((await fixture.ask(`${method}/equivalents`, { method: 'POST', as: 'user', body })).status).to.equal(403);
  });
});
