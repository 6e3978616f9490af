import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { parse as parseQuery } from 'qs';
import type { RequestPreview } from '../../brokers/broker.js';
import { isObject, plainName, type RawObject, type Slice, type SlicedOperation } from './operation-slice.js';

/**
 * Has requests judged by express-openapi-validator: a server on the loopback address takes each request as it would go on the
 * wire and answers 200, or what the validator says of it.
 */
export class RequestValidator {
  readonly #server: Server;
  #app: Express | undefined;
  #operation: SlicedOperation | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#app?.(Object.assign(request, { operation: this.#operation }), response);
    });
  }

  static async start(): Promise<RequestValidator> {
    const validator = new RequestValidator();
    await new Promise<void>((resolve) => validator.#server.listen(0, '127.0.0.1', resolve));
    return validator;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** What is wrong with a request to the operation of a slice; undefined when nothing is. */
  async refusal(slice: Slice, index: number, request: RequestPreview): Promise<string | undefined> {
    const operation = slice.operations[index];
    if (operation === undefined) throw new RangeError(`The slice has no operation ${index}.`);
    const where = placed(operation, new URL(request.url));
    if (where === undefined) return `${new URL(request.url).pathname} is not ${operation.template}`;
    // What comes as text is turned into numbers and lists; what comes as JSON has its types.
    this.#app = appFor(slice, /json/.test(contentTypeOf(request)) ? 'typed' : 'textual');
    this.#operation = operation;
    return await this.#send(request, where);
  }

  #send(request: RequestPreview, path: string): Promise<string | undefined> {
    const { port } = this.#server.address() as AddressInfo;
    const body = request.bodyBase64 === undefined ? request.body : Buffer.from(request.bodyBase64, 'base64');
    const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const options = {
        port,
        host: '127.0.0.1',
        agent: false,
        path,
        method: request.method,
        headers: { ...request.headers, ...length },
      };
      const sent = httpRequest(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve(undefined);
          else resolve(text === '' ? `status ${response.statusCode}` : text);
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

export function contentTypeOf({ headers }: RequestPreview): string {
  return (headers['content-type'] ?? '').toLowerCase();
}

const apps = new WeakMap<Slice, Map<string, Express>>();

function appFor(slice: Slice, kind: 'typed' | 'textual'): Express {
  const known = apps.get(slice) ?? new Map<string, Express>();
  apps.set(slice, known);
  const app = known.get(kind) ?? newApp(slice, kind);
  known.set(kind, app);
  return app;
}

function newApp(slice: Slice, kind: 'typed' | 'textual'): Express {
  const app = express();
  app.set('query parser', false);
  app.use(reader);
  app.use(
    ...OpenApiValidator.middleware({
      apiSpec: structuredClone(slice.document) as never,
      validateApiSpec: false,
      validateSecurity: false,
      validateResponses: false,
      fileUploader: false,
      validateRequests: { allowUnknownQueryParameters: false, coerceTypes: kind === 'textual' ? 'array' : false },
    }),
  );
  app.use((_, response) => {
    response.sendStatus(200);
  });
  const failed: ErrorRequestHandler = (error: unknown, _, response, __) => {
    response.status(400).send(error instanceof Error ? error.message : String(error));
  };
  app.use(failed);
  return app;
}

const LIMITS = { depth: 20, arrayLimit: 10_000, parameterLimit: 100_000 };

/** A query as `qs` reads it; a parameter whose own name has brackets is called as in the slice. */
function queryOf(text: string, parameters: readonly RawObject[]): Record<string, unknown> {
  const declared = new Set(parameters.map(({ name }) => String(name)));
  const query: Record<string, unknown> = {};
  const others: string[] = [];
  for (const pair of text.split('&').filter((piece) => piece !== '')) {
    const [written = '', value = ''] = pair.split(/=(.*)/s).map(decodeURIComponent);
    const name = plainName(written);
    if (name === written || !declared.has(name)) others.push(pair);
    else query[name] = Object.hasOwn(query, name) ? [query[name], value].flat() : value;
  }
  return { ...parseQuery(others.join('&'), LIMITS), ...query };
}

/** Reads query, cookies and body. */
const reader: RequestHandler = async (request, _, next) => {
  const { parameters, bodies } = Reflect.get(request, 'operation') as SlicedOperation;
  const query = queryOf(request.originalUrl.split(/\?(.*)/s)[1] ?? '', parameters);
  Object.defineProperty(request, 'query', { value: query, configurable: true, writable: true });
  Object.assign(request, { cookies: cookiesOf(request.headers.cookie ?? '') });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const type = request.headers['content-type'] ?? '';
  if (request.headers['content-length'] !== undefined) request.body = await bodyOf(Buffer.concat(chunks), type, bodies);
  next();
};

function cookiesOf(header: string): Record<string, string> {
  const pairs = header.split('; ').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [name, decodeURIComponent(value)];
    }),
  );
}

