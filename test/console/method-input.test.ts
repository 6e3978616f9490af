import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localPrincipal } from '../../runtime/index.js';
import { type JsonService, startService } from '../support/json-service.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

/** Beyond 2^53: a double holds 9007199254740993000 in its place. */
const LONG_ID = '9007199254740993123';
const ANOTHER_ID = '9007199254740993125';
const link = '[a link](https://stranger.example) and **bold**';

const contact = { $ref: '#/components/schemas/Contact' };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const answers = (schema: object) => ({ responses: { 200: { description: 'OK', ...json(schema) } } });
const takesContact = { requestBody: { required: true, ...json(contact) }, ...answers(contact) };

/** Contacts with what a form holds on to: nested objects, lists, and integers beyond doubles. */
const description = {
  openapi: '3.1.0',
  info: { title: 'Contacts' },
  paths: {
    '/contacts': {
      get: { operationId: 'listContacts', ...answers({ type: 'array', items: contact }) },
      post: { operationId: 'createContact', ...takesContact },
    },
    '/contacts/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int64' } }],
      get: { operationId: 'getContact', ...answers(contact) },
      put: { operationId: 'updateContact', ...takesContact },
    },
  },
  components: {
    schemas: {
      Contact: {
        type: 'object',
        required: ['firstName'],
        properties: {
          id: { type: 'integer', format: 'int64' },
          firstName: { type: 'string', description: link },
          born: { type: 'string', title: 'Date of birth' },
          address: {
            type: 'object',
            required: ['street'],
            properties: { street: { type: 'string' }, city: { type: 'string' } },
          },
          tags: { type: 'array', minItems: 1, items: { type: 'string' } },
          groups: { type: 'array', items: { type: 'string' } },
          hostile: {
            type: 'object',
            description: link,
            properties: {
              'ui:options': {
                type: 'object',
                properties: { enableMarkdownInDescription: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  },
};

describe(inBrowser('the form of a method’s input'), function () {
  this.timeout(120_000);
  let running: Console;
  let service: JsonService;
  let page: Page;
  /** What the service was sent, by request line. */
  const sent = new Map<string, string>();

  before(async function () {
    if (!hasChromium) return this.skip();
    service = await startService(({ method, url = '' }, response, body) => {
      if (url === '/openapi.json') return { ...description, servers: [{ url: service.url }] };
      sent.set(`${method} ${url}`, body);
      const stored = `{"id":${LONG_ID},"firstName":"Ada","address":{"street":"St James"},"groups":["one"]}`;
      response.setHeader('content-type', 'application/json');
      response.end(url === '/contacts' && method === 'GET' ? `[${stored}]` : stored);
      return undefined;
    });
    running = await startConsole();
    const instance = {
      kind: 'ServiceInstance',
      name: 'Shop',
      type: 'rest',
      authentication: { mode: 'none' },
      keys: { descriptor: `${service.url}/openapi.json` },
      allowedHosts: ['127.0.0.1'],
    };
    await running.world.runtime.admin.apply([instance], localPrincipal);
    page = await running.open('designer', '/forms/Shop_Contact?kind=create');
  });
  after(async () => {
    await running?.close();
    await service?.close();
  });

  const form = () => page.locator('form.rjsf');
  const text = (name: string) => page.getByRole('textbox', { name });
  /** Submits the form, and gives what the service was sent. */
  async function submit(request: string): Promise<string | undefined> {
    sent.delete(request);
    await form().locator('button[type=submit]').click();
    for (let waited = 0; !sent.has(request) && waited < 5_000; waited += 50) await page.waitForTimeout(50);
    return sent.get(request);
  }

  it('calls its fields by their titles, or else by the words of their names', async () => {
    await text('First name').fill('Ada');
    await text('Date of birth').waitFor();
    await form().getByText('Address', { exact: true }).waitFor();
  });

  it('shows what the service says as text, whatever its members are called', async () => {
    expect(await form().getByText(link, { exact: true }).count()).to.equal(2);
    expect(await form().locator('a, strong').count()).to.equal(0);
  });

  it('leaves out an object that was cleared again and a list whose entries were removed', async () => {
    await text('Street').fill('St James');
    await text('Street').fill('');
    const tags = form().locator('fieldset').filter({ hasText: 'Tags' }).last();
    await tags.getByRole('button', { name: 'Add' }).click();
    await tags.getByRole('button', { name: 'Remove' }).click();
    await page.waitForTimeout(200);
    expect(await submit('POST /contacts')).to.equal('{"firstName":"Ada"}');
  });

  it('shows in the equivalent call what will be sent', async () => {
    const { items } = await running.world.runtime.store.smartObjects.findMethods({ instance: 'Shop' });
    const create = items.find(({ kind }) => kind === 'create');
    await page.goto(`${running.url}/console/smart-objects/Shop_Contact/${create?.name}`);
    await text('Street').fill('St James');
    await page.getByRole('region', { name: 'curl' }).getByText('St James').waitFor();
    await text('Street').fill('');
    await text('First name').fill('Grace');
    const call = page.getByRole('region', { name: 'curl' }).filter({ hasText: 'Grace' });
    await call.waitFor();
    expect(await call.textContent()).to.not.contain('address');
  });

  it('keeps the digits of an identifier from a row to the change of it, and a list that was emptied on purpose', async () => {
    await page.goto(`${running.url}/console/forms/Shop_Contact?kind=list`);
    await form().locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await text('Street').waitFor();
    const groups = form().locator('fieldset').filter({ hasText: 'Groups' }).last();
    await groups.getByRole('button', { name: 'Remove' }).click();
    const body = await submit(`PUT /contacts/${LONG_ID}`);
    expect(body).to.contain('"address":{"street":"St James"}').and.to.contain('"groups":[]');
  });

  it('keeps the digits of an identifier that is typed', async () => {
    await page.goto(`${running.url}/console/forms/Shop_Contact?kind=read`);
    await text('Id').pressSequentially(ANOTHER_ID);
    await text('Id').blur();
    expect(await text('Id').inputValue()).to.equal(ANOTHER_ID);
    expect(await submit(`GET /contacts/${ANOTHER_ID}`)).to.equal('');
  });

  it('leads to no address that is code', async () => {
    await page.route('**/api/smartobjects/Shop_Contact/*', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 403,
            contentType: 'application/problem+json',
            body: JSON.stringify({
              type: 'about:blank',
              title: 'Consent',
              status: 403,
              code: 'AUTHORIZATION_REQUIRED',
              detail: 'A consent is needed.',
              authorizationUrl: 'javascript:document.title="canary"',
            }),
          })
        : route.continue(),
    );
    await form().locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Give consent' }).click();
    await page.getByRole('status').filter({ hasText: 'window' }).waitFor();
    expect(page.context().pages()).to.have.length(1);
    expect(await page.locator('a[href^="javascript"]').count()).to.equal(0);
  });

  it('speaks the person’s language also where the form library has words of its own', async () => {
    const german = await running.open('designer', '/forms/Shop_Contact?kind=create', { locale: 'de' });
    const tags = german.locator('form.rjsf fieldset').filter({ hasText: 'Tags' }).last();
    await tags.getByRole('button', { name: 'Hinzufügen' }).click();
    await tags.getByRole('button', { name: 'Entfernen' }).click();
    await german.context().close();
  });

  it('ran without an exception or a breach of the policy', () => {
    expect(running.complaints.filter((complaint) => !/status of 403/.test(complaint))).to.deep.equal([]);
  });
});
