import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Access, type OnPremises, unauthorized } from './access.js';
import type { Call } from './call.js';
import type { Context } from './context.js';
import type { Digests } from './digests.js';
import { rootEntity } from './entities/root-entity.js';
import { Fault, invalidQuery, resourceNotFound } from './fault.js';
import type { UserRow } from './model.js';
import { type BatchAnswer, type BatchPart, readBatch, writeBatch } from './odata/batch.js';
import { evaluate, type Outcome } from './odata/evaluate.js';
import { dressOf, type Writer, writerOf } from './odata/write-json.js';
import { ensureUser } from './people/ensure-user.js';
import { rangeOf } from './range.js';
import type { Site } from './site.js';
import type { Throttle } from './throttle.js';

export interface Serving {
  readonly site: Site;
  readonly access: Access;
  readonly throttle: Throttle;
  readonly digests: Digests;
  readonly onPremises: OnPremises | undefined;
  /** Called for every request that came over the network. */
  readonly onRequest: (method: string, address: string) => void;
}

/** Serves a site's `_api` on the loopback interface. @returns the server, listening */
export async function listen(port: number, serving: () => Serving) {
  const server = createServer((request, response) => {
    void handle(serving(), request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

const LARGEST_JSON = 32 * 1024 * 1024;

async function handle(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { site, throttle } = serving;
  const url = request.url ?? '/';
  const api = `${site.facts.url}/_api/`;
  const writer = writerOf(dressOf(request.headers.accept ?? ''), api);
  serving.onRequest(request.method ?? 'GET', url);
  response.setHeader('sprequestguid', crypto.randomUUID());
  response.setHeader('cache-control', 'private, max-age=0');
  try {
    throttle.check(url);
    const path = apiPath(site, url);
    const user = await authenticate(serving, request);
    const context = { site, user };
    checkDigest(serving, request, path);
    if (/^\$batch$/i.test(path.split('?')[0] ?? '')) return await handleBatch(serving, context, request, response);
    const outcome = await answer(serving, context, writer, {
      method: request.headers['x-http-method']?.toString() ?? request.method ?? 'GET',
      path,
      header: (name) => request.headers[name]?.toString(),
      stream: () => request,
    });
    await write(response, request, writer, outcome);
  } catch (error) {
    const fault = asFault(error);
    request.resume();
    if (response.headersSent) throw error;
    writeJson(response, fault.status, writer.mediaType, writer.fault(fault), fault.headers);
  }
}

/** What follows `_api/`, still encoded, with its query. @throws Fault 404 outside of the site's `_api` */
function apiPath(site: Site, url: string): string {
  const match = /^(.*?)\/_(?:api|vti_bin\/client\.svc)(?:\/(.*))?$/is.exec(url);
  if (match === null || decodeURI(match[1] ?? '').toLowerCase() !== site.path.toLowerCase())
    throw resourceNotFound(url);
  return match[2] ?? '';
}

async function authenticate({ access, onPremises, site }: Serving, request: IncomingMessage): Promise<UserRow> {
  const person = await access(request.headers);
  if (person === undefined) throw unauthorized(onPremises);
  return ensureUser(site, person.loginName, person.title);
}

/** Who comes with a cookie, and everyone on premises, proves that a write is meant. */
function checkDigest({ digests, onPremises }: Serving, request: IncomingMessage, path: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || /^contextinfo/i.test(path)) return;
  if (onPremises === undefined && request.headers.authorization !== undefined) return;
  digests.check(request.headers['x-requestdigest']?.toString());
}

interface Asked {
  readonly method: string;
  /** Encoded, with its query. */
  readonly path: string;
  header(name: string): string | undefined;
  stream(): Readable;
}

async function answer({ site, digests }: Serving, context: Context, writer: Writer, asked: Asked): Promise<Outcome> {
  const [encoded = '', ...query] = asked.path.split('?');
  const path = decode(encoded);
  return evaluate(
    rootEntity(context, digests),
    {
      verb: asked.method.toUpperCase(),
      path,
      query: new URLSearchParams(query.join('&')),
      address: `${site.facts.url}/_api/${encoded}`,
      call: callOf(asked),
    },
    writer,
  );
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidQuery(`The address "${path}" is not percent-encoded as it should be.`);
  }
}

const callOf = (asked: Asked): Call => ({
  ifMatch: asked.header('if-match'),
  contentType: asked.header('content-type') ?? '',
  stream: asked.stream,
  json: async () => readJson(await textOf(asked.stream())),
});

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > LARGEST_JSON)
      throw new Fault(413, '-1, System.InvalidOperationException', 'The request is too large.');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // answered below
  }
  throw invalidQuery('Invalid JSON. The body must be one object.');
}

async function handleBatch(
  serving: Serving,
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts = readBatch(request.headers['content-type'] ?? '', await textOf(request));
  const answers: BatchAnswer[] = [];
  for (const part of parts) answers.push(await answerPart(serving, context, part));
  const { contentType, body } = writeBatch(answers);
  response.writeHead(200, { 'content-type': contentType }).end(body);
}

async function answerPart(serving: Serving, context: Context, part: BatchPart): Promise<BatchAnswer> {
  const writer = writerOf(dressOf(part.headers.accept ?? ''), `${serving.site.facts.url}/_api/`);
  const json = (status: number, body: unknown, etag?: string): BatchAnswer => ({
    status,
    headers: { 'content-type': writer.mediaType, ...(etag !== undefined && { etag }) },
    body: body === undefined ? '' : JSON.stringify(body),
  });
  try {
    const url = new URL(part.url, serving.site.facts.url);
    const outcome = await answer(serving, context, writer, {
      method: part.headers['x-http-method'] ?? part.method,
      path: apiPath(serving.site, url.pathname + url.search),
      header: (name) => part.headers[name],
      stream: () => Readable.from([Buffer.from(part.body)]),
    });
    if (outcome.content === undefined) return json(outcome.status, outcome.body, outcome.etag);
    const { content } = outcome;
    return {
      status: 200,
      headers: { 'content-type': content.mediaType },
      body: await textOf(content.read(0, content.length - 1)),
    };
  } catch (error) {
    const fault = asFault(error);
    return json(fault.status, writer.fault(fault));
  }
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Fault(500, '-1, System.Exception', message);
}

async function write(
  response: ServerResponse,
  request: IncomingMessage,
  writer: Writer,
  outcome: Outcome,
): Promise<void> {
  const etag = outcome.etag === undefined ? {} : { etag: outcome.etag };
  if (outcome.content === undefined) {
    request.resume();
    return writeJson(response, outcome.status, writer.mediaType, outcome.body, etag);
  }
  const { length, mediaType, read } = outcome.content;
  const range = rangeOf(request.headers.range, length);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${length}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: length - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    'content-type': mediaType,
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(range !== undefined && { 'content-range': `bytes ${start}-${end}/${length}` }),
    ...etag,
  });
  await pipeline(read(start, end), response);
}

function writeJson(
  response: ServerResponse,
  status: number,
  mediaType: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): void {
  if (body === undefined) {
    response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': '0' }) }).end();
    return;
  }
  response.writeHead(status, { 'content-type': mediaType, ...headers }).end(JSON.stringify(body));
}
