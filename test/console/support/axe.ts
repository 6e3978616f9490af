import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Milliseconds for colours to settle after a change of scheme. */
const SETTLE = 400;

/** Asserts that axe-core finds nothing serious or critical on the page as it stands, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(SETTLE);
    expect(await findings(page), `${page.url()} in ${colorScheme}`).to.deep.equal([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** The page's policy forbids foreign scripts; the debugger's evaluation is no script of the page. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const results = (await page.evaluate(
    '(async () => await axe.run(document, { resultTypes: ["violations"] }))()',
  )) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
    );
}
