import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrokerContext, RequestPreview } from '../../../brokers/broker.js';
import { createUpstream } from '../../../brokers/http/index.js';
import { restBroker } from '../../../brokers/rest/index.js';
import type { RestKeys } from '../../../brokers/rest/keys.js';
import type { RequestPlan } from '../../../brokers/rest/plan.js';
import type { Description, ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A context over the real upstream. Nothing private is reachable unless the test allows it. */
export function contextFor(
  options: { allowedHosts?: string[]; signal?: AbortSignal; descriptorBytes?: number } = {},
): BrokerContext {
  const { allowedHosts = [], signal = new AbortController().signal, descriptorBytes } = options;
  const http = createUpstream({ allowedHosts, signal });
  return { http, signal, log: silent, ...(descriptorBytes === undefined ? {} : { descriptorBytes }) };
}

/** Writes files into a new folder, hands the folder over, and removes it. Objects are written as JSON. */
export async function withFiles<T>(
  files: Readonly<Record<string, unknown>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rest-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      const raw = typeof content === 'string' || content instanceof Uint8Array;
      await writeFile(path, raw ? content : JSON.stringify(content));
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Describes files of which the first is the descriptor. */
export async function describeFiles(
  files: Readonly<Record<string, unknown>>,
  keys: Partial<RestKeys> = {},
  context = contextFor(),
): Promise<Description> {
  return withFiles(files, (folder) => {
    const [first = ''] = Object.keys(files);
    return restBroker.describe({ ...keys, descriptor: join(folder, first) }, context);
  });
}

/** Describes one document. */
export function describeDocument(document: unknown, keys: Partial<RestKeys> = {}): Promise<Description> {
  return describeFiles({ 'api.json': document }, keys);
}

/** An OpenAPI document with the given paths. */
export function openapi(paths: object, more: object = {}, version = '3.1.0'): object {
  return {
    openapi: version,
    info: { title: 'Sample', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths,
    ...more,
  };
}

/** An OpenAPI document with schemas, each given by an operation of its own. */
export function withSchemas(schemas: Readonly<Record<string, unknown>>, version = '3.1.0'): object {
  const paths = Object.fromEntries(
    Object.keys(schemas).map((name) => [
      `/${name}s/{key}`,
      { get: giving({ $ref: `#/components/schemas/${name}` }), put: taking({ $ref: `#/components/schemas/${name}` }) },
    ]),
  );
  return openapi(paths, { components: { schemas } }, version);
}

/** An operation that answers with a schema. */
export const giving = (schema: unknown, more: object = {}): object => ({
  responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
  ...more,
});

/** An operation that takes a body of a schema. */
export const taking = (schema: unknown, more: object = {}): object => ({
  requestBody: { required: true, content: { 'application/json': { schema } } },
  responses: { 204: { description: 'Done' } },
  ...more,
});

export function objectOf(description: Description, name: string): ServiceObject {
  const found = description.serviceObjects.find((object) => object.name === name);
  if (found) return found;
  throw new Error(
    `No object ${name}; there are ${description.serviceObjects.map((object) => object.name).join(', ')}.`,
  );
}

/** The method of `Object.Method`. */
export function methodOf(description: Description, path: string): ServiceMethod {
  const [object = '', name = ''] = path.split('.');
  const { methods } = objectOf(description, object);
  const found = methods.find((method) => method.name === name);
  if (found) return found;
  throw new Error(`No method ${path}; there are ${methods.map((method) => method.name).join(', ')}.`);
}

/** The only method of a description of one operation. */
export function onlyMethod(description: Description): ServiceMethod {
  const all = description.serviceObjects.flatMap(({ methods }) => methods);
  const [method] = all;
  if (method && all.length === 1) return method;
  throw new Error(`${all.length} methods; one was expected. ${JSON.stringify(description.diagnostics)}`);
}

/** The request that a method would send. */
export function previewOf(method: ServiceMethod, input: object): Promise<RequestPreview> {
  const types = async () => ({});
  const call = { keys: { descriptor: 'api.json' }, serviceObject: 'Thing', method, types, input: { ...input } };
  return restBroker.preview(call);
}

export const planOf = (method: ServiceMethod): RequestPlan => method.binding as RequestPlan;

/** `object.method` → kind, of everything described. */
export function kindsOf(description: Description): Record<string, string> {
  return Object.fromEntries(
    description.serviceObjects.flatMap(({ name, methods }) =>
      methods.map((method) => [`${name}.${method.name}`, method.kind]),
    ),
  );
}

export const codesOf = (description: Description): string[] => [
  ...new Set(description.diagnostics.map(({ code }) => code)),
];
