import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { SmartMethod, SmartObject } from '../../config/model/smart-object.js';
import { expectAccessible } from './support/axe.js';
import { hasChromium, inBrowser } from './support/chromium.js';
import { type Console, startConsole } from './support/start-console.js';

const hostile = '<img src=x onerror="document.title=\'canary\'">';

/** Methods of the largest installation that the list is tried with: objects, each with this many methods. */
const OBJECTS = 500;
const METHODS = 100;
/** Milliseconds from a jump in the list to its rows, on a busy machine. */
const SOON = 5_000;
/** Milliseconds for a page to take another size. */
const SETTLE = 600;

describe(inBrowser('the console’s search among SmartObjects'), function () {
  this.timeout(120_000);
  let running: Console;
  let page: Page;

  before(async function () {
    if (!hasChromium) return this.skip();
    running = await startConsole({ samples: true });
    page = await running.open('designer', '/smart-objects');
  });
  after(() => running?.close());

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name, exact: true });
  const row = (name: RegExp) => page.getByRole('list', { name: 'Methods' }).getByRole('link', { name });
  async function go(path: string, title: string | RegExp): Promise<void> {
    await page.goto(`${running.url}/console${path}`);
    await heading(title).waitFor();
  }

  it('finds methods by words of object and method in any order, and keeps the search in the address', async () => {
    await page.getByLabel('Search', { exact: true }).fill('list crm_contact');
    await page.waitForURL(/[?&]search=list\+crm_contact/);
    await row(/crm_Contact\.List/).waitFor();
    expect(await row(/crm_Contact\.Create/).count()).to.equal(0);
    await page.reload();
    await row(/crm_Contact\.List/).waitFor();
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).to.equal('list crm_contact');
  });

  it('narrows by instance and kind, each with how many methods it has', async () => {
    await go('/smart-objects', 'SmartObjects');
    await page
      .getByRole('combobox', { name: 'Service instance' })
      .or(page.getByLabel('Service instance'))
      .first()
      .click();
    await page.getByRole('option', { name: /^crm \(\d+\)$/ }).click();
    await page.getByRole('combobox', { name: 'Kind' }).or(page.getByLabel('Kind')).first().click();
    await page.getByRole('option', { name: /^Delete \(\d+\)$/ }).click();
    await page.waitForURL(/kind=delete/);
    await page
      .getByRole('status')
      .getByText(/^4 methods$/)
      .waitFor();
    await row(/crm_Contact\.Delete/).waitFor();
    expect(new URL(page.url()).search).to.equal('?instance=crm&kind=delete');
    expect(await row(/\.List/).count()).to.equal(0);
  });

  it('says what to do when nothing is found', async () => {
    await go('/smart-objects?search=nothingofthekind', 'SmartObjects');
    await page.getByRole('button', { name: 'Show all' }).click();
    await row(/crmReports_/)
      .first()
      .waitFor();
    expect(new URL(page.url()).search).to.equal('');
  });

  it('leads to an object with its methods, properties and types', async () => {
    await go('/smart-objects/crm_Contact', 'Contact');
    await page
      .getByRole('row', { name: /firstName/ })
      .first()
      .waitFor();
    await page.getByRole('row', { name: /id key/i }).waitFor();
    await page.getByRole('button', { name: 'Address' }).click();
    await page.getByRole('region', { name: 'Address', exact: true }).last().getByText('"properties"').waitFor();
    await page.getByRole('link', { name: 'List contacts', exact: true }).click();
    await page.waitForURL(/\/console\/smart-objects\/crm_Contact\/List$/);
  });

  for (const path of ['/smart-objects', '/smart-objects/crm_Contact', '/smart-objects/crm_Contact/Create']) {
    it(`has nothing at ${path} that keeps people out, in light and dark, and fits 360 px`, async () => {
      await go(path, /./);
      await page
        .getByText(/crm\w*_Co/)
        .first()
        .waitFor();
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 740 });
      await page.waitForTimeout(SETTLE);
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(360);
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  }

  it('says of an object that nothing has that it is not there', async () => {
    await go('/smart-objects/none', 'none');
    await page.getByRole('alert').getByText('NOT_FOUND').waitFor();
  });

  it(`stays smooth with ${OBJECTS * METHODS} methods, and shows hostile names as text`, async () => {
    await addMany();
    await go('/smart-objects?instance=many', 'SmartObjects');
    await page.getByRole('status').getByText('50,000 methods').waitFor();
    await row(/Method00/)
      .first()
      .waitFor();
    await page.getByText(hostile).first().waitFor();
    const list = page.getByRole('list', { name: 'Methods' });
    for (const part of [0.5, 0.1, 0.9]) {
      const started = performance.now();
      await list.evaluate((element, at) => element.scrollTo(0, element.scrollHeight * at), part);
      const object = `many_${String(Math.floor(OBJECTS * part)).padStart(3, '0')}`;
      await row(new RegExp(object)).first().waitFor();
      expect(performance.now() - started).to.be.lessThan(SOON);
    }
    expect(await list.getByRole('listitem').count()).to.be.lessThan(60);
    await row(/./).first().focus();
    await page.keyboard.press('End');
    await row(/many_499\.Method99/)
      .and(page.locator(':focus'))
      .waitFor();
    expect(await page.locator('main img').count()).to.equal(0);
    expect(await page.title()).not.to.equal('canary');
  });

  it('ran without a breach of the policy', () => {
    const expected = /status of 404/;
    expect(running.complaints.filter((complaint) => !expected.test(complaint))).to.deep.equal([]);
  });

  function addMany(): Promise<void> {
    const objects = Array.from({ length: OBJECTS }, (_, number): SmartObject => {
      const name = `many_${String(number).padStart(3, '0')}`;
      const methods = Array.from({ length: METHODS }, (_, index): SmartMethod => {
        const method = `Method${String(index).padStart(2, '0')}`;
        return {
          name: method,
          displayName: method,
          kind: 'execute',
          input: { type: 'object' },
          output: false,
          parameters: [],
          steps: [{ instance: 'many', serviceObject: name, method }],
        };
      });
      return {
        name,
        displayName: number === 0 ? hostile : name,
        category: 'Many',
        instance: 'many',
        properties: [],
        methods,
      };
    });
    return running.world.runtime.store.smartObjects.replace('many', objects);
  }
});
