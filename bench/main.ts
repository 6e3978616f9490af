/**
 * `npm run bench`: CPU, rate and latency of calls against a floor and a peer; what a token adds to a call; discovery
 * and generation against a peer and `JSON.parse`; start and idle memory. Everything is a ratio within one run, in alternating rounds, because machines are noisy. Prints a table and
 * writes `bench/results/{time}.json`. `--quick` takes fewer rounds and leaves the largest document out.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchCalls } from './calls/index.js';
import { benchDescriptors } from './descriptors/index.js';
import { printTable, type Row } from './row.js';
import { benchStartup } from './startup.js';
import { benchTokens } from './tokens.js';

const quick = process.argv.includes('--quick');
const results = fileURLToPath(new URL('results/', import.meta.url));
const corpus = process.env.SMARTWRIGHT_CORPUS ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url));

const sections: readonly [string, () => Promise<Row[]>][] = [
  ['calls', () => benchCalls(quick ? 3 : 7, quick ? 1_000 : 3_000)],
  ['tokens', () => benchTokens(quick ? 3 : 7)],
  ['descriptors', () => benchDescriptors(`${corpus}/rest`, quick ? 1 : 3, quick)],
  ['start', () => benchStartup(quick ? 1 : 3)],
];

const rows: Row[] = [];
for (const [name, run] of sections) {
  process.stderr.write(`Measuring ${name} …\n`);
  rows.push(...(await run()));
}
printTable(rows);

const at = new Date().toISOString();
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
await mkdir(results, { recursive: true });
const file = `${results}${at.replaceAll(':', '-')}.json`;
await writeFile(file, `${JSON.stringify({ at, machine, quick, rows }, null, 2)}\n`);
console.log(
  `\n${rows.filter(({ met }) => met === false).length} of ${rows.filter(({ met }) => met !== undefined).length} targets missed. Written to ${file}`,
);
