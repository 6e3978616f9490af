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
const size = { width: 1000, height: 640 };

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
    await take(admin, 'console.png');

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

async function take(page: Page, name: string): Promise<void> {
  const path = join(folder, name);
  await page.screenshot({ path });
  console.log(path);
}
