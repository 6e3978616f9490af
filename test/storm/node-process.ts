import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Begin, NodeMessage, NodeOrder } from './messages.js';

const source = fileURLToPath(new URL('./node.ts', import.meta.url));
/** Beside the packages that it imports. */
const script = fileURLToPath(new URL('../../node_modules/.cache/smartwright/storm-node.js', import.meta.url));

/** Gathers what a node runs into one file: to translate and find each module anew takes longer than a node lives. */
export async function prepareNodes(): Promise<void> {
  await build({
    entryPoints: [source],
    outfile: script,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
}

/** A node of the storm as its leader sees it. */
export interface NodeProcess {
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;
  begin(begin: Begin): void;
  /** SIGKILL: no handler runs, nothing is tidied. */
  kill(): void;
}

export function startNodeProcess(order: NodeOrder, onMessage: (message: NodeMessage) => void): NodeProcess {
  const child: ChildProcess = fork(script, [JSON.stringify(order)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit').then(() => undefined);
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: NodeMessage) => {
      if (message.type === 'ready') resolve();
      onMessage(message);
    });
    exited.then(() => reject(new Error('A node ended before it was ready.')));
  });
  return {
    ready,
    exited,
    begin: (begin) => void (child.connected && child.send(begin, () => undefined)),
    kill: () => void child.kill('SIGKILL'),
  };
}
