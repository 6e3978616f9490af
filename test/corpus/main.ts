/**
 * `npm run test:corpus`: describes every REST document of the corpus (`../shared/corpus`, or `SMARTWRIGHT_CORPUS`), each in a process
 * with limits, generates its modules and type-checks them under `strict`, makes the requests of its methods from sample inputs
 * and has them judged by an independent validator. Then every WSDL: bodies from sample inputs, judged by xmllint and read back. Prints
 * a table by vendor. `--counts FILE` writes the counts as JSON.
 */
import { fork } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Checked } from './check.js';
import { type Outcome, passes, report } from './report.js';
import { typeCheck } from './type-check.js';
import { checkWsdls } from './wsdl/main.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const everything = process.env.SMARTWRIGHT_CORPUS ?? join(root, '../shared/corpus');
const corpus = join(everything, 'rest');
/**
 * For describing and generating, and for the whole of a document with its requests, in milliseconds. They end what hangs; how long
 * it takes on a machine that does nothing else is in the table.
 */
const TIME = 180_000;
const TIME_WITH_REQUESTS = 600_000;
/** Heap, in megabytes. */
const MEMORY = 1_024;

const counted = process.argv.indexOf('--counts');
function finish(passed: number, failed: number, skipped: number): void {
  if (counted !== -1)
    writeFileSync(process.argv[counted + 1] ?? 'counts.json', JSON.stringify({ passed, failed, skipped }));
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (existsSync(corpus)) await checkAll();
else {
  console.log(`Skipped: there is no corpus at ${corpus}. Set SMARTWRIGHT_CORPUS to the folder that holds it.`);
  finish(0, 0, 1);
}

async function checkAll(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'smartwright-corpus-'));
  try {
    const files = (await readdir(corpus, { recursive: true })).filter((file) => /\.(json|ya?ml)$/.test(file)).sort();
    const checked: Outcome['checked'][] = [];
    const queue = files.entries();
    const worker = async () => {
      for (const [index, file] of queue) checked[index] = await checkOne(join(corpus, file), join(folder, `d${index}`));
    };
    await Promise.all([worker(), worker()]);
    const errors = await typeCheck(folder, root);
    const outcomes = files.map((document, index): Outcome => {
      const outcome = checked[index] ?? { outcome: 'crashed', reason: 'was not checked' };
      return { document, checked: outcome, typeErrors: errors.get(index) ?? [] };
    });
    report(outcomes);
    const passed = outcomes.filter(passes).length;
    const wsdl = await checkWsdls(everything);
    finish(passed + wsdl.passed, outcomes.length - passed + wsdl.failed, wsdl.skipped);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checkOne(file: string, folder: string): Promise<Outcome['checked']> {
  return new Promise((resolve) => {
    const child = fork(join(root, 'test/corpus/check.ts'), [file, folder], {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${MEMORY}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const startLimit = (limit: number) =>
      setTimeout(() => {
        checked ??= { outcome: 'crashed', reason: `took longer than ${limit / 1_000} s` };
        child.kill('SIGKILL');
      }, limit);
    let timer = startLimit(TIME);
    let checked: Outcome['checked'] | undefined;
    child.on('message', (message) => {
      clearTimeout(timer);
      timer = startLimit(TIME_WITH_REQUESTS);
      if (message !== 'described') checked = message as Checked;
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(checked ?? { outcome: 'crashed', reason: signal ?? `exit code ${code}` });
    });
  });
}
