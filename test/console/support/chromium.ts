import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium. */
const executablePath = '/usr/bin/chromium';

export const hasChromium = existsSync(executablePath);

/** The name of a suite that takes a browser; it gives the reason where there is none. */
export const inBrowser = (name: string): string =>
  hasChromium ? name : `${name}: left out, ${executablePath} is not there (apt-get install chromium)`;

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
