import { expect } from 'chai';
import { type JsonService, startService } from '../support/json-service.js';
import { type Fixture, startFixture } from './fixture.js';

const text = { type: 'string' };
const answer = (schema: object, more: object = {}) => ({
  responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
  ...more,
});
const contact = { type: 'object', properties: { id: text, born: text, site: { ...text } } };
const site = { type: 'object', properties: { key: text, label: { type: 'object', properties: { en: text } } } };
const sites = ['north', 'south'].map((key) => ({ key, label: { en: `The ${key}` } }));

/** The service's own description, as far as it goes at the moment. */
const paths = (): Record<string, object> => ({
  '/contacts': {
    get: answer(
      { type: 'object', properties: { rows: { type: 'array', items: contact }, more: text } },
      {
        parameters: [
          { name: 'after', in: 'query', schema: text },
          {
            name: 'site',
            in: 'query',
            schema: text,
            'x-ms-dynamic-values': { operationId: 'sites', 'value-path': 'key', 'value-title': 'label/en' },
          },
        ],
      },
    ),
  },
  '/contacts/{id}/notes': { get: answer({ type: 'array', items: contact }) },
  '/sites': { get: answer({ type: 'array', items: site }, { operationId: 'sites' }) },
});

describe('the overlay of a service instance', () => {
  let fixture: Fixture;
  let service: JsonService;
  let described = paths();

  const overlay = {
    objects: { Contact: { name: 'Customer', properties: { born: { dataType: 'Date' } } } },
    methods: {
      'Contact.List': { name: 'All', items: ['rows'], paging: { style: 'cursor', from: ['more'], input: 'after' } },
      'ContactNote.List': { displayName: 'Notes' },
      'Site.List': { object: 'Place' },
    },
  };
  const instance = (more: object = {}) => ({
    type: 'rest',
    authentication: { mode: 'none' },
    keys: { descriptor: `${service.url}/openapi.json` },
    allowedHosts: ['127.0.0.1'],
    ...more,
  });
  const put = (more: object) =>
    fixture.ask('/api/service-instances/Crm', { method: 'PUT', as: 'admin', body: instance(more) });
  const get = async (path: string) => (await fixture.ask(path, { as: 'designer' })).json;
  const names = async (): Promise<string[]> => {
    const { items } = await get('/api/smartobjects?instance=Crm');
    return items.flatMap((object: { name: string; methods: { name: string }[] }) =>
      object.methods.map(({ name }) => `${object.name}.${name}`),
    );
  };

  before(async () => {
    service = await startService((request) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      if (url.pathname === '/openapi.json')
        return {
          openapi: '3.1.0',
          info: { title: 'CRM' },
          servers: [{ url: service.url }],
          paths: described,
          components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
        };
      if (url.pathname === '/sites') return sites;
      const after = url.searchParams.get('after');
      if (url.pathname === '/contacts')
        return after === null ? { rows: [{ id: '1' }], more: 'p2' } : { rows: [{ id: after }] };
      return [];
    });
    fixture = await startFixture();
  });
  after(async () => {
    await fixture.close();
    await service.close();
  });

  it('is refused, rule by rule, when it does not fit, and nothing is saved', async () => {
    const wrong = await put({
      overlay: { methods: { 'Contact.Lst': { name: 'All' } }, objects: { Contact: { properties: { born_: {} } } } },
    });
    expect([wrong.status, wrong.json.code]).to.deep.equal([422, 'DOCUMENT_INVALID']);
    expect(wrong.json.fields.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/overlay/objects/Contact/properties/born_',
    ]);
    const unmatched = await put({ overlay: { methods: { 'Contact.Lst': { name: 'All' } }, hide: ['Sits'] } });
    expect([unmatched.status, unmatched.json.code]).to.deep.equal([422, 'DOCUMENT_INVALID']);
    expect(unmatched.json.fields.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/overlay/methods/Contact.Lst',
      '/overlay/hide/0',
    ]);
    expect(unmatched.json.detail).to.contain('Did you mean "Contact.List"').and.contain('Did you mean "Site"');
    const patch = { types: {}, objects: { Contact: { properties: { born: { schema: { type: 'date' } } } } } };
    const noSchema = await put({ overlay: patch });
    expect(noSchema.status).to.equal(422);
    expect(noSchema.json.fields[0].pointer).to.equal('/overlay/objects/Contact/properties/born/schema/type');
    expect((await fixture.ask('/api/service-instances/Crm', { as: 'admin' })).status).to.equal(404);
  });

  it('rules what designers find and what is called', async () => {
    expect((await put({ overlay })).status).to.equal(201);
    expect(await names()).to.have.members(['Crm_Customer.All', 'Crm_ContactNote.List', 'Crm_Place.List']);
    const { properties } = await get('/api/smartobjects/Crm_Customer');
    expect(properties.find(({ name }: { name: string }) => name === 'born').dataType).to.equal('Date');
    const call = (input: object) =>
      fixture.ask('/api/smartobjects/Crm_Customer/All', { as: 'user', method: 'POST', body: input });
    const first = await call({});
    expect(first.json).to.deep.include({ items: [{ id: '1' }], meta: { more: 'p2' } });
    const second = await call({ $next: first.json.next });
    expect(second.json).to.deep.equal({ items: [{ id: 'p2' }] });
    const { document } = await get('/api/service-instances/Crm');
    expect(document.overlay).to.deep.equal(overlay);
  });

  it('leaves drop-downs that a console can fill: the method that gives the choices, under its name of now', async () => {
    const { inputProperties } = await get('/api/smartobjects/Crm_Customer/All/schema');
    const input = inputProperties.find(({ name }: { name: string }) => name === 'site');
    expect(input).to.deep.include({ dataType: 'Text', required: false, displayName: 'Site' });
    const { object, method, inputs, items, value, title } = input.choicesFrom;
    expect({ object, method, inputs, items }).to.deep.equal({
      object: 'Crm_Place',
      method: 'List',
      inputs: {},
      items: [],
    });
    const listed = await fixture.ask(`/api/smartobjects/${object}/${method}`, {
      as: 'user',
      method: 'POST',
      body: inputs,
    });
    const at = (item: object, path: string[]) => path.reduce((found, step) => Reflect.get(found, step), item);
    expect(listed.json.items.map((item: object) => [at(item, value), at(item, title)])).to.deep.equal([
      ['north', 'The north'],
      ['south', 'The south'],
    ]);
    const flat = await get('/api/smartobjects/Crm_Customer?shape=flat');
    const [all] = flat.methods;
    expect(all.inputProperties.find(({ name }: { name: string }) => name === 'site').choicesFrom.object).to.equal(
      'Crm_Place',
    );
  });

  it('stands beside a proposal of how the instance authenticates', async () => {
    const { json, status } = await fixture.ask('/api/service-instances/Crm/proposal', { as: 'admin' });
    expect(status).to.equal(200);
    expect(json.ways).to.deep.equal([
      {
        scheme: 'key',
        authentication: { mode: 'static', scheme: 'header', name: 'X-Key', value: `$${'{env:CRM_X_KEY}'}` },
      },
    ]);
    expect(json.documents[0]).to.deep.include({ kind: 'ServiceInstance', name: 'Crm', overlay });
    expect(json.variables).to.deep.equal([
      { name: 'CRM_X_KEY', description: 'key that the header "X-Key" carries', secret: true },
    ]);
    expect((await fixture.ask('/api/service-instances/Crm/proposal', { as: 'designer' })).status).to.equal(403);
    expect((await fixture.ask('/api/service-instances/None/proposal', { as: 'admin' })).status).to.equal(404);
  });

  it('survives a refresh: names stay, and a rule that matches nothing any more becomes a diagnostic', async () => {
    const { '/contacts/{id}/notes': _, ...rest } = paths();
    described = {
      '/contact': { get: answer(contact) },
      '/contacts/notes': { get: answer({ type: 'array', items: contact }) },
      ...rest,
    };
    const path = '/api/service-instances/Crm';
    const review = await fixture.ask(`${path}/review`, { as: 'admin', method: 'POST' });
    const refreshed = await fixture.ask(`${path}/refresh?accept=${review.json.id}`, { as: 'admin', method: 'POST' });
    expect(refreshed.status, refreshed.text).to.equal(200);
    expect(await names()).to.have.members([
      'Crm_Customer.All',
      'Crm_Customer.Read',
      'Crm_ContactsNote.List',
      'Crm_Place.List',
    ]);
    const { diagnostics } = await get('/api/service-instances/Crm/diagnostics');
    expect(diagnostics).to.deep.equal([
      {
        severity: 'warning',
        code: 'OVERLAY_UNMATCHED',
        location: 'overlay#/methods/ContactNote.List',
        message:
          'The overlay\'s methods › "ContactNote.List" was not applied: There is no method "ContactNote.List" in the description. Did you mean "ContactsNote.List" or "Contact.List"?',
      },
    ]);
    // Saved again unchanged it is no new overlay; changed, it is.
    expect((await put({ overlay, description: 'The CRM' })).status).to.equal(200);
    expect((await put({ overlay: { ...overlay, hide: ['Site'] } })).status).to.equal(422);
  });
});
