import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

const hostile = '<img src=x onerror="document.title=\'canary\'">';

describe(inBrowser('the console’s pages of people'), function () {
  this.timeout(120_000);
  let running: Console;
  let page: Page;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole();
    page = await running.open('admin', '/people');
  });
  after(() => running?.close());

  const store = () => running.world.runtime.store;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  async function go(path: string, title: string): Promise<void> {
    await page.goto(`${running.url}/console${path}`);
    await heading(title).waitFor();
  }

  it('list people with what they may do', async () => {
    await page.getByRole('row', { name: /console_designer .* Designer/ }).waitFor();
    await expectAccessible(page);
  });

  it('add a person, who then signs in with the link that is shown once', async () => {
    await page.getByRole('link', { name: 'Add a person' }).click();
    await heading('Add a person').waitFor();
    await page.getByLabel('User name').fill('grace');
    await page.getByLabel('Display name').fill(hostile);
    await page.getByRole('checkbox', { name: 'designer' }).check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('grace').waitFor();
    expect((await store().users.get('grace'))?.document).to.deep.include({
      displayName: hostile,
      roles: ['user', 'designer'],
    });
    await page.getByRole('button', { name: 'Make a one-time sign-in link' }).click();
    const link = (await page.getByRole('status').locator('code').textContent())?.trim() ?? '';
    const guest = await (await running.browser.newContext({ locale: 'en' })).newPage();
    await guest.goto(link);
    await guest.getByRole('button', { name: 'Sign in' }).click();
    await guest.waitForURL(`${running.url}/password`);
    await guest.context().close();
  });

  it('show hostile names as text', async () => {
    await go('/people', 'People');
    await page.getByText(hostile).waitFor();
    expect(await page.locator('main img').count()).to.equal(0);
  });

  it('change a person’s password without ever showing it', async () => {
    await go('/people/users/grace', 'grace');
    await page.getByRole('textbox', { name: 'Password' }).fill('a new long phrase');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Saved, as version/).waitFor();
    expect(await store().users.passwordHash('grace')).to.match(/^\$scrypt\$/);
    await page.reload();
    await heading('grace').waitFor();
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).to.equal('');
  });

  it('make an API key that works, and show it this once', async () => {
    await go('/people/keys', 'People');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'New API key' }).click();
    await heading('New API key').waitFor();
    await page.getByLabel('Name').first().fill('nightly');
    await page.getByLabel('Service account').first().fill('robot');
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('API key').waitFor();
    const key = (await page.getByRole('status').locator('code').textContent())?.trim() ?? '';
    const me = await fetch(`${running.url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
    expect(await me.json()).to.include({ credential: 'service:robot' });
    await page.getByRole('link', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: 'nightly' }).waitFor();
    expect(await page.content()).not.to.contain(key);
    await page.goBack();
    expect(await page.content()).not.to.contain(key);
  });

  it('take a key back', async () => {
    await go('/people/keys/nightly', 'nightly');
    await page.getByRole('button', { name: 'Delete: nightly' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('There is no API key').waitFor();
    expect(await store().apiKeys.get('nightly')).to.equal(undefined);
  });

  it('set up where people sign in, with the redirect URI to register', async () => {
    await go('/people/sign-in', 'People');
    await page.getByText(`${running.url}/sign-in/openid`).waitFor();
    await page.getByRole('link', { name: 'New sign-in provider' }).first().click();
    await heading('New sign-in provider').waitFor();
    await page.getByLabel('System name').fill('company');
    await page.getByLabel('Issuer').fill('https://login.example.com');
    await page.getByLabel('Client ID').fill('smartwright');
    await page.getByLabel('Client secret').fill('canary-sign-in-secret');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('company').waitFor();
    expect((await store().signInProviders.reveal('company'))?.document).to.include({
      issuer: 'https://login.example.com',
      clientSecret: 'canary-sign-in-secret',
    });
    expect(await page.content()).not.to.contain('canary-sign-in-secret');
    await page.getByLabel('Display name').fill('The company');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Saved, as version 2/).waitFor();
    expect((await store().signInProviders.reveal('company'))?.document.clientSecret).to.equal('canary-sign-in-secret');
  });

  it('tell who did what, by filters that the address keeps, page by page', async () => {
    for (let at = 0; at < 60; at++) {
      const name = `person${at}`;
      await running.world.runtime.admin.save({ kind: 'User', name, roles: ['user'] }, localPrincipal);
    }
    await go('/people/audit?action=User.*&actor=local', 'People');
    const rows = page.locator('tbody tr');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('cell', { name: 'person0', exact: true }).waitFor();
    expect(await rows.count()).to.be.greaterThan(60);
    await page.getByLabel('To what').fill('grace');
    await page.waitForURL(/subject=grace/);
    await page.getByLabel('Who').fill('');
    await page.waitForURL((url) => !url.searchParams.has('actor'));
    await page.getByRole('cell', { name: 'person59', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'console_admin' }).first().waitFor();
    expect(await rows.allInnerTexts()).to.satisfy((texts: string[]) => texts.every((text) => text.includes('grace')));
    await expectAccessible(page);
  });

  it('are for admins: the server refuses others, and the page says so', async () => {
    const designer = await running.open('designer', '/people');
    await designer.getByText('You may not do this').first().waitFor();
    expect(await designer.getByRole('link', { name: 'People' }).count()).to.equal(0);
    await designer.context().close();
  });

  it('fit a screen of 360 px', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/people', '/people/keys', '/people/sign-in', '/people/audit']) {
      await go(path, 'People');
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).to.be.at.most(360);
    }
  });
});
