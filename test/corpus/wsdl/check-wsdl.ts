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
import { parseXml, writeElement, type XmlElement } from '../../../brokers/xml/index.js';
import { deriveSmartObjects, generateModules, writeModules } from '../../../codegen/index.js';
import { referencedTypes, type TypeMap } from '../../../config/model/json-schema.js';
import { type Description, type ServiceMethod, schemasOf } from '../../../config/model/service-object.js';
import { compile as compileSchema } from '../../conformance/compile.js';
import { sample } from '../../conformance/sample.js';
import { rpcWrappers } from './rpc-wrappers.js';
import { difference } from './same-values.js';
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

/**
 * Describes a WSDL, writes a body for each method from sample inputs, has xmllint judge it, and reads it back.
 *
 * @param folder for the schemas and bodies
 * @param modules for the generated modules
 */
export async function checkWsdl(
  file: string,
  folder: string,
  modules: string,
  context: BrokerContext,
): Promise<CheckedWsdl> {
  const start = performance.now();
  const description = await describeSoap({ location: file, key: 'WebService URL', headers: {} }, context);
  const ms = performance.now() - start;
  const documents = await loadWsdl(descriptorUrl(file, 'x'), context, {}, new Findings());
  const wrappers = rpcWrappers(
    description,
    documents.definitions.map(({ element }) => element),
  );
  const schema = writeSchemas(documents, wrappers, folder);
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
  const objects = deriveSmartObjects({ name: 'corpus', displayName: 'Corpus' }, description);
  writeModules(generateModules(objects, description.types, { name: 'corpus' }), modules);
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
      // What a call has of the types: those that its schemas lead to.
      const closure = closureOf(method, types);
      const fits = compileSchema(method.input, types, method.name);
      for (const optional of [false, true]) {
        const name = `${object}.${method.name}${optional ? ' (all)' : ''}`;
        const input = sample(method.input, types, { optional });
        if (!fits(input)) {
          count(unjudged, 'no sample fits the schema');
          continue;
        }
        try {
          const body = roundTrip(plan, method, closure, input as Readonly<Record<string, unknown>>);
          const path = join(folder, `b${written.length}.xml`);
          writeFileSync(path, writeElement(plan.encoded === true ? withoutEncoding(body) : body));
          written.push({ name, path });
        } catch (error) {
          faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  }
  return { written, faults, unjudged };
}

/** A SOAP-encoded element without what no schema has of it: the attributes of arrays and of the encoding (SOAP 1.1 §5). */
function withoutEncoding(element: XmlElement): XmlElement {
  const isArray = element.attributes.some(({ name }) => name === 'arrayType');
  return {
    ...element,
    attributes: element.attributes.filter(
      ({ name }) => name !== 'encodingStyle' && name !== 'arrayType' && !(isArray && name === 'type'),
    ),
    content: element.content.map((child) => (typeof child === 'string' ? child : withoutEncoding(child))),
  };
}

function closureOf(method: ServiceMethod, types: TypeMap): TypeMap {
  const closure: TypeMap = {};
  const pending = schemasOf(method).flatMap((schema) => [...referencedTypes(schema)]);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const type = types[name];
    if (type === undefined || Object.hasOwn(closure, name)) continue;
    closure[name] = type;
    pending.push(...referencedTypes(type));
  }
  return closure;
}

/** The body's element, after it was read back and found to be the input. */
function roundTrip(
  plan: SoapPlan,
  { name }: ServiceMethod,
  types: TypeMap,
  input: Readonly<Record<string, unknown>>,
): XmlElement {
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
  const { $headers, ...given } = input;
  const found = difference(given, read);
  if (found !== undefined) throw new Error(`reads back as another value: ${found}`);
  const again = compile(plan, types).write(
    { ...read, ...($headers === undefined ? {} : { $headers }) },
    'http://localhost/',
  );
  if (withoutId(again) !== withoutId(text))
    throw new Error(`reads back as ${JSON.stringify(read).slice(0, 300)}, not ${JSON.stringify(input).slice(0, 300)}`);
  const [first] = elements;
  if (first === undefined) throw new Error(`${name} writes an empty body`);
  return first;
}

/** Each message has an identifier of its own (WS-Addressing 1.0 §3.4). */
const withoutId = (text: string): string => text.replace(/<wsa:MessageID>[^<]*/, '<wsa:MessageID>');

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
