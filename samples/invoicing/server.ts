import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Access, type AccessOptions } from '../crm/access.js';
import { Problem } from '../crm/problem.js';
import {
  addressingAnswer,
  type Envelope,
  mediaTypes,
  readEnvelope,
  type SoapVersion,
  writeEnvelope,
  writeFault,
} from './envelope.js';
import { MessageFault } from './fault.js';
import type { Invoices } from './invoices.js';
import { childrenOf } from './members.js';
import { readMetadata } from './metadata.js';
import { type Attachments, readRelated, writeRelated } from './mime.js';
import { ns } from './namespaces.js';
import { type Operation, operations } from './operations.js';
import { seed } from './seed.js';
import type { Element } from './xml-document.js';

export interface InvoicingOptions extends AccessOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** The day that the invoices' due dates lie around. Default: today. */
  readonly today?: Date;
}

/** The running service. */
export interface Invoicing {
  /** `http://127.0.0.1:PORT/Invoicing.svc`: SOAP 1.1 here, SOAP 1.2 with WS-Addressing under `/ws`, the description at `?wsdl`. */
  readonly url: string;
  /** Messages to its operations so far, and how many of them came with attachments beside the envelope. */
  counts(): { readonly requests: number; readonly multipart: number };
  close(): Promise<void>;
}

interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const LARGEST_MESSAGE = 8 * 1024 * 1024;
const PATH = '/Invoicing.svc';

/** Starts the invoicing service on the loopback interface: SOAP as WCF speaks it, for bearers of the CRM's access tokens. */
export async function startInvoicing(options: InvoicingOptions): Promise<Invoicing> {
  const access = new Access(options);
  const invoices = seed(options.today ?? new Date());
  const counts = { requests: 0, multipart: 0 };
  let metadata: ReadonlyMap<string, string> = new Map();
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, { 'cache-control': 'no-store', ...headers }).end(body),
      () => response.writeHead(500).end(),
    );
  }).listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  metadata = await readMetadata(url);

  async function answer(request: IncomingMessage): Promise<HttpAnswer> {
    const { pathname, search } = new URL(request.url ?? '/', url);
    if (request.method === 'GET') {
      const document = pathname === PATH ? metadata.get(search.slice(1)) : undefined;
      return document === undefined
        ? plain(404)
        : { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: document };
    }
    const version = pathname === PATH ? '1.1' : pathname === `${PATH}/ws` ? '1.2' : undefined;
    if (version === undefined) return plain(404);
    if (request.method !== 'POST') return plain(405);
    counts.requests += 1;
    const body = await bodyOf(request);
    if (body === undefined) return plain(413);
    const contentType = request.headers['content-type'] ?? '';
    if (/^multipart\/related/i.test(contentType)) counts.multipart += 1;
    return call(body, contentType, version, request.headers.authorization);
  }

  async function call(
    body: Buffer,
    contentType: string,
    version: SoapVersion,
    authorization: string | undefined,
  ): Promise<HttpAnswer> {
    try {
      const { root, attachments } = /^multipart\/related/i.test(contentType)
        ? readRelated(body, contentType)
        : { root: body.toString('utf8'), attachments: new Map<string, Buffer>() };
      const envelope = readEnvelope(root);
      if (envelope.version !== version) throw new MessageFault(`This endpoint speaks SOAP ${version}.`);
      const name = envelope.body.namespaceURI === ns.service ? envelope.body.localName : '';
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined) throw new MessageFault(`There is no operation for <${envelope.body.localName}>.`);
      await access.check(authorization, operation.scope);
      return succeed(operation, envelope, invoices, attachments);
    } catch (error) {
      if (error instanceof Problem) return { ...plain(error.status), headers: error.headers };
      return send(500, version, writeEnvelope(version, writeFault(version, error)));
    }
  }

  return {
    url,
    counts: () => ({ ...counts }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function succeed(
  operation: Operation,
  { version, headers, body, addressing }: Envelope,
  invoices: Invoices,
  received: Attachments,
): HttpAnswer {
  const name = body.localName;
  const sent: Attachments = new Map();
  const { body: content, header = '' } = operation.run(
    invoices,
    { body, headers, bytes: (element) => bytesOf(element, received) },
    (bytes) => {
      const id = `${sent.size + 1}@sample.example`;
      sent.set(id, bytes);
      return `<xop:Include xmlns:xop="${ns.xop}" href="cid:${id}"/>`;
    },
  );
  const envelope = writeEnvelope(
    version,
    `<${name}Response xmlns="${ns.service}">${content}</${name}Response>`,
    (addressing === undefined ? '' : addressingAnswer(addressing)) + header,
  );
  if (sent.size === 0) return send(200, version, envelope);
  const related = writeRelated(envelope, sent, mediaTypes[version]);
  return { status: 200, headers: { 'content-type': related.contentType, 'mime-version': '1.0' }, body: related.body };
}

/** Base64 in the element, or what its `xop:Include` refers to. */
function bytesOf(element: Element, attachments: Attachments): Buffer {
  const [include] = childrenOf(element);
  if (include === undefined) return Buffer.from(element.textContent ?? '', 'base64');
  const id = decodeURIComponent((include.getAttribute('href') ?? '').replace(/^cid:/, ''));
  const bytes = include.namespaceURI === ns.xop ? attachments.get(id) : undefined;
  if (bytes === undefined)
    throw new MessageFault(`<${element.localName}> refers to the attachment "${id}", which is not there.`);
  return bytes;
}

const send = (status: number, version: SoapVersion, body: string): HttpAnswer => ({
  status,
  headers: { 'content-type': `${mediaTypes[version]}; charset=utf-8` },
  body,
});

const plain = (status: number): HttpAnswer => ({ status, headers: {}, body: '' });

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_MESSAGE) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
