import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../row.js';
import { benchFirstCall } from './first-call.js';
import { benchGenerate, benchGrowth } from './generate.js';
import { corpusSubjects, syntheticSubjects } from './subjects.js';

/**
 * Large descriptors, each step in a process of its own and counted from that process's start: discovery and generation against
 * `openapi-typescript` and `JSON.parse` on the same file, how they grow, and the time to a first successful call.
 *
 * @param corpus a folder of descriptors; its largest JSON files are measured too, when it is there
 */
export async function benchDescriptors(corpus: string, rounds: number, quick: boolean): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'smartwright-bench-'));
  try {
    const subjects = [...(await syntheticSubjects(folder, quick)), ...(await corpusSubjects(corpus))];
    const rows: Row[] = [];
    for (const subject of subjects) rows.push(...(await benchGenerate(subject, folder, rounds)));
    rows.push(...(await benchGrowth(folder, rounds)));
    rows.push(...(await benchFirstCall(folder, subjects, rounds)));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
