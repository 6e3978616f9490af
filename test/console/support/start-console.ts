import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../../config/model/principal.js';
import { readDocuments } from '../../../runtime/cli/documents/read.js';
import { openSession } from '../../../runtime/identity/sessions.js';
import { localPrincipal } from '../../../runtime/index.js';
import { consolePage } from '../../../runtime/server/console/assets.js';
import { startWorld, type World } from '../../../samples/demo/world.js';
import { launchChromium } from './chromium.js';

const sampleFile = fileURLToPath(new URL('../../../samples/smartwright.yaml', import.meta.url));

export const PASSWORD = 'a good long phrase';

export interface ConsoleOptions {
  /** Whether `samples/smartwright.yaml` is applied: the CRM behind the authorization server. Default: an empty installation. */
  readonly samples?: boolean;
}

/** A real server with people who can sign in, the samples beside it, and a browser. */
export interface Console {
  /** Origin of the server. */
  readonly url: string;
  readonly world: World;
  readonly browser: Browser;
  /** What pages complained of: errors on the browser's console, such as a breach of the content security policy, and exceptions. */
  readonly complaints: readonly string[];
  /** A browser of their own for somebody with this role, at this address below `/console`. */
  open(role: Role, path?: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Milliseconds that a test waits for what it expects on a page. */
const PATIENCE = 15_000;

export async function startConsole({ samples = false }: ConsoleOptions = {}): Promise<Console> {
  expect(consolePage(), 'the console is not built: npm run build').not.to.equal(undefined);
  const world = await startWorld();
  const { smartwright: url, runtime } = world;
  const complaints: string[] = [];
  try {
    if (samples) {
      const documents = await readDocuments([sampleFile], (name) => world.variables[name]);
      await runtime.admin.apply(
        documents.map(({ document }) => document),
        localPrincipal,
      );
    }
    const people = (['admin', 'designer', 'user'] as const).map((role) => {
      return {
        kind: 'User',
        name: `console_${role}`,
        displayName: `Console ${role}`,
        roles: [role],
        password: PASSWORD,
      };
    });
    await runtime.admin.apply(people, localPrincipal);
    const browser = await launchChromium();
    return {
      url,
      world,
      browser,
      complaints,
      async open(role, path = '', options = {}) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en', ...options });
        context.setDefaultTimeout(PATIENCE);
        context.on('weberror', (error) => complaints.push(String(error.error())));
        context.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        const { cookie, expiresAt } = await openSession(runtime.store.sessions, `console_${role}`, new Date());
        const expires = Math.floor(expiresAt.getTime() / 1000);
        await context.addCookies([{ name: 'smartwright_session', value: cookie, url, expires, httpOnly: true }]);
        const page = await context.newPage();
        await page.goto(`${url}/console${path}`);
        await page.locator('main h1').waitFor();
        return page;
      },
      async close() {
        await browser.close();
        await world.close();
      },
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}
