/**
 * Storms on the token engine: several processes on one PostgreSQL, many callers in each, tokens that live a second, and a real
 * authorization server that replaces a refresh token at each use and ends the grant when an old one comes back. First nothing
 * dies; then a random process is killed every second.
 *
 *     npm run test:storm -- [--seconds 60] [--callers 1000] [--processes 4] [--counts FILE]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Check, calmChecks, killChecks, snapshot } from './checks.js';
import { prepareNodes } from './node-process.js';
import { openPlace } from './place.js';
import { type StormOptions, storm } from './storm.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    callers: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '4' },
    counts: { type: 'string' },
  },
});
const options: StormOptions = {
  seconds: wholeNumber('seconds', 600),
  callers: wholeNumber('callers', 10_000),
  processes: wholeNumber('processes', 16),
};
const { seconds, callers, processes } = options;

const checks: Check[] = [];

await prepareNodes();

console.log(`Storm: ${processes} processes × ${callers} callers for ${seconds} s, tokens of 1 s`);
let place = await openPlace(4, 1);
try {
  const before = await snapshot(place);
  show(await calmChecks(place, await storm(place, options), before));
} finally {
  await place.close();
}

console.log(`Storm with kills: the same, and a random process is killed every second`);
place = await openPlace(16, 1);
try {
  show(await killChecks(place, await storm(place, { ...options, killEvery: 1_000 })));
} finally {
  await place.close();
}

const failed = checks.filter(({ passed }) => !passed).length;
if (values.counts !== undefined) {
  await writeFile(values.counts, JSON.stringify({ passed: checks.length - failed, failed, skipped: 0 }));
}
process.exitCode = failed === 0 ? 0 : 1;

function show(found: readonly Check[]): void {
  checks.push(...found);
  for (const check of found) console.log(`  ${check.passed ? 'passed' : 'FAILED'}  ${check.what}: ${check.found}`);
}

function wholeNumber(name: 'seconds' | 'callers' | 'processes', most: number): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0 && value <= most) return value;
  throw new Error(`--${name} is a whole number from 1 to ${most}.`);
}
