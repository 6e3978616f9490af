import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const program = fileURLToPath(new URL('../dist/runtime/cli/main.js', import.meta.url));

/** What a process took, from its start to its end. */
export interface ProcessCost {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of CPU, user and system, of all its threads. */
  readonly cpu: number;
  /** Bytes. */
  readonly peak: number;
}

/** A module that tells what its process took when it ends, on file descriptor 3. */
const told = `import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const peak = process.resourceUsage().maxRSS * 1024;
  writeSync(3, JSON.stringify({ cpu: (user + system) / 1000, peak }));
});`;

/** Runs a program of Node in a process of its own. @throws Error when it fails, with what it wrote to stderr */
export async function runProcess(args: readonly string[], preload: readonly string[] = []): Promise<ProcessCost> {
  const imports = [told, ...preload].flatMap((code) => [
    '--import',
    `data:text/javascript,${encodeURIComponent(code)}`,
  ]);
  const start = performance.now();
  const child = spawn(process.execPath, [...imports, ...args], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const [errors, usage] = [child.stderr, child.stdio[3]].map(textOf);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const wall = performance.now() - start;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with code ${code}: ${await errors}`);
  return { wall, ...(JSON.parse((await usage) ?? '') as Omit<ProcessCost, 'wall'>) };
}

async function textOf(stream: unknown): Promise<string> {
  let text = '';
  for await (const chunk of stream as AsyncIterable<unknown>) text += String(chunk);
  return text;
}
