import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service on a loopback port that a test makes up as it goes. */
export interface JsonService {
  readonly url: string;
  /** `127.0.0.1:{port}`, for `allowedHosts`. */
  readonly host: string;
  /** Requests received so far, as `GET /path`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Answers a request: with JSON of what the handler returns, or however the handler likes when it ends the response itself. */
export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;

export async function startService(handler: Handler): Promise<JsonService> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const answer = await handler(request, response, body);
    if (response.writableEnded || answer === undefined) return;
    response.writeHead(response.statusCode, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
