import { startChild } from '../child.js';
import { median } from '../measure.js';
import { microseconds, milliseconds, type Row } from '../row.js';
import type { Sample } from './in-process.js';
import type { Round, RoundResult } from './load.js';

const shapes = ['one', 'list'] as const;
const titles = { one: 'one object of 400 bytes', list: 'list of 50' };

/** The calls in process and served, against their floors and the peer. */
export async function benchCalls(rounds: number, calls: number): Promise<Row[]> {
  const upstream = startChild<{ port: number }>('calls/upstream-server.ts');
  const server = `http://127.0.0.1:${(await upstream.first).port}`;
  try {
    return [...(await inProcess(server, rounds, calls)), ...(await served(server, rounds, calls))];
  } finally {
    upstream.stop();
  }
}

async function inProcess(server: string, rounds: number, calls: number): Promise<Row[]> {
  const child = startChild<Sample[]>('calls/in-process.ts', [server, String(rounds), String(calls)]);
  const samples = await child.first;
  return shapes.flatMap((shape) => {
    const of = (contender: string, figure: 'cpu' | 'callsPerSecond' | 'p50' | 'p99') =>
      median(
        samples
          .filter((sample) => sample.shape === shape && sample.contender === contender)
          .map((sample) => sample[figure]),
      );
    const ratio = of('smartwright', 'cpu') / of('undici', 'cpu');
    const peer = of('openapi-client-axios', 'cpu');
    const section = `in process, ${titles[shape]}`;
    return [
      {
        section,
        what: 'CPU for each call',
        value: microseconds(of('smartwright', 'cpu')),
        ratio,
        against: 'undici',
        target: '≤ 1.3',
        met: ratio <= 1.3,
      },
      {
        section,
        what: 'CPU of openapi-client-axios',
        value: microseconds(peer),
        ratio: peer / of('undici', 'cpu'),
        against: 'undici',
      },
      rate(section, of('smartwright', 'callsPerSecond'), of('undici', 'callsPerSecond'), 'undici'),
      ...added(
        section,
        (figure) => of('smartwright', figure),
        (figure) => of('undici', figure),
      ),
    ];
  });
}

async function served(upstream: string, rounds: number, calls: number): Promise<Row[]> {
  type Ready = { url: string; key: string };
  type Usage = { cpu: number; rss: number };
  const names = ['pass-through', 'smartwright'] as const;
  const servers = names.map((name) => startChild<Ready>('calls/served.ts', [name, upstream]));
  const load = startChild('calls/load.ts');
  try {
    const ready = await Promise.all(servers.map(({ first }) => first));
    await load.first;
    const samples: (RoundResult & { name: string; shape: string; cpu: number })[] = [];
    for (let round = 0; round <= rounds; round++) {
      for (const shape of shapes) {
        for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
          const [server, target, name] = [servers[index], ready[index], names[index]];
          if (server === undefined || target === undefined || name === undefined) continue;
          const before = await server.ask<Usage>({});
          const result = await load.ask<RoundResult>({ ...target, shape, calls } satisfies Round);
          const after = await server.ask<Usage>({});
          if (round > 0) samples.push({ ...result, name, shape, cpu: (after.cpu - before.cpu) / calls });
        }
      }
    }
    return shapes.flatMap((shape) => {
      const of = (name: string, figure: 'cpu' | 'callsPerSecond' | 'p50' | 'p99') =>
        median(
          samples.filter((sample) => sample.shape === shape && sample.name === name).map((sample) => sample[figure]),
        );
      const ratio = of('smartwright', 'cpu') / of('pass-through', 'cpu');
      const section = `served, ${titles[shape]}`;
      return [
        {
          section,
          what: 'CPU for each call',
          value: microseconds(of('smartwright', 'cpu')),
          ratio,
          against: 'Express',
          target: '≤ 1.2',
          met: ratio <= 1.2,
        },
        rate(section, of('smartwright', 'callsPerSecond'), of('pass-through', 'callsPerSecond'), 'Express'),
        ...added(
          section,
          (figure) => of('smartwright', figure),
          (figure) => of('pass-through', figure),
        ),
      ];
    });
  } finally {
    load.stop();
    for (const server of servers) server.stop();
  }
}

function rate(section: string, ours: number, floor: number, against: string): Row {
  return { section, what: 'calls a second', value: ours.toFixed(0), ratio: ours / floor, against };
}

type Figure = (name: 'p50' | 'p99') => number;

function added(section: string, ours: Figure, floor: Figure): Row[] {
  return (['p50', 'p99'] as const).map((name) => ({
    section,
    what: `added latency, ${name}`,
    value: milliseconds(ours(name) - floor(name)),
  }));
}
