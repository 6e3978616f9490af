import { existsSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { megabytes } from '../row.js';
import { syntheticDescriptor } from './synthetic.js';

/** A descriptor to measure. */
export interface Subject {
  readonly name: string;
  readonly file: string;
  /** Milliseconds to discover and generate, from the start of the process to its end. */
  readonly generate?: number;
  /** Bytes at the peak. */
  readonly memory?: number;
  /** Milliseconds from the start of a process to the answer of a call. */
  readonly call?: number;
  /** An operation without required input, for a call. */
  readonly method?: string;
}

const MEMORY = 400 * 1024 * 1024;

/** Documents of the shape that large vendors' have, made for the run. */
export async function syntheticSubjects(folder: string, quick: boolean): Promise<Subject[]> {
  const small = { operations: 1_200, padding: 58_500, generate: 1_500, memory: MEMORY, call: 900 };
  const sizes = [small, ...(quick ? [] : [{ operations: 22_000, padding: 9_300 }])];
  const subjects: Subject[] = [];
  for (const { operations, padding, ...limits } of sizes) {
    const file = await writeSynthetic(folder, operations, padding);
    const name = `synthetic, ${megabytes((await stat(file)).size)}, ${operations} operations`;
    subjects.push({ name, file, method: 'Resource0s.List', ...limits });
  }
  return subjects;
}

export async function writeSynthetic(folder: string, operations: number, padding: number): Promise<string> {
  const file = join(folder, `${operations}-${padding}.json`);
  await writeFile(file, JSON.stringify(syntheticDescriptor(operations, padding)));
  return file;
}

/** What is known of documents that the corpus may have. */
const known: Readonly<Record<string, Partial<Subject>>> = {
  'api.github.com': { generate: 1_500, memory: MEMORY, call: 900, method: 'Meta.Read' },
  'stripe.com': { call: 400, method: 'Balance.Read' },
};

/** The three largest JSON descriptors of the corpus. */
export async function corpusSubjects(corpus: string): Promise<Subject[]> {
  if (!existsSync(corpus)) return [];
  const files = (await readdir(corpus, { recursive: true })).filter((file) => file.endsWith('.json'));
  const sized = await Promise.all(
    files.map(async (file) => ({ file: join(corpus, file), size: (await stat(join(corpus, file))).size })),
  );
  return sized
    .toSorted((a, b) => b.size - a.size)
    .slice(0, 3)
    .map(({ file, size }) => {
      const name = basename(file, '.json');
      return { name: `${name}, ${megabytes(size)}`, file, ...known[name] };
    });
}
