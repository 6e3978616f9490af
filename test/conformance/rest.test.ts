import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Broker } from '../../brokers/broker.js';
import { restBroker } from '../../brokers/rest/index.js';
import { brokerSuite } from './broker-suite.js';

const noteSchema = {
  type: 'object',
  required: ['id', 'text'],
  properties: {
    id: { type: 'string', readOnly: true },
    text: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    meta: { type: 'object', additionalProperties: { type: 'string' } },
    reply: { anyOf: [{ $ref: '#/components/schemas/Note' }, { type: 'null' }] },
  },
};
const note = { $ref: '#/components/schemas/Note' };
const inJson = (schema: object) => ({ content: { 'application/json': { schema } } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const document = (server: string) => ({
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  servers: [{ url: server }],
  components: { schemas: { Note: noteSchema } },
  paths: {
    '/notes': {
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
          { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { text: { type: 'string' } } },
          },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'theme', in: 'cookie', schema: { type: 'string' } },
        ],
        responses: { 200: { description: 'Notes.', ...inJson({ type: 'array', items: note }) } },
      },
      post: {
        requestBody: { required: true, ...inJson(note) },
        responses: { 201: { description: 'Made.', ...inJson(note) } },
      },
    },
    '/notes/{id}': {
      parameters: [id],
      get: { responses: { 200: { description: 'The note.', ...inJson(note) } } },
      put: {
        requestBody: { required: true, ...inJson(note) },
        responses: { 200: { description: 'Saved.', ...inJson(note) } },
      },
      delete: { responses: { 204: { description: 'Gone.' } } },
    },
    '/notes/{id}/file': {
      parameters: [id],
      put: {
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { title: { type: 'string' }, file: { type: 'string', format: 'binary' } },
              },
            },
          },
        },
        responses: { 204: { description: 'Kept.' } },
      },
    },
  },
});

/** A service that answers as the document says, and serves the document too. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '/', headers } = request;
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const one = { id: '1', text: 'first', tags: ['a'], meta: { by: 'alice' }, reply: null };
  if (url === '/openapi.json') return send(200, document(`http://${headers.host}`));
  if (method === 'DELETE') response.writeHead(204).end();
  else if (method === 'POST') send(201, { ...((await json(request)) as object), id: '2' });
  else send(200, url.startsWith('/notes/') ? one : [one]);
}

for (const keptAt of ['file', 'url'] as const) {
  describe(`the conformance suite, with a description from a ${keptAt}`, () => {
    let server: Server;
    let service: string;
    let folder: string;
    before(async () => {
      server = createServer(serve);
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      folder = mkdtempSync(join(tmpdir(), 'smartwright-rest-'));
      writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document(service)));
    });
    after(async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true });
    });

    brokerSuite('rest', {
      broker: restBroker as unknown as Broker,
      keys: () => ({ descriptor: keptAt === 'file' ? join(folder, 'openapi.json') : `${service}/openapi.json` }),
      calls: [
        { method: 'Note.List', input: { limit: 1, tag: ['a', 'b'], filter: { text: 'x' } } },
        { method: 'Note.Read', input: { id: '1' } },
        { method: 'Note.Create', input: { text: 'second', tags: [] } },
        { method: 'Note.Delete', input: { id: '1' } },
      ],
    });
  });
}
