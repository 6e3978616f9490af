import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { type JsonService, startService } from '../support/json-service.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

const hostile = '<img src=x onerror="document.title=\'canary\'">';
const FILE = 'The bytes of a file.';

const text = { type: 'string' };
const json = (schema: object) => ({
  responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
});
const list = json({ type: 'array', items: { type: 'object' } });
const query = (name: string, more: object = {}) => ({ name, in: 'query', schema: text, ...more });
const bytes = { responses: { 200: { description: 'OK', content: { 'application/octet-stream': {} } } } };

/** A shop whose orders take what other methods list, and whose words are hostile. */
const paths = {
  '/sites': { get: { operationId: 'sites', ...list } },
  '/products': { get: { operationId: 'products', parameters: [query('site', { required: true })], ...list } },
  '/slow': { get: { operationId: 'slow', ...list } },
  '/print': { get: { operationId: 'print', ...bytes } },
  '/broken': { get: { operationId: 'broken', ...list } },
  '/orders': {
    post: {
      operationId: 'order',
      summary: hostile,
      description: hostile,
      parameters: [
        query('site', {
          'x-ms-summary': 'Site',
          'x-ms-dynamic-values': { operationId: 'sites', 'value-path': 'key', 'value-title': 'label' },
        }),
        query('product', {
          'x-ms-summary': 'Product',
          'x-ms-dynamic-values': {
            operationId: 'products',
            'value-path': 'id',
            'value-title': 'label',
            parameters: { site: { parameter: 'site' } },
          },
        }),
        query('speed', { description: hostile, schema: { ...text, enum: ['slow', 'fast'] } }),
      ],
      ...json({ type: 'object' }),
    },
  },
};

