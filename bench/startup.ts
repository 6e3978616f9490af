import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from './measure.js';
import { megabytes, milliseconds, type Row } from './row.js';

const bin = fileURLToPath(new URL('../dist/runtime/cli/main.js', import.meta.url));
const IDLE = 3_000;

/** From the start of the process to an answer of `/readyz`, with an empty store; and the memory of the idle server. */
export async function benchStartup(rounds: number): Promise<Row[]> {
  const ready: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const data = await mkdtemp(join(tmpdir(), 'smartwright-bench-'));
    const start = performance.now();
    const server = spawn(process.execPath, [bin, 'start', '--port', '0', '--data', data, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const { url } = JSON.parse(await firstLine(server.stdout));
      const answer = await fetch(`${url.replace('localhost', '127.0.0.1')}/readyz`);
      if (!answer.ok) throw new Error(`/readyz answered ${answer.status}`);
      ready.push(performance.now() - start);
      await pause(IDLE);
      memory.push(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)], { encoding: 'utf8' })) * 1024);
    } finally {
      server.kill();
      await new Promise((resolve) => server.once('exit', resolve));
      await rm(data, { recursive: true, force: true });
    }
  }
  const section = 'server, empty store';
  return [
    {
      section,
      what: 'start to ready',
      value: milliseconds(median(ready)),
      target: '< 1000 ms',
      met: median(ready) < 1_000,
    },
    {
      section,
      what: 'idle memory',
      value: megabytes(median(memory)),
      target: '< 120 MB',
      met: median(memory) < 120 * 1024 * 1024,
    },
  ];
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (isWhole(text)) return text;
  }
  throw new Error('The server ended before it listened.');
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
