import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A module of the bench that runs in a process of its own, so that its CPU and memory are its own. */
export interface Child<Message> {
  readonly process: ChildProcess;
  /** The first message that it sends. */
  readonly first: Promise<Message>;
  /** Sends a message and waits for the one that answers it. */
  ask<Answer>(message: object): Promise<Answer>;
  stop(): void;
}

/** Starts `bench/{module}`; it must send a message once it is ready. */
export function startChild<Message>(
  module: string,
  args: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): Child<Message> {
  const file = fileURLToPath(new URL(module, import.meta.url));
  const child = fork(file, args, {
    execArgv: ['--import', 'tsx', ...nodeOptions],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      const exited = (code: number | null) => reject(new Error(`${module} ended with code ${code}`));
      child.once('exit', exited);
      child.once('message', (message) => {
        child.off('exit', exited);
        resolve(message as T);
      });
    });
  return {
    process: child,
    first: next<Message>(),
    ask<Answer>(message: object) {
      const answer = next<Answer>();
      child.send(message);
      return answer;
    },
    stop: () => child.disconnect(),
  };
}
