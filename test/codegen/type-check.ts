import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { GeneratedFile } from '../../codegen/index.js';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const bin = (name: string, path: string): string => join(dirname(require.resolve(`${name}/package.json`)), path);

/** A folder of its own for one test, removed afterwards. */
export async function inTemporaryFolder<Result>(use: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = await mkdtemp(join(tmpdir(), 'smartwright-codegen-'));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Writes files and checks them as strictly as TypeScript can; the compiler's messages, one a line. */
export async function typeCheck(files: readonly GeneratedFile[]): Promise<string[]> {
  return inTemporaryFolder(async (dir) => {
    await place(files, dir);
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
      types: [],
      noEmit: true,
      paths: { 'smartwright/client': [join(root, 'runtime/client/index.ts')] },
    };
    await writeFile(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
    await writeFile(join(dir, 'package.json'), '{ "type": "module" }');
    return run(bin('typescript', 'bin/tsc'), ['-p', '.'], dir);
  });
}

/** What Biome would format otherwise, as its messages; empty when it would leave all as it is. */
export async function formatCheck(files: readonly GeneratedFile[]): Promise<string[]> {
  return inTemporaryFolder(async (dir) => {
    await place(files, join(dir, 'out'));
    const formatter = { indentStyle: 'space', indentWidth: 2, lineWidth: 120 };
    const config = { root: true, formatter, javascript: { formatter: { quoteStyle: 'single' } } };
    await writeFile(join(dir, 'biome.json'), JSON.stringify(config));
    return run(bin('@biomejs/biome', 'bin/biome'), ['format', '--colors=off', 'out'], dir);
  });
}

async function place(files: readonly GeneratedFile[], dir: string): Promise<void> {
  for (const { path, content } of files) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
}

/** The lines that a program printed when it failed; none when it did not. */
function run(program: string, args: readonly string[], cwd: string): Promise<string[]> {
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      done(error === null ? [] : `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== ''));
    });
  });
}
