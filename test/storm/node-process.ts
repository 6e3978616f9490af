import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Begin, NodeMessage, NodeOrder } from './messages.js';

const script = fileURLToPath(new URL('./node.ts', import.meta.url));

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
    execArgv: ['--import', 'tsx'],
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
