import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUpstream } from '../../brokers/http/index.js';
import type { Upstream, UpstreamRequest } from '../../brokers/http/upstream.js';

/** How the service misbehaves: a status to answer with, or a fault. */
export type Fault = number | 'hang' | 'cut-off' | 'too-large' | 'garbage';

/** Milliseconds until a request to a hanging service is given up. */
const deadline = 300;
/** Bytes accepted of an answer. */
const limit = 64 * 1024;

/** A service on this machine that misbehaves, and a transport that leads every request to it, wherever it was meant to go. */
export interface FaultService {
  readonly http: Upstream;
  /** The requests as the broker made them, in order. */
  readonly requests: readonly UpstreamRequest[];
  /** Resolves when the service has received a request. */
  readonly reached: Promise<void>;
  /** Resolves when a connection that waits for its answer has been closed by the other side. */
  readonly released: Promise<void>;
}

/** Runs `work` with a service that misbehaves in one way. */
export async function withFault<T>(
  fault: Fault,
  signal: AbortSignal | undefined,
  work: (service: FaultService) => Promise<T>,
): Promise<T> {
  const reached = event();
  const released = event();
  const server = createServer((request, response) => {
    request.resume();
    reached.happen();
    answer(fault, request, response);
  });
  server.on('connection', (socket) => socket.once('close', () => released.happen()));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const guarded = createUpstream({ allowedHosts: [`127.0.0.1:${port}`], maxRetryAfter: 0, signal });
  const requests: UpstreamRequest[] = [];
  const http: Upstream = {
    send(request) {
      requests.push(request);
      const url = `http://127.0.0.1:${port}/`;
      // A call that is to be aborted must not be cut off by its deadline first.
      return guarded.send({ ...request, url, timeout: signal === undefined ? deadline : 60_000, maxBytes: limit });
    },
  };
  try {
    return await work({ http, requests, reached: reached.happened, released: released.happened });
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

function answer(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (fault === 'hang') return;
  const type = preferredType(request);
  if (typeof fault === 'number') {
    response.writeHead(fault, { 'content-type': 'application/json' }).end('{"error":"refused for the test"}');
  } else if (fault === 'cut-off') {
    response
      .writeHead(200, { 'content-type': type, 'content-length': 1_000 })
      .write('{"cut":', () => response.destroy());
  } else if (fault === 'too-large') {
    response.writeHead(200, { 'content-type': type }).end(`"${'x'.repeat(2 * limit)}"`);
  } else {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
  }
}

function preferredType({ headers: { accept } }: IncomingMessage): string {
  const [first = ''] = (accept ?? '').split(/[,;]/);
  return first === '' || first.includes('*') ? 'application/json' : first.trim();
}

/** Something that happens once. */
function event(): { readonly happened: Promise<void>; readonly happen: () => void } {
  let happen = (): void => undefined;
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen: () => happen() };
}
