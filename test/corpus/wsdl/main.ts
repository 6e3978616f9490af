import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrokerContext } from '../../../brokers/broker.js';
import type { UpstreamResponse } from '../../../brokers/http/upstream.js';
import { isSmartwrightError, UpstreamError } from '../../../config/model/errors.js';
import { typeCheck } from '../type-check.js';
import { type CheckedWsdl, checkWsdl } from './check-wsdl.js';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

type Row = Record<string, string | number>;

/** Checks every WSDL of the corpus, prints a table by set, and counts the documents that stood. */
export async function checkWsdls(corpus: string): Promise<Counts> {
  if (!hasXmllint()) {
    console.log('Skipped: WSDL needs xmllint (Debian: libxml2-utils).');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const files = (await readdir(join(corpus, 'wsdl'), { recursive: true }))
    .filter((file) => /\.wsdl$/i.test(file))
    .sort();
  const context = offline(join(corpus, 'wsdl-remote-cache'));
  const sets = new Map<string, Row>();
  const notes: string[] = [];
  const bad = new Set<string>();
  const modules = await mkdtemp(join(tmpdir(), 'smartwright-wsdl-modules-'));
  for (const [index, file] of files.entries()) {
    const folder = await mkdtemp(join(tmpdir(), 'smartwright-wsdl-'));
    try {
      const checked = await checkWsdl(join(corpus, 'wsdl', file), folder, join(modules, `d${index}`), context);
      add(sets, setOf(file), checked);
      for (const { operation, reason } of checked.skipped) notes.push(`skipped  ${file}  ${operation}: ${reason}`);
      for (const fault of checked.faults) notes.push(`FAILED   ${file}  ${fault.slice(0, 300)}`);
      for (const [reason, count] of Object.entries(checked.unjudged))
        notes.push(`unjudged ${file}  ${count}: ${reason}`);
      if (checked.faults.length > 0) bad.add(file);
    } catch (error) {
      // A document that is no WSDL is to be refused, with a reason.
      if (!isSmartwrightError(error)) bad.add(file);
      notes.push(
        `${isSmartwrightError(error) ? 'refused ' : 'CRASHED '} ${file}  ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  for (const [index, errors] of await typeCheck(modules, root)) {
    const file = files[index] ?? '';
    const row = sets.get(setOf(file));
    if (row !== undefined) row['type errors'] = Number(row['type errors']) + errors.length;
    for (const error of errors.slice(0, 5)) notes.push(`FAILED   ${file}  ${error}`);
    bad.add(file);
  }
  await rm(modules, { recursive: true, force: true });
  console.table([...sets.values()]);
  for (const note of notes) console.log(note);
  return { passed: files.length - bad.size, failed: bad.size, skipped: 0 };
}

const setOf = (file: string): string => file.split('/')[0] ?? file;

function add(sets: Map<string, Row>, set: string, checked: CheckedWsdl): void {
  const row = sets.get(set) ?? {
    set,
    documents: 0,
    operations: 0,
    methods: 0,
    skipped: 0,
    bodies: 0,
    valid: 0,
    unjudged: 0,
    faults: 0,
    'type errors': 0,
    ms: 0,
  };
  const plus = (column: string, count: number): void => {
    row[column] = Number(row[column]) + count;
  };
  plus('documents', 1);
  plus('operations', checked.operations);
  plus('methods', checked.methods);
  plus('skipped', checked.skipped.length);
  plus('bodies', checked.bodies);
  plus('valid', checked.valid);
  plus(
    'unjudged',
    Object.values(checked.unjudged).reduce((sum, count) => sum + count, 0),
  );
  plus('faults', checked.faults.length);
  plus('ms', Math.round(checked.ms));
  sets.set(set, row);
}

/** A way to what the documents import: the files that stand for the URLs, and nothing else. */
function offline(cache: string): BrokerContext {
  const map = existsSync(join(cache, 'map.json'))
    ? (JSON.parse(readFileSync(join(cache, 'map.json'), 'utf8')) as Record<string, string>)
    : {};
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return {
    signal: new AbortController().signal,
    log,
    http: {
      async send({ url }): Promise<UpstreamResponse> {
        const file = map[url];
        if (file === undefined) throw new UpstreamError('UPSTREAM_UNREACHABLE', `${url} is not in the cache.`);
        const bytes = readFileSync(resolve(cache, file));
        return {
          status: 200,
          headers: {},
          url,
          bytes: async () => bytes,
          text: async () => bytes.toString(),
          stream: () => {
            throw new Error('A document is read whole.');
          },
          discard() {},
        };
      },
    },
  };
}

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
