import type { Readable, Writable } from 'node:stream';
import { environmentVariable } from './environment.js';

/** Where a command reads, writes and is stopped: the process's own streams, or a test's. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Whether a person watches: progress is then one line that changes, else plain lines. */
  readonly interactive: boolean;
  /** Whether text on stdout may be coloured. */
  readonly colour: boolean;
  /** Aborts when the person or the system asks the process to stop. */
  readonly signal: AbortSignal;
}

/**
 * The process's own terminal. SIGINT and SIGTERM abort its signal; a second one ends the process at once. A reader that goes
 * away (`smartwright … | head`) ends the process quietly.
 */
export function processTerminal(): Terminal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort(new Error(`stopped by ${name}`));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      process.exit(error.code === 'EPIPE' ? 0 : 1);
    });
  }
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    interactive: process.stderr.isTTY === true,
    colour: process.stdout.isTTY === true && (environmentVariable('NO_COLOR') ?? '') === '',
    signal: stop.signal,
  };
}

/** Resolves when all that was written before has left the process. */
export function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded) resolve();
    else stream.write('', () => resolve());
  });
}
