import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker } from '../../brokers/broker.js';
import { restBroker } from '../../brokers/rest/index.js';
import { type JsonService, startService } from '../support/json-service.js';
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
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
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
        responses: { 200: { description: 'Notes.', ...json({ type: 'array', items: note }) } },
      },
      post: {
        requestBody: { required: true, ...json(note) },
        responses: { 201: { description: 'Made.', ...json(note) } },
      },
    },
    '/notes/{id}': {
      parameters: [id],
      get: { responses: { 200: { description: 'The note.', ...json(note) } } },
      put: {
        requestBody: { required: true, ...json(note) },
        responses: { 200: { description: 'Saved.', ...json(note) } },
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

/** Answers as the document says. */
function answer(method: string, path: string, body: string): unknown {
  const one = { id: '1', text: 'first', tags: ['a'], meta: { by: 'alice' }, reply: null };
  if (method === 'POST') return { ...JSON.parse(body), id: '2' };
  return path.startsWith('/notes/') ? one : [one];
}

for (const keptAt of ['file', 'url'] as const) {
  describe(`the conformance suite, with a description from a ${keptAt}`, () => {
    let service: JsonService;
    let folder: string;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'smartwright-rest-'));
      service = await startService(({ method = 'GET', url = '/' }, response, body) => {
        if (url === '/openapi.json') return document(service.url);
        if (method === 'DELETE') response.writeHead(204).end();
        else if (method === 'POST') response.statusCode = 201;
        return method === 'DELETE' ? undefined : answer(method, url, body);
      });
      writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document(service.url)));
    });
    after(async () => {
      await service.close();
      rmSync(folder, { recursive: true });
    });

    brokerSuite('rest', {
      broker: restBroker as unknown as Broker,
      keys: () => ({ descriptor: keptAt === 'file' ? join(folder, 'openapi.json') : `${service.url}/openapi.json` }),
      calls: [
        { method: 'Note.List', input: { limit: 1, tag: ['a', 'b'], filter: { text: 'x' } } },
        { method: 'Note.Read', input: { id: '1' } },
        { method: 'Note.Create', input: { text: 'second', tags: [] } },
        { method: 'Note.Delete', input: { id: '1' } },
      ],
    });
  });
}
