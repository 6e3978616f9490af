import { expect } from 'chai';
import { type Fixture, startFixture } from './fixture.js';

const type = {
  kind: 'OAuthResourceType',
  name: 'Crm',
  parameters: [
    { name: 'client_id', stages: { authorization: {}, token: {} } },
    { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
  ],
};
const resource = {
  kind: 'OAuthResource',
  name: 'CrmApp',
  type: 'Crm',
  authorizationEndpoint: 'https://provider.example/authorize',
  tokenEndpoint: 'https://provider.example/token',
  values: { client_id: 'client-1', client_secret: 'canary-client-secret' },
};

describe('administration over HTTP', () => {
  let fixture: Fixture;
  const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fixture.ask(path, { method: 'PUT', as: 'admin', body, headers });
  const get = (path: string) => fixture.ask(path, { as: 'admin' });

  before(async () => {
    fixture = await startFixture();
  });
  after(() => fixture.close());

  it('creates, reads, lists, changes and deletes a document', async () => {
    const created = await put('/api/oauth/resource-types/Crm', type);
    expect([created.status, created.headers.get('etag'), created.json.outcome]).to.deep.equal([201, '"1"', 'created']);
    const same = await put('/api/oauth/resource-types/Crm', type);
    expect([same.status, same.json.outcome]).to.deep.equal([200, 'unchanged']);
    const changed = await put('/api/oauth/resource-types/Crm', { ...type, displayName: 'CRM' });
    expect([changed.status, changed.headers.get('etag'), changed.json.outcome]).to.deep.equal([200, '"2"', 'changed']);
    const read = await get('/api/oauth/resource-types/Crm');
    expect(read.headers.get('etag')).to.equal('"2"');
    expect(read.json.document).to.deep.equal({ ...type, displayName: 'CRM' });
    expect((await get('/api/oauth/resource-types')).json.items).to.have.length(1);
    await put('/api/oauth/resource-types/Gone', { ...type, name: 'Gone' });
    expect((await fixture.ask('/api/oauth/resource-types/Gone', { method: 'DELETE', as: 'admin' })).status).to.equal(
      204,
    );
    expect((await get('/api/oauth/resource-types/Gone')).status).to.equal(404);
  });

  it('serves the catalogue of providers, to admins only; what it gives can be filled in and saved', async () => {
    const list = await get('/api/oauth/presets');
    expect(list.status).to.equal(200);
    expect(list.json.items.map(({ name }: { name: string }) => name)).to.include.members([
      'salesforce',
      'github',
      'xero',
    ]);
    expect(list.json.items[0]).to.not.have.property('resourceType');
    const one = await get('/api/oauth/presets/salesforce');
    const { resourceType, resource: found } = one.json.documents;
    const own = { ...found, values: { client_id: 'a', client_secret: 'canary-preset-secret' } };
    expect((await put('/api/oauth/resource-types/salesforce', resourceType)).status).to.equal(201);
    expect((await put('/api/oauth/resources/salesforce', own)).status).to.equal(201);
    const preview = await get('/api/oauth/resources/salesforce/preview');
    expect(preview.json.items[0].url).to.match(/^https:\/\/login\.salesforce\.com\/services\/oauth2\/authorize\?/);
    expect((await get('/api/oauth/presets/none')).json.code).to.equal('NOT_FOUND');
    expect((await fixture.ask('/api/oauth/presets', { as: 'user' })).status).to.equal(403);
    for (const path of ['/api/oauth/resources/salesforce', '/api/oauth/resource-types/salesforce']) {
      expect((await fixture.ask(path, { method: 'DELETE', as: 'admin' })).status).to.equal(204);
    }
  });

  it('saves only over the version that was read (RFC 9110 §13.1)', async () => {
    const { headers } = await get('/api/oauth/resource-types/Crm');
    const etag = headers.get('etag') ?? '';
    const document = { ...type, description: 'One' };
    expect((await put('/api/oauth/resource-types/Crm', document, { 'if-match': etag })).status).to.equal(200);
    const late = await put('/api/oauth/resource-types/Crm', { ...type, description: 'Two' }, { 'if-match': etag });
    expect(late.status).to.equal(412);
    const read = Number(etag.slice(1, -1));
    const changed = { code: 'PRECONDITION_FAILED', expectedVersion: read, version: read + 1 };
    expect(late.json).to.include(changed);
    const exists = await put('/api/oauth/resource-types/Crm', document, { 'if-none-match': '*' });
    expect(exists.status).to.equal(412);
    const gone = await fixture.ask('/api/oauth/resource-types/Crm', {
      method: 'DELETE',
      as: 'admin',
      headers: { 'if-match': etag },
    });
    expect(gone.json).to.include(changed);
    expect(
      (await put('/api/oauth/resource-types/Absent', { ...type, name: 'Absent' }, { 'if-match': '*' })).status,
    ).to.equal(404);
    expect((await put('/api/oauth/resource-types/Crm', document, { 'if-match': 'x' })).json.code).to.equal(
      'REQUEST_INVALID',
    );
  });

  it('changes and deletes whatever version there is of what is named like a person (If-Match: *)', async () => {
    const path = '/api/users/ada.lovelace@example.com';
    expect((await put(path, { roles: ['user'] })).status).to.equal(201);
    const any = { 'if-match': '*' };
    expect((await put(path, { roles: ['designer'] }, any)).status).to.equal(200);
    expect((await fixture.ask(path, { method: 'DELETE', as: 'admin', headers: any })).status).to.equal(204);
    expect((await put(path, { roles: ['user'] }, any)).status).to.equal(404);
  });

  it('takes kind and name from the URL, and refuses others', async () => {
    const { kind: _kind, name: _name, ...bare } = type;
    expect((await put('/api/oauth/resource-types/Bare', bare)).status).to.equal(201);
    const other = await put('/api/oauth/resource-types/Bare', { ...type, kind: 'User' });
    expect(other.json.code).to.equal('DOCUMENT_INVALID');
    expect(other.json.fields.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal(['/kind', '/name']);
    expect((await put('/api/oauth/resource-types/Bare', [])).json.code).to.equal('REQUEST_INVALID');
    expect((await put('/api/oauth/resource-types/Bare', undefined)).json.code).to.equal('REQUEST_INVALID');
  });

  it('never gives a secret back, and keeps it when its marker is saved', async () => {
    expect((await put('/api/oauth/resources/CrmApp', resource)).status).to.equal(201);
    const read = await get('/api/oauth/resources/CrmApp');
    expect(read.text).not.to.contain('canary');
    expect(read.json.document.values.client_secret).to.deep.equal({ secret: 'stored' });
    expect((await put('/api/oauth/resources/CrmApp', read.json.document)).json.outcome).to.equal('unchanged');
    const stored = await fixture.runtime.store.resources.reveal('CrmApp');
    expect(stored?.document.values.client_secret).to.equal('canary-client-secret');
  });

  it('shows the requests of a resource, stored or not, with its secrets masked', async () => {
    const stored = await get('/api/oauth/resources/CrmApp/preview');
    expect(stored.status).to.equal(200);
    expect(stored.json.items.map(({ stage }: { stage: string }) => stage)).to.deep.equal([
      'authorization',
      'token',
      'refresh',
    ]);
    const unsaved = await fixture.ask('/api/oauth/resources/preview', {
      as: 'admin',
      body: { resource: { ...resource, name: 'Draft' }, type },
    });
    expect(unsaved.status).to.equal(200);
    expect(JSON.stringify([stored.json, unsaved.json]))
      .to.contain('client-1')
      .and.contain('[secret]')
      .and.not.contain('canary');
    const orphan = await fixture.ask('/api/oauth/resources/preview', {
      as: 'admin',
      body: { resource: { ...resource, type: 'Absent' } },
    });
    expect([orphan.status, orphan.json.code]).to.deep.equal([422, 'DOCUMENT_INVALID']);
  });

  it('refuses to configure state, and says why', async () => {
    const parameters = [{ name: 'state', stages: { authorization: {} } }];
    const { status, json } = await put('/api/oauth/resource-types/Bad', { ...type, name: 'Bad', parameters });
    expect([status, json.code]).to.deep.equal([422, 'DOCUMENT_INVALID']);
    expect(json.detail).to.contain('state').and.contain('runtime adds it');
    expect(json.fields[0].pointer).to.contain('/parameters/0');
  });

  it('refuses to delete what something depends on, and names it', async () => {
    const { status, json } = await fixture.ask('/api/oauth/resource-types/Crm', { method: 'DELETE', as: 'admin' });
    expect([status, json.code]).to.deep.equal([409, 'CONFLICT']);
    expect(json.detail).to.contain('CrmApp');
  });

  it('shows a new API key once', async () => {
    const made = await put('/api/keys/nightly', { actsAs: { serviceAccount: 'robot' }, roles: ['user'] });
    expect(made.json.key).to.match(/^swk_[\w-]{43}$/);
    const me = await fixture.ask('/api/me', { headers: { authorization: `Bearer ${made.json.key}` } });
    expect(me.json).to.deep.include({ name: 'nightly', credential: 'service:robot', via: 'api-key' });
    const read = await get('/api/keys/nightly');
    expect(read.text).not.to.contain(made.json.key);
    expect(fixture.logged()).not.to.contain(made.json.key);
    await fixture.ask('/api/keys/nightly', { method: 'DELETE', as: 'admin' });
    expect((await fixture.ask('/api/me', { headers: { authorization: `Bearer ${made.json.key}` } })).status).to.equal(
      401,
    );
  });

  it('lists service types with the schemas of their keys', async () => {
    const { json } = await get('/api/service-types');
    const probe = json.items.find((item: { type: string }) => item.type === 'probe');
    expect(probe.keys.properties.serviceUrl.title).to.equal('Service URL');
  });

  it('discovers without saving, refreshes, and tells what was skipped', async () => {
    const { json: stored } = await get('/api/service-instances/Probe');
    const draft = await fixture.ask('/api/service-instances/describe', {
      as: 'admin',
      body: { ...stored.document, name: 'Draft' },
    });
    expect(draft.status).to.equal(200);
    expect(draft.json).to.deep.include({ title: 'Probe', operations: 8, types: 1 });
    expect(draft.json.serviceObjects[0].methods).to.deep.include({ name: 'read', displayName: 'read', kind: 'read' });
    expect((await get('/api/service-instances/Draft')).status).to.equal(404);
    const refreshed = await fixture.ask('/api/service-instances/Probe/refresh', { method: 'POST', as: 'admin' });
    expect(refreshed.json).to.include({ instance: 'Probe', methods: 7 });
    expect((await get('/api/service-instances/Probe/diagnostics')).json.diagnostics).to.deep.equal([
      { severity: 'skipped', code: 'ODD', operation: 'GET /odd', message: 'It is odd.' },
    ]);
    const wrong = await put('/api/service-instances/Wrong', { ...stored.document, name: 'Wrong', keys: {} });
    expect([wrong.status, wrong.json.code]).to.deep.equal([422, 'KEYS_INVALID']);
  });

  it('finds SmartObjects and gives their definitions with all their types', async () => {
    const { json } = await fixture.ask('/api/smartobjects?search=CONT&limit=1', { as: 'designer' });
    expect(json.total).to.equal(1);
    expect(json.items[0]).to.include({ name: 'Probe_Contact', instance: 'Probe' });
    expect((await fixture.ask('/api/smartobjects?limit=x', { as: 'designer' })).json.code).to.equal('REQUEST_INVALID');
    const definition = await fixture.ask('/api/smartobjects/Probe_Contact', { as: 'designer' });
    expect(definition.json.types).to.have.all.keys('Contact');
    const { json: schema } = await fixture.ask('/api/smartobjects/Probe_Contact/read/schema', { as: 'designer' });
    expect(schema).to.deep.include({ name: 'read', kind: 'read' });
    expect(schema.inputProperties).to.deep.equal([
      { name: 'id', displayName: 'Id', dataType: 'Number', required: true },
    ]);
    expect(schema.returnProperties).to.deep.include({
      name: 'manager',
      displayName: 'Manager',
      dataType: 'Memo',
      required: false,
    });
    expect(schema.output.$ref).to.equal('#/$defs/Contact');
    expect(schema.output.$defs.Contact.properties.tags.items.$ref).to.equal('#/$defs/Contact/$defs/Tag');
    expect((await fixture.ask('/api/smartobjects/Probe_Contact/nothing/schema', { as: 'designer' })).status).to.equal(
      404,
    );
  });

  it('gives the flat definition of a SmartObject with the K2 types of its properties', async () => {
    const { json } = await fixture.ask('/api/smartobjects/Probe_Contact?shape=flat', { as: 'designer' });
    expect(json).to.include({ name: 'Probe_Contact', instance: 'Probe' });
    expect(json.properties).to.deep.equal([
      { name: 'id', displayName: 'Id', dataType: 'Number', required: false, key: true, schema: { type: 'integer' } },
    ]);
    const read = json.methods.find(({ name }: { name: string }) => name === 'read');
    expect(read).not.to.have.any.keys('input', 'output', 'steps');
    expect(read.inputProperties).to.deep.equal([
      { name: 'id', displayName: 'Id', dataType: 'Number', required: true, key: true, schema: { type: 'integer' } },
    ]);
    expect(read.returnProperties.map(({ name, dataType }: Record<string, string>) => [name, dataType])).to.deep.equal([
      ['id', 'Number'],
      ['manager', 'Memo'],
      ['place.city', 'Text'],
      ['place.since', 'Date'],
      ['tags', 'Memo'],
    ]);
    expect(read.returnProperties[2]).to.include({ displayName: 'Place City' });
    expect(json.types).to.have.all.keys('Contact');
    const odd = await fixture.ask('/api/smartobjects/Probe_Contact?shape=x', { as: 'designer' });
    expect([odd.status, odd.json.code]).to.deep.equal([400, 'REQUEST_INVALID']);
  });

  it('keeps an audit of who did what', async () => {
    const { json } = await get('/api/audit?action=OAuthResource.saved&limit=5');
    expect(json.items[0]).to.include({ actor: 'key_admin', subject: 'CrmApp' });
    expect((await get('/api/audit?actor=a&actor=b')).json.code).to.equal('REQUEST_INVALID');
  });

  it('deletes no token that is not there', async () => {
    expect(
      (await fixture.ask('/api/oauth/tokens/CrmApp/user:alice', { method: 'DELETE', as: 'admin' })).status,
    ).to.equal(404);
    expect((await fixture.ask('/api/oauth/tokens/CrmApp/nonsense', { method: 'DELETE', as: 'admin' })).status).to.equal(
      400,
    );
    expect((await fixture.ask('/api/me/tokens/CrmApp', { method: 'DELETE', as: 'user' })).status).to.equal(404);
  });
});
