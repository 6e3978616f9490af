import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { alice } from '../../samples/authorization-server/index.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

describe(inBrowser('the console’s token pages'), function () {
  this.timeout(120_000);
  let running: Console;
  let page: Page;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole({ samples: true });
    page = await running.open('admin', '/tokens');
  });
  after(() => running?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  async function go(path: string, title: string): Promise<void> {
    await page.goto(`${running.url}/console${path}`);
    await heading(title).waitFor();
  }
  /** Consents at the provider; one who has done so there before is sent back at once, and the window closes. */
  async function passProvider(popup: Page): Promise<void> {
    const seen = (selector: string): Promise<boolean> =>
      popup
        .locator(selector)
        .first()
        .waitFor()
        .then(
          () => true,
          (error) => (popup.isClosed() ? false : Promise.reject(error)),
        );
    if (!(await seen('form[data-step=login], form[data-step=allow], #close'))) return;
    if ((await popup.locator('form[data-step=login]').count()) > 0) {
      await popup.fill('input[name=userName]', alice.userName);
      await popup.fill('input[name=password]', alice.password);
      await popup.click('button[type=submit]');
    }
    if (!(await seen('form[data-step=allow], #close'))) return;
    const allow = popup.locator('form[data-step=allow] button');
    if ((await allow.count()) > 0) await allow.click();
  }
  /** Presses a button that opens the provider, and consents there. */
  async function consent(name: string): Promise<void> {
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name }).click()]);
    await passProvider(popup);
  }
  const states = async () =>
    (await running.world.runtime.store.tokens.list()).map(
      ({ credential, resource, state }) => `${credential} ${resource} ${state}`,
    );

  it('say what to do while there is no token', async () => {
    await page.getByText('There is no token yet').waitFor();
    await expectAccessible(page);
  });

  it('connect a person by a window of its own, and go on by themselves', async () => {
    await page.getByRole('tab', { name: 'My connections' }).click();
    await page.getByText('Not connected').first().waitFor();
    await consent('Connect: Sample CRM');
    await page.getByText('Connected.', { exact: true }).waitFor();
    await page.getByText('Valid').waitFor();
    expect(await states()).to.deep.equal(['user:console_admin crm valid']);
    await expectAccessible(page);
  });

  it('say what to do when the browser blocks the window, and when it is closed', async () => {
    await go('/tokens?tab=mine', 'Tokens');
    const button = page.getByRole('button', { name: 'Reconnect: Sample CRM' });
    // The provider keeps the person waiting.
    const provider = '**/oauth/authorize/**';
    await page.context().route(provider, (route) => route.fulfill({ contentType: 'text/html', body: 'Wait' }));
    const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
    await popup.close();
    await page.getByText('The window was closed').waitFor();
    await page.context().unroute(provider);
    await page.evaluate('window.open = () => null');
    await button.click();
    await page.getByText('The browser blocked the window').waitFor();
    expect(await page.getByRole('link', { name: 'Open the provider' }).getAttribute('href')).to.contain(
      '/oauth/authorize/crm',
    );
  });

  it('connect a service account', async () => {
    await go('/tokens', 'Tokens');
    await page.getByRole('combobox', { name: 'OAuth resource' }).click();
    await page.getByRole('option', { name: 'Sample CRM' }).click();
    await page.getByLabel('Service account', { exact: true }).fill('workflow');
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Connect', exact: true }).click(),
    ]);
    await passProvider(popup);
    await page.getByRole('link', { name: 'service:workflow' }).waitFor();
    expect(await states()).to.include('service:workflow crm valid');
  });

  it('show one token with its state and what its flows did, masked', async () => {
    await go('/tokens', 'Tokens');
    await page.getByRole('link', { name: 'user:console_admin' }).click();
    await heading('user:console_admin at crm').waitFor();
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page
      .getByRole('button', { name: /^Done Refresh/ })
      .first()
      .waitFor();
    const trace = page.getByRole('region', { name: /Refresh/ }).first();
    await trace.getByText('grant_type').first().waitFor();
    const shown = await page.locator('main').textContent();
    const token = await running.world.runtime.store.tokens.get('user:console_admin', 'crm');
    expect(shown).to.contain('refresh_token').and.contain('[secret]').and.contain('/token');
    expect(shown).not.to.contain(token?.refreshToken?.reveal()).and.not.contain(token?.accessToken.reveal());
    await expectAccessible(page);
  });

  it('name the rule that failed, and the remedy', async () => {
    const { store, admin } = running.world.runtime;
    const { document } = (await store.resources.get('crm')) ?? {};
    await admin.save({ ...document, values: { ...document?.values, client_secret: 'wrong-secret' } }, localPrincipal);
    await go('/tokens/crm/user%3Aconsole_admin', 'user:console_admin at crm');
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByText('The rule that failed: invalid_client').waitFor();
    await page
      .getByText(/Remedy: an administrator corrects client id, secret/)
      .first()
      .waitFor();
    await go('/tokens', 'Tokens');
    await page.getByText('Retrying').first().waitFor();
    await expectAccessible(page);
  });

  it('revoke a token', async () => {
    await go('/tokens/crm/service%3Aworkflow', 'service:workflow at crm');
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    expect(await states()).not.to.include('service:workflow crm valid');
  });

  it('show a person without rights their own connections alone', async () => {
    const user = await running.open('user', '/tokens');
    await user.getByRole('button', { name: 'Connect: Sample CRM' }).waitFor();
    expect(await user.getByRole('tab').count()).to.equal(0);
    expect(await user.locator('main').textContent()).not.to.contain('console_admin');
    await expectAccessible(user);
    await user.context().close();
  });

  it('fit a screen of 360 px', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await go('/tokens', 'Tokens');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(360);
    await go('/tokens/crm/user%3Aconsole_admin', 'user:console_admin at crm');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(360);
  });
});
