/** Builds the package: compiles the rooms into `dist/` and copies the files there that are not TypeScript. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const rooms = ['config', 'brokers', 'codegen', 'runtime'];
const assets = /\.(hbs|yaml|css|html|tmpl|xsd|json)$/;

rmSync('dist', { recursive: true, force: true });
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
for (const room of rooms) {
  for (const file of readdirSync(room, { recursive: true, encoding: 'utf8' })) {
    if (assets.test(file)) cpSync(join(room, file), join('dist', room, file));
  }
}
chmodSync('dist/runtime/cli/main.js', 0o755);
