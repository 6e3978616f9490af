import { type JsonService, startService } from '../support/json-service.js';

/** The description of a small service, as a Swagger-like person would write it. */
export const petsDocument = (server: string) => ({
  openapi: '3.1.0',
  info: { title: 'Pet shop', version: '1.2' },
  servers: [{ url: server }],
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'integer', format: 'int64' },
          name: { type: 'string' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
  paths: {
    '/pets': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 10 } }],
        responses: {
          200: { description: 'Pets.', content: { 'application/json': { schema: { type: 'array', items: pet } } } },
        },
      },
      post: {
        requestBody: { required: true, content: { 'application/json': { schema: pet } } },
        responses: { 201: { description: 'Made.', content: { 'application/json': { schema: pet } } } },
      },
    },
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int64' } }],
      get: { responses: { 200: { description: 'A pet.', content: { 'application/json': { schema: pet } } } } },
      delete: { responses: { 204: { description: 'Gone.' } } },
    },
    '/owners': {
      get: {
        responses: {
          200: {
            description: 'Owners.',
            content: { 'application/json': { schema: { type: 'array', items: { type: 'string' } } } },
          },
        },
      },
    },
  },
});

const pet = { $ref: '#/components/schemas/Pet' };

/** The authorization headers that the service has received, newest last. */
export interface PetService extends JsonService {
  readonly authorizations: readonly (string | undefined)[];
}

/** A real service that answers as the description says; its own description is at `/openapi.json`. */
export async function startPets(): Promise<PetService> {
  const authorizations: (string | undefined)[] = [];
  const service = await startService((request, response, body) => {
    const { method, url = '/' } = request;
    authorizations.push(request.headers.authorization);
    if (url === '/openapi.json') return petsDocument(service.url);
    if (method === 'DELETE') {
      response.writeHead(204).end();
      return undefined;
    }
    if (method === 'POST') {
      response.statusCode = 201;
      return JSON.parse(body) as unknown;
    }
    if (url.startsWith('/pets/404')) {
      response.statusCode = 404;
      return { error: 'no such pet' };
    }
    if (url.startsWith('/pets/')) {
      // An integer that no double holds, written as text so that it keeps its digits.
      response
        .setHeader('content-type', 'application/json')
        .end(`{"id":${url.slice('/pets/'.length)},"name":"Rex\\u001b[31m"}`);
      return undefined;
    }
    return url.startsWith('/owners')
      ? ['alice']
      : [
          { id: 1, name: 'Rex', tags: ['dog'] },
          { id: 2, name: 'Tom' },
        ];
  });
  return { ...service, authorizations };
}
