import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential } from '../../config/model/principal.js';
import type { NodeMessage } from './messages.js';
import { type NodeProcess, startNodeProcess } from './node-process.js';
import type { Place } from './place.js';

export interface StormOptions {
  readonly processes: number;
  /** Of each process. */
  readonly callers: number;
  readonly seconds: number;
  /** Milliseconds between two kills of a random process; absent: none is killed. */
  readonly killEvery?: number;
}

/** What a storm did. */
export interface Tally {
  calls: number;
  readonly failed: Map<string, number>;
  killed: number;
  /** The last token of each credential that the store has confirmed to a node. */
  readonly saved: Map<Credential, { readonly generation: number; readonly hash: string }>;
}

/** Milliseconds that calls under way get when the time is up: two leases of nodes that died. */
const grace = 70_000;

/** Processes that are started ahead: starting one takes longer than a second on a busy machine. */
const mostWaiting = 8;

const ignore = () => undefined;

/** Lets processes call for tokens, and kills some of them if it is asked to. Each that is killed is replaced at once. */
export async function storm(
  { data, databaseUrl, credentials }: Place,
  { processes, callers, seconds, killEvery }: StormOptions,
): Promise<Tally> {
  const tally: Tally = { calls: 0, failed: new Map(), killed: 0, saved: new Map() };
  const order = { data, databaseUrl, credentials, callers };
  const start = () => startNodeProcess(order, (message) => note(tally, message));
  const calling = Array.from({ length: processes }, start);
  const waiting = Array.from(
    { length: killEvery === undefined ? 0 : Math.min(Math.ceil(seconds / 2), mostWaiting) },
    start,
  );
  const nodes = new Set([...calling, ...waiting]);
  await Promise.all([...nodes].map(({ ready }) => ready));
  const until = Date.now() + seconds * 1_000;
  for (const node of calling) node.begin({ until });

  while (killEvery !== undefined && Date.now() + killEvery < until) {
    await sleep(killEvery);
    // One that calls already, while another does: a process that is killed while it starts proves nothing.
    if (calling.length < 2) continue;
    const [victim] = calling.splice(Math.floor(Math.random() * calling.length), 1);
    if (victim === undefined) continue;
    victim.kill();
    await victim.exited;
    nodes.delete(victim);
    tally.killed++;
    const replacement = waiting.shift();
    const another = start();
    nodes.add(another);
    if (replacement === undefined) {
      another.ready.then(() => begin(another), ignore);
    } else {
      waiting.push(another);
      replacement.ready.then(() => begin(replacement), ignore);
    }
  }
  for (const node of waiting) node.ready.then(() => node.begin({ until: 0 }), ignore);
  function begin(node: NodeProcess): void {
    calling.push(node);
    node.begin({ until });
  }

  const overdue = setTimeout(
    () => {
      tally.failed.set('HANGS', 1);
      for (const node of nodes) node.kill();
    },
    until + grace - Date.now(),
  );
  await Promise.all([...nodes].map(({ exited }) => exited));
  clearTimeout(overdue);
  return tally;
}

function note(tally: Tally, message: NodeMessage): void {
  if (message.type === 'calls') {
    tally.calls += message.done;
    for (const [code, count] of Object.entries(message.failed)) {
      tally.failed.set(code, (tally.failed.get(code) ?? 0) + count);
    }
  }
  if (message.type === 'saved') {
    const { credential, generation, hash } = message;
    if (generation > (tally.saved.get(credential)?.generation ?? 0)) tally.saved.set(credential, { generation, hash });
  }
}
