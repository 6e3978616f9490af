import { expect } from 'chai';
import { localPrincipal } from '../../runtime/index.js';
import { type FullProvider, startFullProvider } from '../oauth/provider.js';
import { type Fixture, signIn, startFixture } from './fixture.js';

const clientSecret = 'canary-client-secret-0123456789';

describe('Consent on another device, by page and by API (RFC 8628)', () => {
  let fixture: Fixture;
  let provider: FullProvider;
  let cookie: string;

  before(async () => {
    fixture = await startFixture();
    provider = await startFullProvider();
    const stages = { authorization: {}, token: {}, refresh: {} };
    const parameters = [
      { name: 'client_id', stages },
      { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
    ];
    const type = { kind: 'OAuthResourceType', name: 'Device', grant: 'device_code', parameters };
    const { tokenEndpoint, deviceAuthorizationEndpoint } = provider;
    const resource = {
      kind: 'OAuthResource',
      name: 'Crm',
      type: 'Device',
      tokenEndpoint,
      deviceAuthorizationEndpoint,
      values: { client_id: 'device', client_secret: clientSecret },
      allowedHosts: ['127.0.0.1'],
    };
    await fixture.runtime.admin.apply([type, resource], localPrincipal);
    cookie = await signIn(fixture, 'alice', ['user']);
  });
  after(async () => {
    await provider.close();
    await fixture.close();
  });

  it('shows the code on a page that looks again by itself, and ends on the page of success', async function () {
    this.timeout(30_000);
    const begun = await fixture.ask('/oauth/authorize/Crm', { cookie });
    expect(begun.status).to.equal(302);
    const path = begun.headers.get('location') ?? '';
    expect(path).to.match(/^\/oauth\/device\/[\w-]{43}$/);
    const page = await fixture.ask(path, { cookie });
    const code = /<code>([A-Z]{4}-[A-Z]{4})<\/code>/.exec(page.text)?.[1] ?? '';
    expect([page.status, page.headers.get('refresh')]).to.deep.equal([200, '5']);
    expect(page.text).to.contain(`${provider.issuer}/device`);
    const other = await signIn(fixture, 'bob', ['user']);
    expect((await fixture.ask(path, { cookie: other })).status).to.equal(400);
    await provider.approveDevice(code);
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    const done = await fixture.ask(path, { cookie });
    expect(done.text).to.contain('Authorization successful');
    expect(await fixture.runtime.store.tokens.get('user:alice', 'Crm')).to.include({ state: 'valid' });
  });

  it('is begun by a program for itself, or by an admin for a service account', async () => {
    const begin = (body: object, as: 'user' | 'admin' = 'user') =>
      fixture.ask('/api/oauth/device-consents', { body, as });
    const { status, json } = await begin({ resource: 'Crm' });
    expect(status).to.equal(200);
    expect(json).to.include({ status: 'pending', credential: 'service:user', resource: 'Crm' });
    expect((await begin({ resource: 'Crm', credential: 'service:robot' })).status).to.equal(403);
    expect((await begin({ resource: 'Crm', credential: 'service:robot' }, 'admin')).json.credential).to.equal(
      'service:robot',
    );
    expect((await begin({})).status).to.equal(400);
    expect((await begin({ resource: 'Nothing' })).status).to.equal(404);
    const poll = (as: 'user' | 'admin') => fixture.ask(`/api/oauth/device-consents/${json.id}`, { method: 'POST', as });
    expect((await poll('admin')).json.code).to.equal('AUTHORIZATION_REFUSED');
    expect((await poll('user')).json).to.include({ status: 'pending', userCode: json.userCode });
    expect(fixture.logged()).to.not.contain('canary');
  });

  it('is not the only thing that the API has: it imports providers and asks about tokens', async () => {
    const body = { url: provider.issuer, name: 'Imported' };
    expect((await fixture.ask('/api/oauth/import', { body, as: 'user' })).status).to.equal(403);
    const refused = await fixture.ask('/api/oauth/import', { body, as: 'admin' });
    expect(refused.json.code).to.equal('ADDRESS_REFUSED');
    const allowed = { ...body, allowedHosts: ['127.0.0.1'] };
    const { status, json } = await fixture.ask('/api/oauth/import', { body: allowed, as: 'admin' });
    expect(status).to.equal(200);
    expect(json.resource).to.include({ name: 'Imported', issuer: provider.issuer });
    expect(json.warnings).to.be.an('array');
    const asked = await fixture.ask('/api/oauth/resources/Crm/introspection/user:nobody', {
      method: 'POST',
      as: 'admin',
    });
    expect(asked.status).to.be.oneOf([404, 422]);
  });
});
