import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test makes its service answer with. */
export interface SoapAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Buffer;
}

/** A request that the service had. */
export interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly bytes: Buffer;
}

export interface SoapService {
  readonly url: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** A service on a loopback port: its description at `?wsdl`, and whatever `answer` makes of a posted message. */
export async function startSoapService(
  wsdl: (endpoint: string) => string,
  answer: (asked: Asked) => SoapAnswer,
): Promise<SoapService> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(wsdl(url()));
      return;
    }
    const bytes = Buffer.concat(chunks);
    const one = { headers: request.headers, body: bytes.toString(), bytes };
    asked.push(one);
    const { status = 200, type = 'text/xml; charset=utf-8', body } = answer(one);
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/contacts`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: url(),
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const envelope = (body: string, namespace = 'http://schemas.xmlsoap.org/soap/envelope/', header = ''): string =>
  `<?xml version="1.0"?><e:Envelope xmlns:e="${namespace}" xmlns:c="urn:contacts" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${header}<e:Body>${body}</e:Body></e:Envelope>`;
