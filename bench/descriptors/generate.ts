import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { median } from '../measure.js';
import { type ProcessCost, program, runProcess } from '../process.js';
import { megabytes, milliseconds, type Row } from '../row.js';
import { type Subject, writeSynthetic } from './subjects.js';

const peer = join(dirname(createRequire(import.meta.url).resolve('openapi-typescript/package.json')), 'bin/cli.js');

/** The peer works with the compiler API of TypeScript 5, which `typescript` here no longer has. */
const withTypeScript5 = `import { register } from 'node:module';
const hook = "export const resolve = (name, context, next) => next(name === 'typescript' ? 'typescript-5' : name, context);";
register('data:text/javascript,' + encodeURIComponent(hook));`;

const parseOnly = (file: string): string[] => [
  '--eval',
  `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`,
];

const generate = (file: string, out: string): Promise<ProcessCost> =>
  runProcess([program, 'generate', '--type', 'rest', '--key', `descriptor=${file}`, '--out', out, '--json']);

/** From the start of a process to the modules on disk: ours, the peer's, and what reading the JSON alone takes. */
export async function benchGenerate(subject: Subject, folder: string, rounds: number): Promise<Row[]> {
  const { name: section, file } = subject;
  const runs: Record<'ours' | 'peer' | 'parse', ProcessCost[]> = { ours: [], peer: [], parse: [] };
  /** Why the peer cannot do it at all. */
  let peerFault: string | undefined;
  for (let round = 0; round < rounds; round++) {
    runs.parse.push(await runProcess(parseOnly(file)));
    runs.ours.push(await generate(file, join(folder, `out-${round}`)));
    if (peerFault === undefined) {
      try {
        runs.peer.push(await runProcess([peer, file, '--output', join(folder, 'peer.ts')], [withTypeScript5]));
      } catch (error) {
        peerFault = /^\w*Error\b.*$/m.exec(String(error).replace(/^Error: /, ''))?.[0] ?? 'it ends with an error';
      }
    }
  }
  const of = (who: keyof typeof runs, figure: keyof ProcessCost) => median(runs[who].map((run) => run[figure]));
  const ratio = (figure: keyof ProcessCost) => of('ours', figure) / of('peer', figure);
  const against = 'openapi-typescript';
  const compared = (figure: keyof ProcessCost) => (peerFault === undefined ? { ratio: ratio(figure), against } : {});
  const limit = (value: number, most: number | undefined, show: (value: number) => string) =>
    most === undefined ? {} : { target: `< ${show(most)}`, met: value < most };
  const target = '≤ 1/3 of the peer';
  const third =
    peerFault === undefined
      ? { value: milliseconds(of('peer', 'wall')), ratio: ratio('wall'), against, target, met: ratio('wall') <= 1 / 3 }
      : { value: `fails: ${peerFault.slice(0, 60)}` };
  return [
    {
      section,
      what: 'discover and generate',
      value: milliseconds(of('ours', 'wall')),
      ...limit(of('ours', 'wall'), subject.generate, milliseconds),
    },
    { section, what: 'the same, by the peer', ...third },
    { section, what: 'CPU', value: milliseconds(of('ours', 'cpu')), ...compared('cpu') },
    {
      section,
      what: 'CPU over JSON.parse',
      value: milliseconds(of('parse', 'cpu')),
      ratio: of('ours', 'cpu') / of('parse', 'cpu'),
      against: 'JSON.parse',
    },
    {
      section,
      what: 'peak memory',
      value: megabytes(of('ours', 'peak')),
      ...compared('peak'),
      ...limit(of('ours', 'peak'), subject.memory, megabytes),
    },
  ];
}

/** Operations of the smaller document; the other has four times as many. */
const FEW = 2_000;

/** What four times the document costs: CPU beyond what an empty one costs. */
export async function benchGrowth(folder: string, rounds: number): Promise<Row[]> {
  const [empty, few, many] = await Promise.all([5, FEW, FEW * 4].map((count) => writeSynthetic(folder, count, 2_000)));
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const costs: number[] = [];
    for (const file of [empty, few, many]) costs.push((await generate(file ?? '', join(folder, `grown-${round}`))).cpu);
    const [base = 0, one = 0, four = 0] = costs;
    ratios.push((four - base) / (one - base));
  }
  const grown = median(ratios);
  return [
    {
      section: `synthetic, ${FEW * 4} operations`,
      what: 'CPU beyond an empty document',
      value: `${grown.toFixed(2)} times`,
      ratio: grown / 4,
      against: 'four times the document',
      target: 'linear: < 1.25',
      met: grown / 4 < 1.25,
    },
  ];
}
