import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * One run of the compiler over the modules in the folders `d0`, `d1`, … of a folder.
 *
 * @returns the errors by folder number
 * @throws Error when the check itself fails
 */
export async function typeCheck(folder: string, root: string): Promise<ReadonlyMap<number, string[]>> {
  const client = join(folder, 'node_modules', 'smartwright');
  await mkdir(client, { recursive: true });
  const options = {
    strict: true,
    noEmit: true,
    target: 'ES2023',
    module: 'NodeNext',
    skipLibCheck: true,
    types: [],
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    paths: { 'smartwright/client': [join(root, 'runtime/client/index.ts')] },
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
  if (/^(?!d\d+\/).*error TS/m.test(output))
    throw new Error(`The type check itself failed:\n${output.slice(0, 2_000)}`);
  const errors = new Map<number, string[]>();
  for (const [, index = '', line = ''] of output.matchAll(/^d(\d+)\/(.*error TS.*)$/gm))
    errors.set(Number(index), [...(errors.get(Number(index)) ?? []), line]);
  return errors;
}
