/**
 * `npm run test:corpus`: describes every REST document of the corpus (`../shared/corpus`, or `SMARTWRIGHT_CORPUS`), each in a process
 * with limits, generates its modules and type-checks them under `strict`. Prints a table by vendor. `--counts FILE` writes the
 * counts as JSON.
 */
import { execFile, fork } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Checked } from './check.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const corpus = join(process.env.SMARTWRIGHT_CORPUS ?? join(root, '../shared/corpus'), 'rest');
const TIME = 60_000;
const MEMORY = 1_024;

interface Outcome {
  readonly document: string;
  readonly vendor: string;
  readonly checked: Checked | { readonly outcome: 'crashed'; readonly reason: string };
  /** Type errors in the generated modules. */
  errors: number;
}

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
    const outcomes: Outcome[] = [];
    const queue = files.entries();
    const worker = async () => {
      for (const [index, file] of queue) {
        const checked = await checkOne(join(corpus, file), join(folder, `d${index}`));
        outcomes[index] = {
          document: file,
          vendor: file
            .split('/')
            .slice(0, 2)
            .join('/')
            .replace(/\.(json|ya?ml)$/, ''),
          checked,
          errors: 0,
        };
      }
    };
    await Promise.all([worker(), worker()]);
    await typeCheck(folder, outcomes);
    report(outcomes);
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
    const timer = setTimeout(() => child.kill('SIGKILL'), TIME);
    let checked: Checked | undefined;
    child.on('message', (message) => {
      checked = message as Checked;
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(checked ?? { outcome: 'crashed', reason: signal ?? `exit code ${code}` });
    });
  });
}

/** One run of the compiler over all that was generated. */
async function typeCheck(folder: string, outcomes: readonly Outcome[]): Promise<void> {
  const client = join(folder, 'node_modules', 'smartwright');
  await mkdir(client, { recursive: true });
  const types = join(root, 'runtime/client/index.ts');
  const options = {
    strict: true,
    noEmit: true,
    target: 'ES2023',
    module: 'NodeNext',
    skipLibCheck: true,
    types: [],
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    paths: { 'smartwright/client': [types] },
  };
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['d*/**/*.ts'] }));
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const output = await promisify(execFile)(process.execPath, [compiler, '-p', folder], {
    cwd: folder,
    maxBuffer: 1 << 28,
  }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  );
  for (const [, index = '', line = ''] of output.matchAll(/^d(\d+)\/(.*error TS.*)$/gm)) {
    const outcome = outcomes[Number(index)];
    if (outcome === undefined) continue;
    if (outcome.errors++ < 3) console.error(`${outcome.document}: ${line}`);
  }
  if (/^(?!d\d+\/).*error TS/m.test(output))
    throw new Error(`The type check itself failed:\n${output.slice(0, 2_000)}`);
}

function passes({ checked, errors }: Outcome): boolean {
  if (checked.outcome === 'crashed') return false;
  // A fragment without operations of its own is refused as what it is.
  if (checked.outcome === 'refused') return checked.code === 'DESCRIPTOR_INVALID';
  return errors === 0 && checked.methods + checked.skipped.length >= checked.operations;
}

function report(outcomes: readonly Outcome[]): void {
  const rows = grouped(outcomes);
  const table = [...rows].map(([vendor, group]) => {
    const described = group.flatMap(({ checked }) => (checked.outcome === 'described' ? [checked] : []));
    const sum = (figure: (item: (typeof described)[number]) => number) =>
      described.reduce((total, item) => total + figure(item), 0);
    return {
      vendor,
      documents: group.length,
      refused: group.filter(({ checked }) => checked.outcome === 'refused').length,
      operations: sum(({ operations }) => operations),
      methods: sum(({ methods }) => methods),
      skipped: sum(({ skipped }) => skipped.length),
      'type errors': group.reduce((total, { errors }) => total + errors, 0),
      ms: Math.round(sum(({ ms }) => ms)),
      'peak MB': Math.round(Math.max(0, ...described.map(({ peak }) => peak)) / 1_048_576),
    };
  });
  console.table(table);
  for (const { document, checked } of outcomes) {
    if (checked.outcome === 'described')
      for (const reason of checked.skipped) console.log(`skipped  ${document}  ${reason}`);
    else
      console.log(
        `${checked.outcome}  ${document}  ${checked.outcome === 'refused' ? checked.message : checked.reason}`,
      );
  }
  const passed = outcomes.filter(passes).length;
  finish(passed, outcomes.length - passed, 0);
}

function grouped(outcomes: readonly Outcome[]): Map<string, Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) groups.set(outcome.vendor, [...(groups.get(outcome.vendor) ?? []), outcome]);
  return groups;
}
