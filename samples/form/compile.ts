import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

const options = {
  target: 'ES2022',
  module: 'NodeNext',
  lib: ['ES2022', 'DOM'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
};

/**
 * Type-checks generated modules under `strict` and compiles them to the JavaScript that a browser loads. The project folder gets
 * what a project of one's own has: a `package.json`, a `tsconfig.json`, and `smartwright` among its modules.
 *
 * @param project the folder above the modules
 * @param modules the modules' folder, by its name in the project
 * @returns the folder with the JavaScript
 * @throws Error with the compiler's messages when the modules do not type-check
 */
export async function compileModules(project: string, modules: string): Promise<string> {
  const outDir = join(project, 'browser');
  const linked = join(project, 'node_modules', 'smartwright');
  await mkdir(dirname(linked), { recursive: true });
  await rm(linked, { force: true });
  await symlink(checkout, linked, 'dir');
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const tsconfig = { compilerOptions: { ...options, rootDir: modules, outDir: 'browser' }, include: [modules] };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig, null, 2));
  await promisify(execFile)(process.execPath, [compiler, '-p', project]).catch((error: { stdout?: string }) => {
    throw new Error(`The generated modules do not type-check:\n${error.stdout ?? ''}`, { cause: error });
  });
  return outDir;
}
