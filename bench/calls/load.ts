/** Puts load on a server under test, from a process of its own. Each message asks for one round. */
import { Agent, request } from 'undici';
import { quantile, repeat } from '../measure.js';

const WIDTH = 16;
const dispatcher = new Agent({ connections: WIDTH });

export interface Round {
  readonly url: string;
  readonly key: string;
  readonly shape: 'one' | 'list';
  readonly calls: number;
}

export interface RoundResult {
  readonly callsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function run({ url, key, shape, calls }: Round): Promise<RoundResult> {
  const [method, body] = shape === 'one' ? ['Read', '{"id":7}'] : ['List', '{"limit":50}'];
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const call = async () => {
    const answer = await request(`${url}/api/smartobjects/crm_Contact/${method}`, {
      method: 'POST',
      headers,
      body,
      dispatcher,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`);
  };
  const start = performance.now();
  const durations = await repeat(calls, WIDTH, call);
  const seconds = (performance.now() - start) / 1000;
  return { callsPerSecond: calls / seconds, p50: quantile(durations, 0.5), p99: quantile(durations, 0.99) };
}

process.on('message', async (round: Round) => process.send?.(await run(round)));
process.send?.({ ready: true });
