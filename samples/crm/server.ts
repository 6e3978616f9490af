import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Request, type Response } from 'express';
import { Access, type AccessOptions } from './access.js';
import type { Handlers, Reply } from './call.js';
import { type Operation, readContract } from './contract.js';
import type { Database } from './database.js';
import { openApiJson, swaggerYaml } from './descriptors.js';
import { readMultipart } from './multipart.js';
import { unknownPath, writeProblem } from './problem.js';
import { companyHandlers } from './routes/companies.js';
import { contactHandlers } from './routes/contacts.js';
import { dealHandlers } from './routes/deals.js';
import { noteHandlers } from './routes/notes.js';
import { photoHandlers } from './routes/photos.js';
import { sessionHandlers } from './routes/session.js';
import { seed } from './seed.js';

export interface CrmOptions extends AccessOptions {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Default: a free one. */
  readonly port?: number;
  /** The day that the deals' due dates lie around. Default: today. */
  readonly today?: Date;
}

/** The running service. */
export interface Crm {
  /** Without a trailing slash. */
  readonly url: string;
  /** `host:port`. */
  readonly host: string;
  /** Requests to its operations so far, and how many of them were answered with 401. */
  counts(): { readonly requests: number; readonly unauthorized: number };
  /** Refuses every access token used so far, as if its person had signed out everywhere. */
  endSessions(): void;
  close(): Promise<void>;
}

/** Starts the CRM on the loopback interface. */
export async function startCrm(options: CrmOptions): Promise<Crm> {
  const access = new Access(options);
  const counts = { requests: 0, unauthorized: 0 };
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use('/', (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });

  const server = createServer(app).listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;

  await serveDescriptors(app, { ...options, service: url });
  app.use((_request, response, next) => {
    counts.requests += 1;
    response.on('finish', () => {
      if (response.statusCode === 401) counts.unauthorized += 1;
    });
    next();
  });
  app.use(express.json({ limit: '2mb', type: ['application/json', '+json'] }));
  app.use(express.raw({ limit: '2mb', type: 'multipart/form-data' }));
  serveOperations(app, await readContract(), handlers(seed(options.today ?? new Date())), access);
  app.use(unknownPath, writeProblem);

  return {
    url,
    host,
    counts: () => ({ ...counts }),
    endSessions: () => access.endSessions(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const handlers = (database: Database): Handlers => ({
  ...contactHandlers(database),
  ...photoHandlers(database),
  ...companyHandlers(database),
  ...dealHandlers(database),
  ...noteHandlers(database),
  ...sessionHandlers(),
});

async function serveDescriptors(app: Express, addresses: Parameters<typeof openApiJson>[0]): Promise<void> {
  const [json, yaml] = [await openApiJson(addresses), await swaggerYaml(addresses)];
  app.get('/openapi.json', (_request, response) => void response.type('application/json').send(json));
  app.get('/swagger.yaml', (_request, response) => void response.type('application/yaml').send(yaml));
}

/** Every operation of the descriptor in the same way: who calls, what is asked, do it, answer. */
function serveOperations(app: Express, operations: readonly Operation[], handlers: Handlers, access: Access): void {
  for (const { id, verb, path, scope, read } of operations) {
    const handle = handlers[id];
    if (handle === undefined) throw new Error(`openapi.yaml: nothing handles the operation ${id}.`);
    app[verb](path, async (request, response) => {
      const caller = await access.check(request.get('authorization'), scope);
      const body = await content(request);
      const valid = read({ path: request.params, query: request.query, body });
      write(response, handle({ ...valid, caller, header: (name) => request.get(name) }));
    });
  }
}

async function content(request: Request): Promise<unknown> {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? readMultipart(body, request.get('content-type') ?? '') : body;
}

function write(response: Response, { status, headers = {}, body }: Reply): void {
  response.set(headers).status(status ?? (body === undefined ? 204 : 200));
  if (body === undefined) response.end();
  else if (Buffer.isBuffer(body)) response.send(body);
  else response.json(body);
}
