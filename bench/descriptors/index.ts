import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startChild } from '../child.js';
import { median } from '../measure.js';
import { megabytes, milliseconds, type Row } from '../row.js';
import type { RunResult } from './run.js';
import { syntheticDescriptor } from './synthetic.js';

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly discover?: number;
  readonly generate?: number;
  readonly memory?: number;
}

/** Discovery and generation of large descriptors, each against `JSON.parse` of the same file. */
export async function benchDescriptors(corpus: string, rounds: number, quick: boolean): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'smartwright-bench-'));
  try {
    const subjects = [...(await largest(corpus)), ...(await synthetic(folder, quick))];
    const rows: Row[] = [];
    for (const subject of subjects) rows.push(...(await measure(subject, rounds)));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function synthetic(folder: string, quick: boolean): Promise<Subject[]> {
  const sizes = [
    { name: 'synthetic, 13 MB, 1,200 operations', operations: 1_200, padding: 50_000 },
    ...(quick ? [] : [{ name: 'synthetic, 47 MB, 22,000 operations', operations: 22_000, padding: 8_200 }]),
  ];
  return Promise.all(
    sizes.map(async ({ name, operations, padding }) => {
      const file = join(folder, `${operations}.json`);
      await writeFile(file, JSON.stringify(syntheticDescriptor(operations, padding)));
      return { name, file };
    }),
  );
}

/** The three largest JSON descriptors of the corpus. */
async function largest(corpus: string): Promise<Subject[]> {
  if (!existsSync(corpus)) return [];
  const files = (await readdir(corpus, { recursive: true })).filter((file) => file.endsWith('.json'));
  const sized = await Promise.all(
    files.map(async (file) => ({ file: join(corpus, file), size: (await stat(join(corpus, file))).size })),
  );
  return sized
    .toSorted((a, b) => b.size - a.size)
    .slice(0, 3)
    .map(({ file, size }, index) => ({
      name: `${basename(file, '.json')}, ${megabytes(size)}`,
      file,
      ...(index === 0 ? { discover: 1_000, generate: 2_000, memory: 300 * 1024 * 1024 } : {}),
    }));
}

async function measure({ name, file, discover, generate, memory }: Subject, rounds: number): Promise<Row[]> {
  const floors: RunResult[] = [];
  const runs: RunResult[] = [];
  for (let round = 0; round < rounds; round++) {
    floors.push(await startChild<RunResult>('descriptors/run.ts', ['parse', file]).first);
    runs.push(await startChild<RunResult>('descriptors/run.ts', ['generate', file]).first);
  }
  const floor = median(floors.map((run) => run.discover));
  const of = (figure: keyof RunResult) => median(runs.map((run) => run[figure]));
  const limited = (value: number, limit: number | undefined, show: (value: number) => string) =>
    limit === undefined ? {} : { target: `< ${show(limit)}`, met: value < limit };
  const section = `${name} (${of('methods')} methods)`;
  const against = 'JSON.parse';
  return [
    {
      section,
      what: 'discover',
      value: milliseconds(of('discover')),
      ratio: of('discover') / floor,
      against,
      ...limited(of('discover'), discover, milliseconds),
    },
    {
      section,
      what: 'generate',
      value: milliseconds(of('generate')),
      ratio: of('generate') / floor,
      against,
      ...limited(of('generate'), generate, milliseconds),
    },
    { section, what: 'peak memory', value: megabytes(of('peak')), ...limited(of('peak'), memory, megabytes) },
  ];
}
