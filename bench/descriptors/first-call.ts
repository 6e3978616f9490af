import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { median } from '../measure.js';
import { type ProcessCost, program, runProcess } from '../process.js';
import { milliseconds, type Row } from '../row.js';
import type { Subject } from './subjects.js';

/** Milliseconds from the start of a process to the answer, when the description is stored. */
const STORED = 300;

/** From the start of a process to the end of its first call, to a server on this machine: on the descriptor, and on what is stored. */
export async function benchFirstCall(folder: string, subjects: readonly Subject[], rounds: number): Promise<Row[]> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const rows: Row[] = [];
    for (const subject of subjects) {
      const { file, method, call } = subject;
      if (method === undefined || call === undefined) continue;
      const keys = ['--key', `descriptor=${file}`, '--key', `service-url=${url}`];
      const args = [program, 'call', '--type', 'rest', ...keys, method, '--json'];
      rows.push(await row(subject.name, 'first call on the descriptor', call, rounds, args));
    }
    const [first] = subjects;
    if (first?.method !== undefined) rows.push(await stored(folder, first, url, rounds));
    return rows;
  } finally {
    server.close();
  }
}

async function stored(folder: string, { name, file, method }: Subject, url: string, rounds: number): Promise<Row> {
  const data = ['--data', join(folder, 'data')];
  const instance = {
    kind: 'ServiceInstance',
    name: 'bench',
    displayName: 'Bench',
    type: 'rest',
    authentication: { mode: 'none' },
    keys: { descriptor: file, serviceUrl: url },
    allowedHosts: ['127.0.0.1'],
  };
  await writeFile(join(folder, 'bench.yaml'), JSON.stringify(instance));
  await runProcess([program, 'apply', join(folder, 'bench.yaml'), ...data, '--json']);
  const args = [program, 'call', `bench_${method}`, ...data, '--json'];
  return row(name, 'first call on the stored description', STORED, rounds, args);
}

async function row(section: string, what: string, most: number, rounds: number, args: string[]): Promise<Row> {
  const runs: ProcessCost[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await runProcess(args));
  const wall = median(runs.map((run) => run.wall));
  const cpu = milliseconds(median(runs.map((run) => run.cpu)));
  return {
    section,
    what,
    value: `${milliseconds(wall)} (CPU ${cpu})`,
    target: `< ${milliseconds(most)}`,
    met: wall < most,
  };
}
