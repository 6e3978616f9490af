/**
 * `npm run screenshots`: takes the pictures of the documentation anew, from the running demo, into `docs/images`. Needs
 * Chromium at /usr/bin/chromium.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createDemo } from './demo.js';
import { Report } from './report.js';
import { runSteps } from './run-steps.js';
import { startWorld, type World } from './world.js';

const folder = fileURLToPath(new URL('../../docs/images', import.meta.url));
/** Pictures that nobody publishes. */
const looked = fileURLToPath(new URL('../../dist/screenshots', import.meta.url));
const size = { width: 1000, height: 640 };

/** Widths of a telephone, a laptop and a large screen. */
const widths = [360, 1280, 1920] as const;

const world = await startWorld();
try {
  const failed = await runSteps(
    createDemo(world, new Report((text) => process.stdout.write(text), false), AbortSignal.timeout(300_000)),
  );
  if (failed) process.exitCode = 1;
  else await takePictures(world);
} finally {
  await world.close();
}

async function takePictures({ smartwright, form, passwords }: World): Promise<void> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const admin = await signIn(browser, smartwright, 'admin', passwords.admin);
    await takeConsole(admin);

    const alice = await signIn(browser, smartwright, 'alice', passwords.alice);
    await alice.goto(form.origin);
    await alice.locator('#contacts button').first().click();
    await alice.locator('#firstName').fill('');
    await alice.locator('#email').fill('edsger');
    await alice.locator('#save').click();
    await alice.locator('.fault').first().waitFor();
    await take(alice, 'form.png');

    const designer = await signIn(browser, smartwright, 'designer', passwords.designer);
    await designer.goto(form.origin);
    await designer.getByRole('button', { name: 'Connect' }).waitFor();
    await take(designer, 'consent.png');
  } finally {
    await browser.close();
  }
}

/** The console's pages that the documentation shows; and each page narrow, wide, light and dark, to be looked at. */
async function takeConsole(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  const pages = {
    home: '/',
    connect: '/connect',
    instance: '/service-instances/crm',
    method: '/smart-objects/crm_Contact/List',
    oauth: '/oauth',
    tokens: '/tokens',
  };
  for (const [name, path] of Object.entries(pages)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
        await page.goto(`${origin}/console${path}`, { waitUntil: 'networkidle' });
        await page.locator('main h1').waitFor();
        const inDocumentation = width === 1280 && colorScheme === 'light' && (name === 'home' || name === 'method');
        const file = `console-${name}${inDocumentation ? '' : `-${width}-${colorScheme}`}.png`;
        await take(page, file, inDocumentation ? folder : looked);
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A browser of their own for a person who has signed in. */
async function signIn(browser: Browser, smartwright: string, user: string, password: string): Promise<Page> {
  const context = await browser.newContext({ viewport: size, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(`${smartwright}/sign-in`);
  await page.locator('#user').fill(user);
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/console$/);
  return page;
}

async function take(page: Page, name: string, into: string = folder): Promise<void> {
  const path = join(into, name);
  await page.screenshot({ path });
  console.log(path);
}