describe(inBrowser('the method tester of the console'), function () {
  this.timeout(120_000);
  let running: Console;
  let service: JsonService;
  let page: Page;
  let isSlowEnded: Promise<void>;
  /** Addresses of methods by their objects, each of which has one. */
  const methods = new Map<string, string>();

  before(async function () {
    if (!hasChromium) return this.skip();
    service = await startService(({ url = '' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      switch (pathname) {
        case '/openapi.json':
          return { openapi: '3.1.0', info: { title: 'Shop' }, servers: [{ url: service.url }], paths };
        case '/sites':
          return [
            { key: 'north', label: hostile },
            { key: 'south', label: 'The south' },
          ];
        case '/products':
          return [{ id: 'p1', label: `A product of ${searchParams.get('site')}` }];
        case '/slow':
          isSlowEnded = new Promise((resolve) => response.on('close', resolve));
          return undefined;
        case '/print':
          response.setHeader('content-disposition', 'attachment; filename="print.bin"');
          response.setHeader('content-type', 'application/octet-stream');
          response.end(FILE);
          return undefined;
        case '/broken':
          response.statusCode = 500;
          return { error: hostile };
        default:
          return { placed: Object.fromEntries(searchParams), [hostile]: hostile, none: null };
      }
    });
    running = await startConsole();
    const { admin, store } = running.world.runtime;
    await admin.apply(
      [
        {
          kind: 'ServiceInstance',
          name: 'Shop',
          type: 'rest',
          authentication: { mode: 'none' },
          keys: { descriptor: `${service.url}/openapi.json` },
          allowedHosts: ['127.0.0.1'],
        },
      ],
      localPrincipal,
    );
    const { items } = await store.smartObjects.findMethods({ instance: 'Shop' });
    for (const { object, name } of items) methods.set(object, `${object}/${name}`);
    page = await running.open('designer', '/smart-objects');
  });
  after(async () => {
    await running?.close();
    await service?.close();
  });

  const result = () => page.getByRole('region', { name: 'Result' }).first();
  const run = () => page.getByRole('button', { name: 'Run', exact: true });
  async function test(object: string): Promise<void> {
    await page.goto(`${running.url}/console/smart-objects/${methods.get(`Shop_${object}`)}`);
    await run().waitFor();
  }

  it('offers what another method lists, which waits for the input that it depends on', async () => {
    await test('Order');
    const product = page.getByRole('combobox', { name: 'Product' });
    expect(await product.isDisabled()).to.equal(true);
    expect(await product.getAttribute('placeholder')).to.equal('Fill in site first');
    await page.getByRole('combobox', { name: 'Site' }).click();
    await page.getByRole('option', { name: hostile }).waitFor();
    await page.getByRole('option', { name: 'The south (south)' }).click();
    await product.click();
    await page.getByRole('option', { name: 'A product of south (p1)' }).click();
    await run().click();
    await result().getByText('"product":"p1"').waitFor();
  });

  it('takes a value that is not in the list', async () => {
    await page.getByRole('button', { name: 'Type another value' }).first().click();
    await page.getByRole('textbox', { name: 'Site' }).fill('east');
    await run().click();
    await result().getByText('"site":"east"').waitFor();
  });

  it('writes the call with its input as a command, a program and a workflow', async () => {
    await page.getByRole('region', { name: 'curl' }).getByText('"site":"east"').waitFor();
    await page.getByRole('tab', { name: 'TypeScript' }).click();
    await page
      .getByRole('region', { name: 'typescript' })
      .getByText(/site: 'east'/)
      .waitFor();
    await page.getByRole('tab', { name: 'Workflow (YAML)' }).click();
    await page
      .getByRole('region', { name: 'workflow' })
      .getByText(/arazzo: 1\.0\.1/)
      .waitFor();
  });

  it('shows hostile names, descriptions and results as text, as sheet, tree and JSON', async () => {
    const views = [
      ['Tree', hostile],
      ['JSON', JSON.stringify(hostile)],
      ['Table', hostile],
    ] as const;
    for (const [view, written] of views) {
      await page.getByText(view, { exact: true }).click();
      await result().getByText(written).first().waitFor();
    }
    expect(await page.locator('main img').count()).to.equal(0);
    expect(await page.title()).to.not.equal('canary');
    await expectAccessible(page);
  });

  it('ends a call at the service when it is cancelled', async () => {
    await test('Slow');
    await run().click();
    await page.getByText('Under way…').waitFor();
    while (isSlowEnded === undefined) await page.waitForTimeout(20);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await result().getByText('Cancelled').waitFor();
    await isSlowEnded;
  });

  it('hands over a file as a download, with its name and its bytes', async () => {
    await test('Print');
    await run().click();
    const begun = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download print.bin' }).click();
    const download = await begun;
    expect(download.suggestedFilename()).to.equal('print.bin');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).to.equal(FILE);
  });

  it('explains a failure of the service, with its own answer as text', async () => {
    await test('Broken');
    await run().click();
    await result()
      .getByText(/^UPSTREAM_\w+ · /)
      .waitFor();
    await result()
      .getByText(/canary/)
      .waitFor();
    expect(await page.locator('main img').count()).to.equal(0);
    await expectAccessible(page);
  });

  it('says that the server is away, and keeps what was filled in', async () => {
    await test('Order');
    await page.getByRole('button', { name: 'Type another value' }).first().click();
    await page.getByRole('textbox', { name: 'Site' }).fill('west');
    await page.route('**/api/smartobjects/*/*', (route) => route.abort());
    await run().click();
    await result().getByRole('alert').waitFor();
    await page.unroute('**/api/smartobjects/*/*');
    await result().getByRole('button', { name: 'Try again' }).click();
    await result().getByText('"site":"west"').waitFor();
    expect(await page.getByRole('textbox', { name: 'Site' }).inputValue()).to.equal('west');
  });

  it('fits a screen of 360 px with a result', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.waitForTimeout(400);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(360);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('ran without a breach of the policy', () => {
    const expected = /status of 50\d|ERR_FAILED/;
    expect(running.complaints.filter((complaint) => !expected.test(complaint))).to.deep.equal([]);
  });
});
