import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/**
 * A password: asked for without echo when stdin is a terminal, else the first line of stdin.
 * @throws UsageError when there is none
 */
export async function readPassword(prompt: string, { stdin, stderr, signal }: Terminal): Promise<string> {
  const typed = 'isTTY' in stdin && stdin.isTTY === true;
  if (typed) stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: typed });
  signal.addEventListener('abort', () => lines.close(), { once: true });
  try {
    for await (const line of lines) {
      if (line !== '') return line;
      break;
    }
  } finally {
    lines.close();
    if (typed) stderr.write('\n');
  }
  throw new UsageError('No password was given. Type it, or give it as the first line of stdin.');
}
