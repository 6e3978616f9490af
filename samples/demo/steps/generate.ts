import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateModules, writeModules } from '../../../codegen/index.js';
import { compileModules } from '../../form/compile.js';
import type { Demo } from '../demo.js';

/** Generates the typed modules into the data folder, type-checks them, and compiles them for the form's browser. */
export async function generate({ world, report }: Demo): Promise<{ readonly browser: string }> {
  report.heading('Generate: a typed module for each SmartObject');
  const { store } = world.runtime;
  const objects = await store.smartObjects.ofInstance('crm');
  const description = await store.descriptions.load('crm');
  const files = generateModules(objects, description?.types ?? {});
  const project = join(world.data, 'demo');
  const modules = join(project, 'crm');
  const started = performance.now();
  writeModules(files, modules);
  const lines = files.reduce((sum, { content }) => sum + content.split('\n').length, 0);
  report.done(`${files.length} files, ${lines} lines in ${Math.round(performance.now() - started)} ms: ${modules}`);
  const checking = performance.now();
  const browser = await compileModules(project, 'crm');
  report.done(`tsc --strict finds nothing to complain of (${Math.round(performance.now() - checking)} ms)`);
  report.note('From deal.ts:');
  for (const line of await excerpt(join(modules, 'deal.ts'))) report.note(line);
  return { browser };
}

/** The function that makes the SmartObject's methods. */
async function excerpt(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const start = lines.findIndex((line) => line.startsWith('export function'));
  const end = lines.indexOf('}', start);
  return lines.slice(start, end + 1);
}
