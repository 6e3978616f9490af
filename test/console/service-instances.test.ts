import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

const markup = '<img src=x onerror="document.title=1">';

describe(inBrowser('the console’s page of a service instance'), function () {
  this.timeout(180_000);
  let running: Console;
  let page: Page;
  let descriptor: string;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole();
    const { runtime } = running.world;
    descriptor = join(runtime.settings.data, 'shop.json');
    await describeShop({ '/orders': ['get', 'post'], '/orders/{id}': ['get'] });
    await runtime.admin.save(
      {
        kind: 'ServiceInstance',
        name: 'shop',
        displayName: `Shop ${markup}`,
        type: 'rest',
        authentication: { mode: 'none' },
        keys: { descriptor },
      },
      localPrincipal,
    );
    page = await running.open('admin', '/service-instances');
  });
  after(() => running?.close());

  /** Writes the shop's description with these operations. */
  async function describeShop(paths: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const operation = (path: string, verb: string) => ({
      summary: `${verb} ${markup}`,
      operationId: `${verb}${path.replace(/\W+/g, '')}`,
      ...(path.includes('{id}') && {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      }),
      responses: { 200: { description: markup, content: { 'application/json': { schema: { type: 'object' } } } } },
    });
    const document = {
      openapi: '3.1.0',
      info: { title: markup, version: '1' },
      servers: [{ url: 'https://shop.example' }],
      paths: Object.fromEntries(
        Object.entries(paths).map(([path, verbs]) => [
          path,
          Object.fromEntries(verbs.map((verb) => [verb, operation(path, verb)])),
        ]),
      ),
    };
    await writeFile(descriptor, JSON.stringify(document));
  }
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();

  it('is reached from the list, and shows hostile names as they are', async () => {
    await page.getByRole('link', { name: `Shop ${markup}` }).click();
    await page.getByRole('heading', { level: 1, name: `Shop ${markup}` }).waitFor();
    expect(await page.locator('main img').count()).to.equal(0);
    await expectAccessible(page);
  });

  it('says when nothing has changed', async () => {
    await page.getByRole('button', { name: 'Look for changes' }).click();
    await page.getByText('Nothing has changed.').waitFor();
  });

  it('shows what changed, the breaking first, and takes it over when it is accepted', async () => {
    await describeShop({ '/orders': ['get'], '/orders/{id}': ['get'], '/customers': ['get'] });
    await page.getByRole('button', { name: 'Look for changes' }).click();
    const accept = page.getByRole('button', { name: /Accept 1 breaking change/ });
    await accept.waitFor();
    const titles = await page.getByRole('heading', { level: 3 }).allTextContents();
    expect(titles.slice(0, 1)).to.deep.equal(['Breaking']);
    expect(await page.locator('main img').count()).to.equal(0);
    await expectAccessible(page);
    await accept.click();
    await page.getByText(/Taken over: \d+ objects with 3 methods/).waitFor();
  });

  it('brings a former description back', async () => {
    await tab('History');
    await page.getByRole('button', { name: 'Bring back version 1' }).click();
    await page.getByRole('cell', { name: 'Version 3 in use' }).waitFor();
    await expectAccessible(page);
    expect((await running.world.runtime.store.descriptions.summary('shop'))?.methods).to.equal(3);
  });

  it('changes service keys, and says what is wrong with one at its field', async () => {
    await tab('Service keys');
    await page.getByLabel('Service URL', { exact: false }).first().fill('https://other.example/api');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/Saved, as version \d+/).waitFor();
    const stored = await running.world.runtime.store.instances.get('shop');
    expect(stored?.document.keys).to.include({ serviceUrl: 'https://other.example/api', descriptor });
    await expectAccessible(page);
  });

  it('tells of the description and of the last calls', async () => {
    await tab('Diagnostics');
    await page.getByText('other.example').first().waitFor();
    await expectAccessible(page);
    await tab('Last calls');
    await page.getByText('There was no call yet.').waitFor();
    await page.goto(`${running.url}/console/service-instances/shop?tab=history`);
    await page.getByRole('tab', { name: 'History', selected: true }).waitFor();
  });

  it('shows a designer what concerns him', async () => {
    const designer = await running.open('designer', '/service-instances/shop');
    await designer.getByRole('tab', { name: 'History' }).waitFor();
    expect(await designer.getByRole('tab').allTextContents()).to.deep.equal(['History', 'Diagnostics']);
    await designer.context().close();
  });

  it('ran without a breach of the policy', async () => {
    expect(running.complaints).to.deep.equal([]);
    expect(await readFile(descriptor, 'utf8')).to.contain('onerror');
  });
});
