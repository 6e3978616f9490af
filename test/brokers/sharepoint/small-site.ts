import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Asked {
  readonly method: string;
  /** Below the site, decoded: `_api/web/lists?$select=Id`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  /** Whether it came within a batch. */
  readonly batched: boolean;
}

export interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is bytes. */
  readonly body?: unknown;
}

export interface SmallSite {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

type Answer = (asked: Asked) => Told | 'hang-up' | Promise<Told | 'hang-up'>;

/** A site on this machine that answers as it is told; the parts of a `$batch` are answered one by one. */
export async function startSmallSite(answer: Answer): Promise<SmallSite> {
  const asked: Asked[] = [];
  const ask = (one: Asked) => {
    asked.push(one);
    return answer(one);
  };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const path = pathIn(request.url ?? '/');
    const { method = 'GET', headers } = request;
    const told = await ask({ method, path, headers, body, batched: false });
    if (told === 'hang-up') request.socket.destroy();
    else if (path === '_api/$batch' && told.status === undefined) await answerBatch(body.toString(), response, ask);
    else send(response, told);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/sites/test`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const pathIn = (url: string): string =>
  decodeURIComponent(url.replace(/^https?:\/\/[^/]*/, '').replace(/^\/sites\/test\//, ''));

function send(response: ServerResponse, { status = 200, headers = {}, body }: Told): void {
  if (body === undefined) response.writeHead(status, headers).end();
  else if (Buffer.isBuffer(body)) response.writeHead(status, headers).end(body);
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function answerBatch(text: string, response: ServerResponse, ask: Answer): Promise<void> {
  const lines: string[] = [];
  for (const [, method = '', url = '', head = '', body = ''] of text.matchAll(
    /\r\n\r\n(GET|POST|MERGE|DELETE|PATCH) (\S+) HTTP\/1\.1\r\n([\s\S]*?)\r\n\r\n(?:([^\r]*)\r\n)?(?=--)/g,
  )) {
    const headers = Object.fromEntries(head.split('\r\n').map((line) => line.toLowerCase().split(': ')));
    const told = await ask({ method, path: pathIn(url), headers, body: Buffer.from(body), batched: true });
    const { status = 200, body: content, headers: own = {} } = told === 'hang-up' ? { status: 500 } : told;
    lines.push('--batchresponse_1', 'Content-Type: application/http', 'Content-Transfer-Encoding: binary', '');
    lines.push(`HTTP/1.1 ${status} X`, 'CONTENT-TYPE: application/json;odata=minimalmetadata');
    lines.push(...Object.entries(own).map(([name, value]) => `${name}: ${value}`), '');
    lines.push(content === undefined ? '' : JSON.stringify(content));
  }
  lines.push('--batchresponse_1--', '');
  response.writeHead(200, { 'content-type': 'multipart/mixed; boundary=batchresponse_1' }).end(lines.join('\r\n'));
}

/** An error as SharePoint writes it. */
export const refusal = (status: number, code: string, message: string): Told => ({
  status,
  body: { 'odata.error': { code, message: { lang: 'en-US', value: message } } },
});
