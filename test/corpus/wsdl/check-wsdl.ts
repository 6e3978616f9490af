import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerContext } from '../../../brokers/broker.js';
import { describeSoap } from '../../../brokers/soap/describe/describe.js';
import { compile } from '../../../brokers/soap/execute/compile.js';
import { bodyOf, readEnvelope } from '../../../brokers/soap/execute/message.js';
import { Reader } from '../../../brokers/soap/execute/read-value.js';
import { loadWsdl } from '../../../brokers/soap/load/documents.js';
import type { SoapPlan } from '../../../brokers/soap/plan.js';
import { descriptorUrl, Findings } from '../../../brokers/source/index.js';
import { parseXml, writeElement } from '../../../brokers/xml/index.js';
import type { TypeMap } from '../../../config/model/json-schema.js';
import type { Description, ServiceMethod } from '../../../config/model/service-object.js';
import { compile as compileSchema } from '../../conformance/compile.js';
import { sample } from '../../conformance/sample.js';
import { writeSchemas } from './schema-files.js';

/** What came of one WSDL. */
export interface CheckedWsdl {
  readonly operations: number;
  readonly methods: number;
  readonly skipped: readonly { readonly operation: string; readonly reason: string }[];
  /** Milliseconds that describing took. */
  readonly ms: number;
  /** Bodies that were written from sample inputs. */
  readonly bodies: number;
  readonly valid: number;
  readonly faults: readonly string[];
  /** Bodies that no schema could judge, with the reason. */
  readonly unjudged: Readonly<Record<string, number>>;
}

/** Describes a WSDL, writes a body for each method from sample inputs, has xmllint judge it, and reads it back. */
export async function checkWsdl(file: string, folder: string, context: BrokerContext): Promise<CheckedWsdl> {
  const start = performance.now();
  const description = await describeSoap({ location: file, key: 'WebService URL', headers: {} }, context);
  const ms = performance.now() - start;
  const documents = await loadWsdl(descriptorUrl(file, 'x'), context, {}, new Findings());
  const schema = writeSchemas(documents, folder);
  const bodies = bodiesOf(description, folder);
  const verdicts = judge(
    schema,
    bodies.written.map(({ path }) => path),
  );
  const faults = [...bodies.faults];
  let valid = 0;
  const unjudged: Record<string, number> = { ...bodies.unjudged };
  for (const { name, path } of bodies.written) {
    const verdict = verdicts.get(path);
    if (verdict === undefined) valid++;
    else if (verdict.includes('{urn:sample}sample')) count(unjudged, 'a wildcard that takes certain elements only');
    else if (verdict.startsWith('schema: ')) count(unjudged, verdict);
    else faults.push(`${name}: ${verdict}`);
  }
  const methods = description.serviceObjects.flatMap((object) => object.methods);
  return {
    operations: description.operations,
    methods: methods.length,
    skipped: description.diagnostics
      .filter(({ severity }) => severity === 'skipped')
      .map(({ operation = '', message }) => ({ operation, reason: message })),
    ms,
    bodies: bodies.written.length,
    valid,
    faults,
    unjudged,
  };
}

interface Written {
  readonly name: string;
  readonly path: string;
}

function bodiesOf({ serviceObjects, types }: Description, folder: string) {
  const written: Written[] = [];
  const faults: string[] = [];
  const unjudged: Record<string, number> = {};
  mkdirSync(folder, { recursive: true });
  for (const { name: object, methods } of serviceObjects) {
    for (const method of methods) {
      const plan = method.binding as SoapPlan;
      const fits = compileSchema(method.input, types, method.name);
      for (const optional of [false, true]) {
        const name = `${object}.${method.name}${optional ? ' (all)' : ''}`;
        const input = sample(method.input, types, { optional });
        if (!fits(input)) {
          count(unjudged, 'no sample fits the schema');
          continue;
        }
        try {
          const body = roundTrip(plan, method, types, input as Readonly<Record<string, unknown>>);
          if (plan.input.body[0]?.flat === true && plan.encoded !== true && isElement(plan)) {
            const path = join(folder, `b${written.length}.xml`);
            writeFileSync(path, body);
            written.push({ name, path });
          } else count(unjudged, 'the schema has no element for an rpc body');
        } catch (error) {
          faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  }
  return { written, faults, unjudged };
}

/** An rpc wrapper is not declared in a schema. */
const isElement = (plan: SoapPlan): boolean => plan.style !== 'rpc';

/** The body's element, after it was read back and found to be the input. */
function roundTrip(
  plan: SoapPlan,
  { name }: ServiceMethod,
  types: TypeMap,
  input: Readonly<Record<string, unknown>>,
): string {
  const text = compile(plan, types).write(input, 'http://localhost/');
  const message = readEnvelope(parseXml(text));
  const reader = new Reader(types);
  const read: Record<string, unknown> = {};
  const elements = bodyOf(message);
  for (const item of plan.input.body) {
    const element = elements.find((one) => one.name === item.name && one.namespace === item.namespace);
    if (element === undefined) continue;
    const value = reader.element(item)(element, message);
    if (item.flat === true) Object.assign(read, value);
    else read[item.property] = value;
  }
  // What may be left out (a type's own name, an empty list of further attributes) is not there again; what it is written as is.
  const { $headers } = input;
  const again = compile(plan, types).write(
    { ...read, ...($headers === undefined ? {} : { $headers }) },
    'http://localhost/',
  );
  if (again !== text)
    throw new Error(`reads back as ${JSON.stringify(read).slice(0, 300)}, not ${JSON.stringify(input).slice(0, 300)}`);
  const [first] = elements;
  if (first === undefined) throw new Error(`${name} writes an empty body`);
  return writeElement(first);
}

/** Path → what xmllint has against it; `schema: …` where it cannot use the schema. */
function judge(schema: string, paths: readonly string[]): Map<string, string> {
  const verdicts = new Map<string, string>();
  if (paths.length === 0) return verdicts;
  const { status, stderr } = xmllint(schema, paths);
  if (status === 0) return verdicts;
  if (status === 5 || /Schemas parser error/.test(stderr)) {
    const reason = /Schemas parser error : (.*)/.exec(stderr)?.[1] ?? stderr.split('\n')[0] ?? 'unknown';
    for (const path of paths) verdicts.set(path, `schema: ${reason.replace(/^.*?: /, '').slice(0, 160)}`);
    return verdicts;
  }
  for (const line of stderr.split('\n')) {
    const path = paths.find((one) => line.startsWith(`${one}:`));
    if (path !== undefined && !verdicts.has(path)) verdicts.set(path, line.slice(path.length, path.length + 300));
  }
  for (const path of paths) {
    if (!verdicts.has(path) && !stderr.includes(`${path} validates`)) verdicts.set(path, 'not judged');
  }
  return verdicts;
}

function xmllint(schema: string, paths: readonly string[]): { status: number; stderr: string } {
  try {
    execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...paths], {
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status: 0, stderr: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number | null; stderr: Buffer };
    return { status: status ?? -1, stderr: stderr.toString() };
  }
}

function count(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
