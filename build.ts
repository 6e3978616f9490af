/**
 * Builds the package into `dist/`: the declarations of all rooms, what its entries run, the files that are not TypeScript, and the console.
 *
 * What runs is gathered into few files, since a start spends its time on finding and reading modules. All entries are built at once
 * and share their chunks, so that a class is there once whichever entry it is imported from. Dependencies stay outside.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { buildConsole } from './console/build-console.js';

/** The package's entries: those of `exports` in package.json, and its command. */
const entries = [
  'runtime/index.ts',
  'runtime/client/index.ts',
  'runtime/oauth/extensions/extension.ts',
  'runtime/cli/main.ts',
  'brokers/index.ts',
  'test/conformance/broker-suite.ts',
];
const rooms = ['config', 'brokers', 'codegen', 'runtime'];
const assets = /\.(hbs|yaml|css|html|tmpl|xsd|json)$/;

rmSync('dist', { recursive: true, force: true });
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--emitDeclarationOnly'], { stdio: 'inherit' });
await build({
  entryPoints: entries,
  outbase: '.',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
});
for (const room of rooms) {
  for (const file of readdirSync(room, { recursive: true, encoding: 'utf8' })) {
    if (assets.test(file)) cpSync(join(room, file), join('dist', room, file));
  }
}
await buildConsole();
chmodSync('dist/runtime/cli/main.js', 0o755);
