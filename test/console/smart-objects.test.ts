import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { alice } from '../../samples/authorization-server/index.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

describe(inBrowser('the console’s pages of SmartObjects'), function () {
  this.timeout(180_000);
  let running: Console;
  let page: Page;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole({ samples: true });
    await running.world.runtime.admin.refresh('crm', localPrincipal);
    page = await running.open('designer', '/smart-objects');
  });
  after(() => running?.close());
  const result = () => page.getByRole('region', { name: 'Result' });

  it('find methods by words, and keep the search in the address', async () => {
    await page.getByLabel('Search').fill('contact');
    await page.waitForURL(/search=contact/);
    await page
      .getByRole('link', { name: /contact/i })
      .first()
      .waitFor();
    await expectAccessible(page);
  });

  it('show an object with its methods, properties and types', async () => {
    await page.goto(`${running.url}/console/smart-objects/crm_Contact`);
    await page.getByRole('heading', { name: 'Properties' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /list/i }).first().click();
    await page.waitForURL(/smart-objects\/crm_Contact\/List/);
  });

  it('ask for the consent that a call lacks, and go on by themselves when it is given', async () => {
    await page.getByRole('button', { name: 'Run' }).click();
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Give consent' }).click();
    const provider = await opened;
    await provider.fill('#userName', alice.userName);
    await provider.fill('#password', alice.password);
    await provider.getByRole('button', { name: 'Sign in' }).click();
    await provider.getByRole('button', { name: 'Allow' }).click();
    await result().getByRole('table').waitFor();
    expect(await result().getByRole('row').count()).to.be.greaterThan(5);
    await expectAccessible(page);
  });

  it('show the same call as a command, a program and a workflow', async () => {
    await page.getByText('curl').first().waitFor();
    const call = page.getByRole('tabpanel', { name: 'The same call' });
    expect(await call.textContent()).to.contain('/api/smartobjects/crm_Contact/List');
  });

  it('explain what was wrong with an input, at its field', async () => {
    await page.goto(`${running.url}/console/smart-objects/crm_Contact/Read`);
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('must be given').first().waitFor();
    await expectAccessible(page);
  });

  it('show methods as forms, as an end user sees them', async () => {
    await page.goto(`${running.url}/console/forms/crm_Contact`);
    await page.getByRole('button', { name: 'List contacts' }).click();
    await page.getByRole('table').first().waitFor();
    await expectAccessible(page);
  });

  it('have a page for frames of other pages, of no site but the allowed ones', async () => {
    const answer = await fetch(`${running.url}/forms/crm_Contact/List`);
    expect(answer.headers.get('content-security-policy')).to.match(/frame-ancestors 'self'/);
    await page.goto(`${running.url}/forms/crm_Contact/List`);
    await page.getByRole('button', { name: 'List contacts' }).click();
    await page.getByRole('table').waitFor();
    await expectAccessible(page);
  });

  it('fit a screen of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/smart-objects', '/smart-objects/crm_Contact', '/smart-objects/crm_Contact/List']) {
      await page.goto(`${running.url}/console${path}`);
      await page.locator('main h1').waitFor();
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide, path).to.be.at.most(360);
    }
  });

  it('ran without a breach of the policy', () => {
    // The call before the consent was refused, as it had to be.
    const refused = /status of 403/;
    expect(running.complaints.filter((complaint) => !refused.test(complaint))).to.deep.equal([]);
  });
});
