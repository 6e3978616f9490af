import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

const secret = 'canary-client-secret-of-the-console';
const hostile = '<img src=x onerror="document.title=\'canary\'"><script>alert(1)</script>';

describe(inBrowser('the console’s OAuth pages'), function () {
  this.timeout(120_000);
  let running: Console;
  let page: Page;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole({ samples: true });
    page = await running.open('admin', '/oauth');
  });
  after(() => running?.close());

  const store = () => running.world.runtime.store;
  const save = (document: object) => running.world.runtime.admin.save(document, localPrincipal);
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  async function go(path: string, title: string): Promise<void> {
    await page.goto(`${running.url}/console${path}`);
    await heading(title).waitFor();
  }
  const saved = () => page.getByText(/^Saved, as version \d+/).waitFor();

  it('list the resources and their types, each leading to its page', async () => {
    await go('/oauth', 'OAuth');
    await page.getByRole('link', { name: 'Sample CRM', exact: true }).click();
    await heading('crm').waitFor();
    expect(new URL(page.url()).pathname).to.equal('/console/oauth/resources/crm');
    await go('/oauth', 'OAuth');
    await expectAccessible(page);
  });

  it('make a resource from a preset, and show what will be sent while it is typed', async () => {
    await go('/oauth/presets', 'Providers');
    await page.getByLabel('Search for a provider').fill('salesf');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Use: Salesforce' }).click();
    await heading('New OAuth resource').waitFor();
    await page.getByLabel('client_id', { exact: true }).fill('the-client');
    await page.getByLabel('client_secret', { exact: true }).fill(secret);
    const preview = page.getByRole('region', { name: 'What will be sent' });
    await preview
      .getByText(/client_id=the-client/)
      .first()
      .waitFor();
    expect(await preview.textContent())
      .to.contain('login.salesforce.com')
      .and.contain('[secret]')
      .and.not.contain(secret);
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('salesforce').waitFor();
    const [resource, type] = await Promise.all([
      store().resources.reveal('salesforce'),
      store().resourceTypes.get('salesforce'),
    ]);
    expect(resource?.document.values).to.deep.equal({ client_id: 'the-client', client_secret: secret });
    expect(type?.document.parameters.map(({ name }) => name)).to.include.members(['client_id', 'prompt']);
  });

  it('never read a secret back, keep it when something else is changed, and replace it', async () => {
    await go('/oauth/resources/salesforce', 'salesforce');
    const field = page.getByLabel('client_secret', { exact: true });
    await field.waitFor();
    expect([await field.inputValue(), await field.getAttribute('placeholder')]).to.deep.equal([
      '',
      'Stored; type another to replace it',
    ]);
    expect(await page.content()).not.to.contain(secret);
    await page.getByLabel('client_id', { exact: true }).fill('another-client');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved();
    const values = async () => (await store().resources.reveal('salesforce'))?.document.values;
    expect(await values()).to.deep.equal({ client_id: 'another-client', client_secret: secret });
    await field.fill('another-secret-than-before');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved, as version 3.').waitFor();
    expect(await values()).to.deep.include({ client_secret: 'another-secret-than-before' });
    await expectAccessible(page);
  });

  it('give a parameter a value for each request', async () => {
    await go('/oauth/resources/crm', 'crm');
    await page.getByLabel('One for all requests: client_id').uncheck();
    await page.getByLabel('client_id: Refresh').fill('only-when-refreshing');
    const preview = page.getByRole('region', { name: 'What will be sent' });
    await preview
      .getByText(/client_id=only-when-refreshing/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await saved();
    expect((await store().resources.get('crm'))?.document.values.client_id).to.deep.equal({
      authorization: 'smartwright',
      token: 'smartwright',
      refresh: 'only-when-refreshing',
    });
  });

  it('make a resource type by its table of parameters', async () => {
    await go('/oauth/types/new', 'New OAuth resource type');
    await page.getByLabel('System name').fill('tabled');
    await page.getByRole('button', { name: 'Add a parameter' }).click();
    await page.getByLabel('Name of parameter 4').fill('audience');
    await page.getByLabel('audience: Token', { exact: true }).check();
    await page.getByLabel('audience: Token: default value').fill('urn:api');
    await page.getByLabel('audience: Authorization', { exact: true }).uncheck();
    await page.getByLabel('Encrypted: audience').check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('tabled').waitFor();
    const type = await store().resourceTypes.get('tabled');
    expect(type?.document.parameters.at(-1)).to.deep.equal({
      name: 'audience',
      secret: true,
      stages: { token: { default: { secret: 'stored' } } },
    });
  });

  it('say what is wrong at the field, and keep what was typed', async () => {
    await go('/oauth/types/new', 'New OAuth resource type');
    await page.getByLabel('System name').fill('reserved');
    await page.getByLabel('Name of parameter 1').fill('state');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/the runtime adds it to each authorization request itself/)
      .first()
      .waitFor();
    expect(await page.getByLabel('Name of parameter 1').inputValue()).to.equal('state');
  });

  it('fill a resource in from what a provider tells of itself', async () => {
    await go('/oauth/import', 'Import from metadata');
    await page.getByLabel('Metadata URL or issuer').fill(running.world.authorizationServer.issuer);
    await page.getByLabel('System name of the documents').fill('imported');
    await page.getByLabel('Private hosts').fill('127.0.0.1 localhost');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Import' }).click();
    await heading('New OAuth resource').waitFor();
    expect(await page.getByLabel(/^Token endpoint/).inputValue()).to.match(/\/token$/);
    await go('/oauth/import', 'Import from metadata');
    await page.getByLabel('Metadata URL or issuer').fill('http://127.0.0.1:9/');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('alert').waitFor();
  });

  it('show the second of two admins what the first changed, and bring both together', async () => {
    await go('/oauth/resources/crmReports', 'crmReports');
    await page.getByLabel('Display name').fill('Mine');
    await page.getByLabel('scope', { exact: true }).fill('mine.read');
    const first = await store().resources.get('crmReports');
    await save({ ...first?.document, displayName: 'Theirs', description: 'By the first' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has changed this meanwhile').waitFor();
    expect(await page.getByText('The other one changed:').textContent())
      .to.contain('displayName')
      .and.contain('description');
    await expectAccessible(page);
    await page.getByRole('radio', { name: /^Mine:/ }).check();
    await page.getByRole('button', { name: 'Bring both together' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await saved();
    const { document } = (await store().resources.get('crmReports')) ?? {};
    expect(document).to.include({ displayName: 'Mine', description: 'By the first' });
    expect(document?.values).to.deep.include({ scope: 'mine.read', client_secret: { secret: 'stored' } });
  });

  it('show hostile names and descriptions as text', async () => {
    await save({
      kind: 'OAuthResourceType',
      name: 'hostile',
      displayName: hostile.slice(0, 150),
      description: hostile,
      parameters: [{ name: 'client_id', description: hostile, stages: { authorization: { default: hostile } } }],
    });
    const endpoints = {
      tokenEndpoint: 'https://provider.example/token',
      authorizationEndpoint: 'https://provider.example/a',
    };
    await save({
      kind: 'OAuthResource',
      name: 'hostile',
      type: 'hostile',
      displayName: hostile,
      description: hostile,
      ...endpoints,
      values: {},
    });
    for (const [path, title] of [
      ['/oauth', 'OAuth'],
      ['/oauth/types/hostile', 'hostile'],
      ['/oauth/resources/hostile', 'hostile'],
    ] as const) {
      await go(path, title);
      await page.getByText('onerror').first().or(page.getByLabel('Description').first()).first().waitFor();
      expect(await page.locator('main img, main script').count(), path).to.equal(0);
      expect(await page.title()).not.to.equal('canary');
    }
  });

  it('delete what nothing needs, and name what needs the rest', async () => {
    await go('/oauth/types/hostile', 'hostile');
    await page.getByRole('button', { name: 'Delete: hostile' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page
      .getByRole('dialog')
      .getByText(/used by OAuth resource "hostile"/)
      .waitFor();
    await go('/oauth/resources/hostile', 'hostile');
    await page.getByRole('button', { name: 'Delete: hostile' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await heading('OAuth').waitFor();
    expect(await store().resources.get('hostile')).to.equal(undefined);
  });

  it('fit a screen of 360 px', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const [path, title] of [
      ['/oauth', 'OAuth'],
      ['/oauth/resources/crm', 'crm'],
      ['/oauth/types/standard', 'standard'],
    ] as const) {
      await go(path, title);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).to.be.at.most(360);
    }
  });

  it('break no rule of the page’s policy', () => {
    const policy = running.complaints.filter((text) => /content security policy|refused to/i.test(text));
    expect(policy).to.deep.equal([]);
  });
});
