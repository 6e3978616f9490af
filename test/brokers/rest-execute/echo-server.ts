import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrokerContext, MethodCall } from '../../../brokers/broker.js';
import { createUpstream } from '../../../brokers/http/index.js';
import type { RequestPlan } from '../../../brokers/rest/plan.js';

/** A request as it arrived: nothing decoded. */
export interface Arrived {
  readonly method: string;
  /** The request target, raw. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface EchoServer {
  readonly origin: string;
  /** What came, in order. */
  readonly arrived: Arrived[];
  /** Answers from now on; default: 204. */
  answer: (request: Arrived, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function echoServer(): Promise<EchoServer> {
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const arrived = { method, target: url, headers, body: Buffer.concat(chunks) };
    server.arrived.push(arrived);
    server.answer(arrived, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: EchoServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    arrived: [],
    answer: (_, response) => response.writeHead(204).end(),
    close: () => {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
  return server;
}

const quiet = () => {};
export const context: BrokerContext = {
  http: createUpstream({ allowedHosts: ['127.0.0.1'] }),
  signal: new AbortController().signal,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
};

/** A plan with nothing in it but what a test gives. */
export function plan(server: string, parts: Partial<RequestPlan> = {}): RequestPlan {
  const nothing = { query: [], headers: [], cookies: [], answers: [] };
  return { verb: 'GET', server, path: ['/x'], ...nothing, ...parts };
}

export function call(
  binding: RequestPlan,
  input: Record<string, unknown> = {},
  keys: Record<string, unknown> = {},
): MethodCall {
  const method = { name: 'Do', displayName: 'Do', kind: 'execute', input: true, output: true, binding } as const;
  return { keys, serviceObject: 'Thing', method, types: async () => ({}), input };
}
