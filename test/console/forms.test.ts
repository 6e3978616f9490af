import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { alice } from '../../samples/authorization-server/index.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

/** An origin that nobody has allowed. */
const STRANGER = 'http://localhost:9';

describe(inBrowser('the forms of SmartObjects'), function () {
  this.timeout(120_000);
  let running: Console;
  let page: Page;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole({ samples: true });
    page = await running.open('designer', '/forms/crm_Contact');
  });
  after(() => running?.close());

  it('list what there is, after a consent', async () => {
    await page.getByRole('button', { name: 'List contacts' }).click();
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Give consent' }).click();
    const provider = await opened;
    await provider.fill('#userName', alice.userName);
    await provider.fill('#password', alice.password);
    await provider.getByRole('button', { name: 'Sign in' }).click();
    await provider.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('button', { name: 'Edit' }).first().waitFor();
  });

  it('fill in the form to change a row with what the row has', async () => {
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: 'Edit' }) })
      .first();
    const words = await row.getByRole('cell').allTextContents();
    await row.getByRole('button', { name: 'Edit' }).click();
    await page.waitForURL(/kind=update/);
    const name = await page.getByRole('textbox', { name: 'First name' }).inputValue();
    expect(name).not.to.equal('');
    expect(words).to.include(name);
    await expectAccessible(page);
  });

  it('stand in frames of an allowed page, which is told of the height and the end, and of no value', async () => {
    const told = await frameIn(running.world.form.origin);
    const form = page.frameLocator('iframe');
    await form.getByRole('button', { name: 'List contacts' }).click();
    await form.getByRole('table').waitFor();
    await page.waitForTimeout(300);
    const messages = await told();
    const types = new Set(messages.map(({ type }) => type));
    expect([...types].sort()).to.deep.equal(['smartwright:done', 'smartwright:height']);
    expect(messages.find(({ type }) => type === 'smartwright:done')).to.deep.equal({
      type: 'smartwright:done',
      object: 'crm_Contact',
      method: 'List',
    });
  });

  it('are refused to frames of any other page', async () => {
    const before = running.complaints.length;
    const told = await frameIn(STRANGER);
    await page.waitForTimeout(1_000);
    expect(await page.frameLocator('iframe').getByRole('heading').count()).to.equal(0);
    expect(await told()).to.deep.equal([]);
    expect(running.complaints.slice(before).join()).to.contain('frame-ancestors');
  });

  it('ask a stranger to sign in, in a window of its own', async () => {
    const stranger = await (await running.browser.newContext({ locale: 'en' })).newPage();
    await stranger.goto(`${running.url}/forms/crm_Contact/List`);
    const opened = stranger.waitForEvent('popup');
    await stranger.getByRole('button', { name: 'Sign in', exact: true }).click();
    await (await opened).locator('#password').waitFor();
    expect(await stranger.getByRole('button', { name: 'List contacts' }).count()).to.equal(0);
    await stranger.context().close();
  });

  /** Shows the form in a frame of a page of this origin. What the page is told is asked for by what is given back. */
  async function frameIn(origin: string): Promise<() => Promise<{ type: string }[]>> {
    const form = `${running.url}/forms/crm_Contact/List`;
    await page.route(`${origin}/host`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>Host</title><script>
          const told = [];
          addEventListener('message', ({ data }) => told.push(data));
        </script><iframe src="${form}" title="form" style="width:100%;height:700px"></iframe>`,
      }),
    );
    // Browsers ask before a page whose address they cannot tell reaches into the local network.
    await page.context().grantPermissions(['local-network-access'], { origin });
    await page.goto(`${origin}/host`);
    return () => page.evaluate('told');
  }
});
