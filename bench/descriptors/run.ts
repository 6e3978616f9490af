/** One descriptor in a process of its own: `parse` (JSON.parse or YAML, the floor) or `generate` (discover and generate). */
import { readFileSync } from 'node:fs';

export interface RunResult {
  /** Milliseconds of each part. */
  readonly discover: number;
  readonly generate: number;
  readonly methods: number;
  /** Bytes. */
  readonly peak: number;
}

const [mode = '', file = ''] = process.argv.slice(2);

async function parse(): Promise<Omit<RunResult, 'peak'>> {
  const start = performance.now();
  JSON.parse(readFileSync(file, 'utf8'));
  return { discover: performance.now() - start, generate: 0, methods: 0 };
}

async function generate(): Promise<Omit<RunResult, 'peak'>> {
  const [{ brokers }, { deriveSmartObjects, generateModules }, { createUpstream }] = await Promise.all([
    import('../../brokers/index.js'),
    import('../../codegen/index.js'),
    import('../../brokers/http/index.js'),
  ]);
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const start = performance.now();
  const context = { http: createUpstream({}), signal: new AbortController().signal, log: silent };
  const description = await brokers.rest.describe({ descriptor: file }, context);
  const discovered = performance.now();
  const objects = deriveSmartObjects({ name: 'bench', displayName: 'Bench' }, description);
  const files = generateModules(objects, description.types, { name: 'bench' });
  const end = performance.now();
  if (files.length === 0) throw new Error('Nothing was generated.');
  const methods = description.serviceObjects.reduce((sum, object) => sum + object.methods.length, 0);
  return { discover: discovered - start, generate: end - discovered, methods };
}

const result = await (mode === 'parse' ? parse() : generate());
process.send?.({ ...result, peak: process.resourceUsage().maxRSS * 1024 } satisfies RunResult);
process.disconnect();
