import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authentication } from '../../config/model/service-instance.js';
import type { SettingsOverrides } from '../../config/settings.js';
import { connect, inProcess, type Transport } from '../../runtime/client/index.js';
import { localPrincipal } from '../../runtime/index.js';
import { createServer } from '../../runtime/server/index.js';
import { type Installation, install } from '../support/installation.js';

export const KEY = 'swk_test-key-of-the-streams-0123456789abcdef';

export interface Options extends SettingsOverrides {
  /** Further service keys of the instance `s`. */
  readonly keys?: object;
  readonly authentication?: Authentication;
}

/** A service whose paths answer as a test says, an installation that calls it, and a server before that. */
export interface StreamFixture {
  readonly installation: Installation;
  /** The server's URL. */
  readonly url: string;
  /** The service's. */
  readonly service: string;
  /** What the service answers, by path. */
  readonly paths: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** Requests that came to the service, as path and query. */
  readonly asked: string[];
  /** Connections to the service whose answer is not complete. */
  readonly open: Set<ServerResponse>;
  readonly http: Transport;
  readonly local: Transport;
  close(): Promise<void>;
}

/**
 * @param operations what each path's GET is, as OpenAPI has it
 * @param components of the OpenAPI document
 */
export async function startStreams(
  operations: Readonly<Record<string, object>>,
  { keys = {}, authentication, ...settings }: Options = {},
  components: object = {},
): Promise<StreamFixture> {
  const paths: StreamFixture['paths'] = new Map();
  const asked: string[] = [];
  const open = new Set<ServerResponse>();
  const service = createHttpServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    open.add(response);
    response.on('close', () => open.delete(response));
    const answer = paths.get(url.replace(/\?.*/, ''));
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;

  const installation = await install({ host: '127.0.0.1', port: 0, ...settings });
  const { runtime } = installation;
  const document = {
    openapi: '3.2.0',
    info: { title: 'Streams', version: '1' },
    servers: [{ url: `http://127.0.0.1:${port}` }],
    components,
    paths: Object.fromEntries(Object.entries(operations).map(([path, operation]) => [path, { get: operation }])),
  };
  await installation.connect('s', document, authentication, keys);
  const server = createServer(runtime);
  const { url } = await server.listen();
  const key = { kind: 'ApiKey', name: 'key', actsAs: { serviceAccount: 'default' }, roles: ['user'], key: KEY };
  await runtime.admin.save(key, localPrincipal);
  return {
    installation,
    url,
    service: `http://127.0.0.1:${port}`,
    paths,
    asked,
    open,
    http: connect({ url, apiKey: KEY }),
    local: inProcess(runtime.engine, localPrincipal),
    async close() {
      await server.close();
      await installation.close();
      service.closeAllConnections();
      await new Promise((resolve) => service.close(resolve));
    },
  };
}

/** Waits until `condition` holds; the test's own time-out ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
