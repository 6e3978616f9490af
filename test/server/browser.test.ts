import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { type Browser, chromium, type Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { type AuthorizationServer, alice, startAuthorizationServer } from '../../samples/authorization-server/index.js';
import { type Fixture, PASSWORD, startFixture } from './fixture.js';

const executablePath = '/usr/bin/chromium';
const found = existsSync(executablePath);
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** What only a browser enforces: the content security policy, the Origin of forms, cookies, and messages between windows. */
describe(
  found ? 'the pages in a browser' : `the pages in a browser: left out, ${executablePath} is not there`,
  function () {
    this.timeout(90_000);
    let fixture: Fixture;
    let provider: AuthorizationServer;
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];

    before(async function () {
      if (!found) return this.skip();
      fixture = await startFixture();
      provider = await startAuthorizationServer({
        clients: [{ clientId: 'smartwright', clientSecret: 'secret' }],
        redirectUris: [`${fixture.url}/identity/token/oauth/2`],
      });
      const stages = { authorization: {}, token: {}, refresh: {} };
      const type = {
        kind: 'OAuthResourceType',
        name: 'Sample',
        parameters: [
          { name: 'client_id', stages },
          { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
          { name: 'scope', stages: { authorization: { default: 'crm.read' } } },
        ],
      };
      const { authorizationEndpoint, tokenEndpoint } = provider;
      const resource = {
        kind: 'OAuthResource',
        name: 'Crm',
        type: 'Sample',
        authorizationEndpoint,
        tokenEndpoint,
        values: { client_id: 'smartwright', client_secret: 'secret' },
        allowedHosts: ['127.0.0.1'],
      };
      const person = { kind: 'User', name: 'alice', roles: ['designer'], password: PASSWORD };
      await fixture.runtime.admin.apply([type, resource, person], localPrincipal);
      browser = await chromium.launch({ executablePath, args });
      const context = await browser.newContext();
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page = await context.newPage();
    });
    after(async () => {
      await browser?.close();
      await provider?.close();
      await fixture?.close();
    });

    async function passProvider(at: Page): Promise<void> {
      await at.fill('input[name=userName]', alice.userName);
      await at.fill('input[name=password]', alice.password);
      await at.click('button[type=submit], form button');
      await at.waitForSelector('form[data-step=allow]');
      await at.click('form[data-step=allow] button');
    }

    it('sign a person in who followed a consent link, and lead on to the provider and back', async () => {
      await page.goto(`${fixture.url}/oauth/authorize/Crm`);
      await page.fill('#user', 'alice');
      await page.fill('#password', PASSWORD);
      await page.click('button');
      await page.waitForURL(`${provider.issuer}/**`);
      await passProvider(page);
      await page.waitForSelector('text=Authorization successful');
      expect(complaints).to.deep.equal([]);
    });

    it('tell the opener that the consent was given, and close', async () => {
      await page.goto(fixture.url);
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate((path) => {
          const scope = globalThis as unknown as {
            told: unknown[];
            open(path: string): void;
            addEventListener(type: 'message', listener: (event: { data: unknown; origin: string }) => void): void;
          };
          scope.told = [];
          scope.addEventListener('message', ({ data, origin }) => scope.told.push({ data, origin }));
          scope.open(path);
        }, '/oauth/authorize/Crm'),
      ]);
      await popup.waitForSelector('#close, form[data-step=allow]');
      if ((await popup.locator('form[data-step=allow]').count()) > 0) await popup.click('form[data-step=allow] button');
      await popup.waitForSelector('#close');
      await page.waitForFunction(() => (globalThis as unknown as { told: unknown[] }).told.length > 0);
      expect(await page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told)).to.deep.equal([
        { data: { type: 'smartwright:authorized', resource: 'Crm' }, origin: fixture.url },
      ]);
      await Promise.all([popup.waitForEvent('close'), popup.click('#close')]);
    });

    it('change the password and sign out by their forms', async () => {
      await page.goto(`${fixture.url}/password`);
      await page.fill('#current', PASSWORD);
      await page.fill('#password', 'another long phrase');
      await page.fill('#again', 'another long phrase');
      await page.click('main button');
      await page.waitForURL(/\/console$/);
      await page.getByRole('button', { name: 'alice' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForSelector('h1:has-text("Sign in")');
      expect(complaints).to.deep.equal([]);
    });
  },
);
