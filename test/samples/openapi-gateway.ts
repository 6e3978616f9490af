import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Stands before a service and judges every request and answer by an OpenAPI document, independently of the service. What does
 * not fit is answered with 599 and the reasons.
 */
export async function startGateway(document: object, upstream: string): Promise<Gateway> {
  const app = express();
  app.use(express.json());
  app.use(
    middleware({
      apiSpec: document as Parameters<typeof middleware>[0]['apiSpec'] & object,
      validateRequests: true,
      validateResponses: true,
      validateSecurity: false,
      validateApiSpec: true,
    }),
  );
  app.use(async (request, response) => {
    const { authorization = '', 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    const answer = await fetch(upstream + request.originalUrl, {
      method: request.method,
      headers: {
        authorization,
        ...(request.headers['content-type'] && { 'content-type': request.headers['content-type'] }),
        ...(ifMatch && { 'if-match': ifMatch }),
        ...(ifNoneMatch && { 'if-none-match': ifNoneMatch }),
      },
      ...(request.body !== undefined && request.method !== 'GET' && { body: JSON.stringify(request.body) }),
    });
    response.status(answer.status);
    for (const name of ['content-type', 'etag', 'location', 'www-authenticate']) {
      const value = answer.headers.get(name);
      if (value !== null) response.set(name, value);
    }
    const text = await answer.text();
    if (text === '') response.end();
    else response.json(JSON.parse(text));
  });
  const judge: ErrorRequestHandler = (
    error: Error & { status?: number; errors?: unknown },
    _request,
    response,
    _next,
  ) => {
    response
      .status(599)
      .type('json')
      .send(JSON.stringify({ message: error.message, errors: error.errors }));
  };
  app.use(judge);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
