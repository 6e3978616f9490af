import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, PASSWORD, startConsole } from './support/start-console.js';

/** Bytes of script, as they travel, that the first page may load. */
const FIRST_LOAD = 250_000;

describe(inBrowser('the console’s shell'), function () {
  this.timeout(90_000);
  let running: Console;
  let page: Page;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole();
    page = await running.open('admin');
  });
  after(() => running?.close());

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });

  it('is where the bare address leads', async () => {
    await page.goto(running.url);
    await heading('Home').waitFor();
    expect(new URL(page.url()).pathname).to.equal('/console');
  });

  it(`loads less than ${FIRST_LOAD / 1000} kB of script first, compressed`, async () => {
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.setCacheDisabled', { cacheDisabled: true });
    const scripts = new Map<string, number>();
    client.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.set(requestId, 0));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
    });
    await page.reload({ waitUntil: 'networkidle' });
    await client.detach();
    const bytes = [...scripts.values()].reduce((sum, one) => sum + one, 0);
    expect(scripts.size).to.be.greaterThan(1);
    expect(bytes).to.be.greaterThan(50_000).and.lessThan(FIRST_LOAD);
  });

  it('keeps files with hashed names for ever, and the page never', async () => {
    const { request } = page.context();
    const html = await request.get(`${running.url}/console/service-instances`);
    expect(html.headers()).to.include({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
    const script = /src="([^"]+\.js)"/.exec(await html.text())?.[1] ?? '';
    const asset = await request.get(running.url + script, { headers: { 'accept-encoding': 'br' } });
    expect(asset.headers()).to.include({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect((await request.get(`${running.url}/console/assets/..%2findex.html`)).status()).to.equal(404);
    expect((await request.get(`${running.url}/console/assets/none.js`)).status()).to.equal(404);
  });

  it('runs under a policy with no inline script and no eval', async () => {
    const answer = await page.goto(`${running.url}/console`);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).to.equal("'self'");
    expect(policy).to.contain("default-src 'none'").and.contain("frame-ancestors 'none'");
  });

  it('leads through a sign-in to the address that was asked for', async () => {
    const stranger = await (await running.browser.newContext({ locale: 'en' })).newPage();
    await stranger.goto(`${running.url}/console/service-instances?x=1`);
    await stranger.fill('#user', 'console_admin');
    await stranger.fill('#password', PASSWORD);
    await stranger.click('button');
    await stranger.getByRole('heading', { level: 1, name: 'Service instances' }).waitFor();
    expect(stranger.url()).to.equal(`${running.url}/console/service-instances?x=1`);
    await stranger.context().close();
  });

  it('says of an address that nothing has what to do', async () => {
    await page.goto(`${running.url}/console/no/such/page`);
    await heading('There is nothing here').waitFor();
    await page.getByRole('link', { name: 'To the start page' }).click();
    await heading('Home').waitFor();
  });

  it('shows people what their role opens, and no more', async () => {
    const user = await running.open('user');
    expect(await user.getByRole('link', { name: 'Service instances' }).count()).to.equal(0);
    await user.context().close();
    expect(await page.getByRole('link', { name: 'Service instances' }).count()).to.equal(1);
  });

  it('can be worked by the keyboard alone: the first stop skips to the content', async () => {
    await page.goto(`${running.url}/console`);
    await heading('Home').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).to.equal('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).to.equal('main');
  });

  it('changes language and colours at once, and keeps both', async () => {
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await heading('Start').waitFor();
    await page.getByRole('button', { name: 'Farben' }).click();
    await page.getByRole('menuitem', { name: 'Dunkel' }).click();
    await page.reload();
    await heading('Start').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).to.equal('de');
    expect(await page.getAttribute('html', 'data-mantine-color-scheme')).to.equal('dark');
    await page.evaluate('localStorage.clear()');
    await page.reload();
    await heading('Home').waitFor();
  });

  it('fits a screen of 360 px, where the areas are behind a menu', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.click();
    await page.getByRole('link', { name: 'Service instances' }).click();
    await heading('Service instances').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(360);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('has nothing that keeps people out, in light and dark', async () => {
    await page.goto(`${running.url}/console`);
    await heading('Home').waitFor();
    await expectAccessible(page);
  });

  it('asks to sign in again when the session is over, and goes on where it was', async () => {
    await page.goto(`${running.url}/console/no/such/page`);
    await heading('There is nothing here').waitFor();
    const before = running.complaints.length;
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Service instances' }).click();
    await page.getByRole('dialog').getByText('Your session is over').waitFor();
    await page.getByRole('link', { name: 'Sign in here' }).click();
    await page.fill('#user', 'console_admin');
    await page.fill('#password', PASSWORD);
    await page.click('button');
    await heading('Service instances').waitFor();
    expect(running.complaints.slice(before).every((complaint) => complaint.includes('401'))).to.equal(true);
  });

  it('says that the server is away, and goes on when it is back', async () => {
    await page.route('**/api/**', (route) => route.abort());
    await page.reload();
    await page.getByText('The server does not answer').first().waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await heading('Service instances').waitFor();
  });
});
