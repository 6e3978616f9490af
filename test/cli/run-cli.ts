import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. */
  json(): unknown;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  /** Called with all of stdout so far, whenever something comes. */
  readonly onOutput?: (stdout: string) => void;
}

/** Runs one command line in this process, as the program would. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let heard = '';
  stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
    options.onOutput?.(heard);
  });
  const told = text(stderr);
  // The commands import on demand; importing the program in the same way keeps one copy of each module under the test runner.
  const { run } = await import('../../runtime/cli/run.js');
  const code = await run(args, {
    stdin: Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    stdout,
    stderr,
    interactive: false,
    colour: false,
    signal: options.signal ?? new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  const err = await told;
  return { code, stdout: heard, stderr: err, json: () => JSON.parse(heard) as unknown };
}
