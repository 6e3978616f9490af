/**
 * Builds the package into `dist/`: the declarations of all rooms, what its entries run, the files that are not TypeScript, and the console.
 *
 * What runs is gathered into few files, since a start spends its time on finding and reading modules. All entries are built at once
 * and share their chunks, so that a class is there once whichever entry it is imported from. Dependencies stay outside, but for those of many files that
 * nearly every command loads.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { buildConsole } from './console/build-console.js';

/** The package's entries but the client: those of `exports` in package.json, and its command. */
const entries = [
  'runtime/index.ts',
  'runtime/oauth/extensions/extension.ts',
  'runtime/cli/main.ts',
  'brokers/index.ts',
  'test/conformance/broker-suite.ts',
];
/** Dependencies that are gathered too. */
const gathered = ['ajv', 'ajv-formats', 'lossless-json', 'saxes'];
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, object>;
const rooms = ['config', 'brokers', 'codegen', 'runtime'];
const assets = /\.(hbs|yaml|css|html|tmpl|xsd|json)$/;

rmSync('dist', { recursive: true, force: true });
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--emitDeclarationOnly'], { stdio: 'inherit' });
const { metafile } = await build({
  entryPoints: entries,
  outbase: '.',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  external: Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !gathered.includes(name)),
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
});
// The client runs in browsers as well: a file of its own, which imports nothing.
await build({
  entryPoints: ['runtime/client/index.ts'],
  outfile: 'dist/runtime/client/index.js',
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  logLevel: 'warning',
});
for (const room of rooms) {
  for (const file of readdirSync(room, { recursive: true, encoding: 'utf8' })) {
    if (assets.test(file)) cpSync(join(room, file), join('dist', room, file));
  }
}
const inConsole = await buildConsole();
chmodSync('dist/runtime/cli/main.js', 0o755);

// What is gathered is passed on: its notices go with it.
const folders = new Map(
  [...Object.keys(metafile.inputs), ...inConsole].flatMap((file) => {
    const [folder, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
    return folder === undefined || name === undefined ? [] : [[name, folder] as const];
  }),
);
const notices = [...folders].sort().map(([name, folder]) => {
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license?: string };
  const notice =
    file === undefined
      ? `Its package.json names the licence: ${license}`
      : readFileSync(join(folder, file), 'utf8').trim();
  return `${name}\n\n${notice}\n`;
});
writeFileSync('dist/licenses.txt', notices.join('\n---\n\n'));
