import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { alice } from '../../samples/authorization-server/index.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

/** Clicks from an empty installation to the first call that works. */
const MOST_CLICKS = 12;

describe(inBrowser('the guided path of the console'), function () {
  this.timeout(120_000);
  let running: Console;
  let page: Page;
  let clicks = 0;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole();
    page = await running.open('admin');
  });
  after(() => running?.close());

  async function press(name: string, at: Page = page): Promise<void> {
    await at.getByRole('button', { name, exact: true }).click();
    clicks++;
  }

  it(`leads from an empty installation to a call that works in ${MOST_CLICKS} clicks or less`, async () => {
    const { crm, variables } = running.world;
    await page.getByRole('link', { name: /OpenAPI or Swagger/ }).click();
    clicks++;
    await page.getByLabel('Descriptor Location').fill(`${crm.url}/openapi.json`);
    await page.getByLabel('Allow 127.0.0.1').click();
    clicks++;
    await press('Look what is there');
    await press('Save and go on');
    await page.getByLabel(/client id/).fill('smartwright');
    await page.getByLabel(/client secret/).fill(variables.SAMPLE_CLIENT_SECRET ?? '');
    await press('Save and go on');
    const opened = page.waitForEvent('popup');
    await press('Sign in at the provider');
    const provider = await opened;
    await provider.fill('#userName', alice.userName);
    await provider.fill('#password', alice.password);
    await press('Sign in', provider);
    await press('Allow', provider);
    await press('Generate SmartObjects');
    await press('Call it');
    await page.getByRole('heading', { name: 'It works' }).waitFor();
    expect(clicks).to.be.at.most(MOST_CLICKS);
    expect(await page.getByRole('region', { name: 'Result' }).first().textContent()).to.contain('items');
  });

  it('keeps what was reached at an address, and has nothing that keeps people out', async () => {
    const name = new URL(page.url()).pathname.split('/')[3] ?? '';
    await page.goto(`${running.url}/console/connect/${name}/authentication`);
    await page.getByLabel('As it is now (oauth)').waitFor();
    await expectAccessible(page);
    await page.goto(`${running.url}/console/connect/${name}/methods`);
    await page.getByRole('button', { name: 'Generate SmartObjects' }).waitFor();
    await expectAccessible(page);
  });

  it('ran without a breach of the policy', () => {
    expect(running.complaints).to.deep.equal([]);
  });
});
