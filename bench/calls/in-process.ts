/** Measures calls in one process, in alternating rounds: the floor, the peer, Smartwright. Sends one message with the samples. */
import assert from 'node:assert/strict';
import { cpuOf, quantile, repeat } from '../measure.js';
import { type Contender, expected, floor, installation, peer, smartwright } from './contenders.js';

const [server = '', rounds = '', calls = ''] = process.argv.slice(2);
const WIDTH = 16;

/** What one round of one contender gave. */
export interface Sample {
  readonly contender: string;
  readonly shape: 'one' | 'list';
  /** Microseconds of CPU for each call. */
  readonly cpu: number;
  readonly callsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const runtime = await installation(server);
const contenders: Contender[] = [floor(server), await peer(server), smartwright(runtime)];
for (const contender of contenders) assert.deepEqual(await contender.one(), expected, contender.name);

async function sample(contender: Contender, shape: 'one' | 'list', count: number): Promise<Sample> {
  const call = () => contender[shape]();
  let durations: number[] = [];
  const start = performance.now();
  const cpu = await cpuOf(async () => {
    durations = await repeat(count, WIDTH, call);
  });
  const seconds = (performance.now() - start) / 1000;
  const alone = await repeat(Math.ceil(count / 10), 1, call);
  return {
    contender: contender.name,
    shape,
    cpu: cpu / count,
    callsPerSecond: durations.length / seconds,
    p50: quantile(alone, 0.5),
    p99: quantile(alone, 0.99),
  };
}

const samples: Sample[] = [];
for (let round = 0; round <= Number(rounds); round++) {
  for (const shape of ['one', 'list'] as const) {
    // Each round begins with another contender, so that none always follows the same one.
    const order = [...contenders.slice(round % contenders.length), ...contenders.slice(0, round % contenders.length)];
    for (const contender of order) {
      const taken = await sample(contender, shape, Number(calls));
      if (round > 0) samples.push(taken);
    }
  }
}
await runtime.close();
process.send?.(samples);
process.disconnect();
