import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { type Browser, chromium, type Page } from 'playwright-core';
import { alice } from '../../samples/authorization-server/index.js';
import { createDemo } from '../../samples/demo/demo.js';
import { showLinks, showServers } from '../../samples/demo/links.js';
import { Report } from '../../samples/demo/report.js';
import { runSteps } from '../../samples/demo/run-steps.js';
import { startWorld, type World } from '../../samples/demo/world.js';
import { builtClient } from '../../samples/form/server.js';

const executablePath = '/usr/bin/chromium';

describe('the demo', function () {
  this.timeout(180_000);
  let world: World;
  let printed = '';
  let failed: boolean;

  before(async () => {
    expect(existsSync(builtClient), `${builtClient} is not there: npm run build`).to.equal(true);
    world = await startWorld();
    const report = new Report((text) => {
      printed += text;
    }, false);
    showServers(world, report);
    failed = await runSteps(createDemo(world, report, new AbortController().signal));
    report.end(failed ? 'Failed after' : 'Done in');
    showLinks(world, report);
  });
  after(() => world?.close());

  it('does every step', () => {
    expect(failed, printed).to.equal(false);
    const headings = [...printed.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
    expect(headings).to.deep.equal(headings.map((_, at) => at + 1));
    expect(headings.length).to.equal(14);
    expect(printed).not.to.contain('✗');
  });

  it('tells what the token endpoint was asked', () => {
    const asked = [...printed.matchAll(/token endpoint was asked: (.+)$/gm)].map(([, what]) => what);
    expect(asked).to.deep.equal([
      '1 × authorization_code',
      '1 × refresh_token',
      '1 × refresh_token',
      '1 × client_credentials',
      '1 × authorization_code',
    ]);
  });

  it('shows no secret of an application', () => {
    const { SAMPLE_CLIENT_SECRET = '', SAMPLE_REPORTS_SECRET = '' } = world.variables;
    for (const secret of [SAMPLE_CLIENT_SECRET, SAMPLE_REPORTS_SECRET]) expect(printed).not.to.contain(secret);
  });

  it('ends with links that can be opened', async () => {
    const links = printed.slice(printed.indexOf('Try it yourself')).match(/http:\/\/[^\s']+/g) ?? [];
    expect(links.length).to.be.greaterThan(5);
    const states = await Promise.all(links.map(async (link) => `${link} ${(await fetch(link)).status}`));
    expect(states).to.deep.equal(links.map((link) => `${link} 200`));
  });

  describe(existsSync(executablePath) ? 'by hand' : `by hand: left out, ${executablePath} is not there`, () => {
    let browser: Browser;
    let page: Page;

    before(async function () {
      if (!existsSync(executablePath)) return this.skip();
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
      page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(30_000);
    });
    after(() => browser?.close());

    it('asks a person who comes to the form to sign in', async () => {
      await page.goto(world.form.origin);
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.goto(`${world.smartwright}/sign-in`);
      await page.fill('#user', 'designer');
      await page.fill('#password', world.passwords.designer);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(/\/console$/);
    });

    it('leads from the form through the consent, and shows the contacts', async () => {
      await page.goto(world.form.origin);
      const connect = page.getByRole('button', { name: 'Connect' });
      const [consent] = await Promise.all([page.waitForEvent('popup'), connect.click()]);
      await consent.fill('#userName', alice.userName);
      await consent.fill('#password', alice.password);
      await consent.getByRole('button', { name: 'Sign in' }).click();
      await consent.getByRole('button', { name: 'Allow' }).click();
      await page.getByText('20 of 240 contacts').waitFor();
      expect(await page.locator('#contacts tr').count()).to.equal(20);
    });

    it('shows faults at their fields, and saves what is right', async () => {
      await page.locator('#contacts button').first().click();
      await page.fill('#firstName', '');
      await page.fill('#email', 'edsger');
      await page.click('#save');
      await page.locator('.fault').first().waitFor();
      expect(await page.locator('.fault').allTextContents()).to.deep.equal([
        'must not be empty',
        'is not a valid email',
      ]);
      await page.fill('#firstName', 'Grace');
      await page.fill('#email', 'grace@example.org');
      await page.click('#save');
      await page.getByRole('button', { name: /^Grace / }).waitFor();
    });

    it('goes on from page to page', async () => {
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.getByText('40 of 240 contacts').waitFor();
    });
  });
});