async function bodyOf(bytes: Buffer, type: string, declared: SlicedOperation['bodies']): Promise<unknown> {
  if (/json/i.test(type)) return JSON.parse(bytes.toString());
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return bytes.toString();
  const essence = type.split(';')[0]?.trim().toLowerCase();
  const media = Object.entries(declared).find(([name]) => name.split(';')[0]?.trim().toLowerCase() === essence)?.[1];
  const properties = isObject(media?.schema) && isObject(media.schema.properties) ? media.schema.properties : {};
  const form = type.startsWith('multipart/')
    ? await multipartOf(bytes, type)
    : (parseQuery(bytes.toString(), LIMITS) as Record<string, unknown>);
  const encoding = isObject(media?.encoding) ? media.encoding : {};
  for (const [name, value] of Object.entries(form)) {
    if (Object.hasOwn(encoding, name) && isObject(encoding[name]) && encoding[name].style !== undefined) continue;
    form[name] = Array.isArray(value)
      ? value.map((item) => member(item, properties[name]))
      : member(value, properties[name]);
    if (isArray(properties[name])) form[name] = [form[name]].flat();
  }
  return form;
}

const isArray = (schema: unknown): boolean => isObject(schema) && [schema.type].flat().includes('array');

/** A field of a form: an object, and an object in a list, is JSON where no style says otherwise (OpenAPI 3.0 §4.7.15). */
function member(value: unknown, property: unknown): unknown {
  const textual = isObject(property) && [property.type].flat().includes('string');
  return typeof value === 'string' && !textual && /^[{[]/.test(value) ? JSON.parse(value) : value;
}

async function multipartOf(bytes: Buffer, type: string): Promise<Record<string, unknown>> {
  const form: Record<string, unknown> = {};
  const parts = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  for (const [name, part] of parts) {
    const value = typeof part === 'string' ? part : await part.text();
    form[name] = Object.hasOwn(form, name) ? [form[name], value].flat() : value;
  }
  return form;
}

/** `/operation0/{p0}/…?query` for a URL that fits the operation's template; undefined for one that does not. */
function placed({ template, route }: SlicedOperation, { pathname, search }: URL): string | undefined {
  const [path = '', fixed] = template.replace(/#.*$/s, '').split(/\?(.*)/s);
  const pattern = path
    .split(/(\{[^{}]+\})/)
    .map((piece) => (piece.startsWith('{') ? '([^/]*)' : [...piece].map(either).join('')))
    .join('');
  const found = new RegExp(`^${path.startsWith('/') ? '' : '/'}${pattern}$`).exec(pathname);
  if (found === null) return undefined;
  let query = search;
  if (fixed !== undefined && fixed !== '') {
    if (!query.startsWith(`?${fixed}`)) return undefined;
    query = query.slice(fixed.length + 1).replace(/^&/, '?');
  }
  return `${route}${found
    .slice(1)
    .map((value) => `/${value}`)
    .join('')}${query}`;
}

/** A character as it is, or escaped. */
function either(character: string): string {
  const plain = character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  const escaped = [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
  return `(?:${plain}|${escaped})`;
}
