import { expect } from 'chai';
import { fileSchema } from '../../../config/model/file-value.js';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { ServiceMethod } from '../../../config/model/service-object.js';
import { codesOf, describeDocument, onlyMethod, openapi, planOf, previewOf, taking } from './describing.js';

const string = { type: 'string' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const done = { responses: { 204: { description: 'Done' } } };
const parameter = (name: string, where: string, more: object = {}) => ({ name, in: where, schema: string, ...more });

/** The only method of a path with one operation. */
async function method(path: string, verb: string, operation: object, version?: string): Promise<ServiceMethod> {
  return onlyMethod(await describeDocument(openapi({ [path]: { [verb]: { ...done, ...operation } } }, {}, version)));
}

const inputOf = ({ input }: ServiceMethod): JsonSchemaObject => {
  if (typeof input === 'object') return input;
  throw new Error('The input is no object.');
};

async function swagger(parameters: object[], more: object = {}): Promise<ServiceMethod> {
  const paths = {
    '/things/{id}': {
      post: {
        parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }, ...parameters],
        responses: { 204: { description: '' } },
      },
    },
  };
  return onlyMethod(await describeDocument({ swagger: '2.0', info: {}, host: 'api.example.com', paths, ...more }));
}

describe('REST: inputs', () => {
  it('are parameters and properties of the body, flat and closed', async () => {
    const body = object({ name: string, size: { type: 'integer' } }, { required: ['name'] });
    const parameters = [
      parameter('id', 'path', { required: true }),
      parameter('dry', 'query', { required: true }),
      parameter('X-Trace', 'header'),
      parameter('session', 'cookie'),
    ];
    const found = await method('/things/{id}', 'put', { ...taking(body), parameters });
    expect(inputOf(found)).to.deep.equal({
      type: 'object',
      properties: {
        id: { type: 'string', minLength: 1 },
        dry: string,
        'X-Trace': string,
        session: string,
        name: string,
        size: { type: 'integer' },
      },
      required: ['id', 'dry', 'name'],
      additionalProperties: false,
    });
    expect(planOf(found)).to.deep.equal({
      verb: 'PUT',
      server: 'https://api.example.com',
      path: ['/things/', { name: 'id', input: 'id', style: 'simple', explode: false }],
      query: [{ name: 'dry', input: 'dry', style: 'form', explode: true }],
      headers: [{ name: 'X-Trace', input: 'X-Trace', style: 'simple', explode: false }],
      cookies: [{ name: 'session', input: 'session', style: 'form', explode: true }],
      body: {
        required: true,
        media: [
          { mediaType: 'application/json', codec: 'json', source: { properties: { name: 'name', size: 'size' } } },
        ],
      },
      answers: [{ status: '204', codec: 'none' }],
    });
  });

  it('of an operation override those of its path', async () => {
    const description = await describeDocument(
      openapi({
        '/things/{id}': {
          parameters: [parameter('id', 'path', { description: 'Of the path.' }), parameter('a', 'query')],
          get: { parameters: [parameter('id', 'path', { description: 'Own.' })], responses: {} },
        },
      }),
    );
    expect(inputOf(onlyMethod(description)).properties).to.deep.equal({
      id: { type: 'string', description: 'Own.', minLength: 1 },
      a: string,
    });
  });

  it('of an optional body are optional', async () => {
    const body = object({ name: string }, { required: ['name'] });
    const found = await method('/things', 'post', {
      requestBody: { content: { 'application/json': { schema: body } } },
    });
    expect(inputOf(found)).to.not.have.property('required');
    expect(planOf(found).body?.required).to.equal(false);
  });

  it('feed path and body when both have them', async () => {
    const found = await method('/things/{id}', 'put', {
      ...taking(object({ id: string, name: string })),
      parameters: [parameter('id', 'path')],
    });
    expect(Object.keys(inputOf(found).properties ?? {})).to.deep.equal(['id', 'name']);
    expect(planOf(found).body?.media[0].source).to.deep.equal({ properties: { id: 'id', name: 'name' } });
  });

  it('are the whole body where names collide', async () => {
    const byQuery = await method('/things', 'post', {
      ...taking(object({ name: string })),
      parameters: [parameter('name', 'query')],
    });
    expect(Object.keys(inputOf(byQuery).properties ?? {})).to.deep.equal(['name', 'body']);
    expect(planOf(byQuery).body?.media[0].source).to.deep.equal({ input: 'body' });
    const byType = await method('/things/{id}', 'put', {
      ...taking(object({ id: object({}) })),
      parameters: [parameter('id', 'path')],
    });
    expect(Object.keys(inputOf(byType).properties ?? {})).to.deep.equal(['id', 'body']);
  });

  for (const [what, schema] of [
    ['an array', { type: 'array', items: string }],
    ['a scalar', string],
    ['a map', { type: 'object', additionalProperties: string }],
    ['an open object', object({ a: string }, { additionalProperties: true })],
    ['alternatives', { oneOf: [object({ a: string }), object({ b: string })] }],
    ['anything', {}],
  ] as const) {
    it(`are the whole body where it is ${what}`, async () => {
      const found = await method('/things', 'post', taking(schema, { 'x-codegen-request-body-name': 'payload' }));
      expect(Object.keys(inputOf(found).properties ?? {})).to.deep.equal(['payload']);
      expect(inputOf(found).required).to.deep.equal(['payload']);
    });
  }

  it('of one name in two places are told apart', async () => {
    const parameters = [
      parameter('id', 'path'),
      parameter('id', 'query'),
      parameter('id', 'header'),
      parameter('$next', 'query'),
    ];
    const found = await method('/things/{id}', 'get', { parameters });
    expect(Object.keys(inputOf(found).properties ?? {})).to.deep.equal(['id', 'id_query', '_next', 'id_header']);
    expect(planOf(found).query.map(({ name, input }) => [name, input])).to.deep.equal([
      ['id', 'id_query'],
      ['$next', '_next'],
    ]);
  });

  it('leave out headers that are the request’s own business', async () => {
    const parameters = ['Accept', 'content-type', 'Authorization', 'X-Other'].map((name) => parameter(name, 'header'));
    expect(Object.keys(inputOf(await method('/things', 'get', { parameters })).properties ?? {})).to.deep.equal([
      'X-Other',
    ]);
  });

  it('of the path are there whether they are declared or not', async () => {
    const description = await describeDocument(
      openapi({
        '/things/{thingId}/{rest:.*}': {
          get: { ...done, parameters: [parameter('thingid', 'path'), parameter('gone', 'path')] },
        },
      }),
    );
    const found = onlyMethod(description);
    expect(inputOf(found).required).to.deep.equal(['thingid', 'rest']);
    expect(codesOf(description)).to.deep.equal(['PATH_PARAMETER']);
    expect(description.diagnostics.map(({ message }) => message)).to.have.length(2);
  });

  it('have the style that the document asks for', async () => {
    const parameters = [
      parameter('a', 'query', { style: 'pipeDelimited', explode: false, allowReserved: true }),
      parameter('b', 'query', { style: 'deepObject', schema: object({ x: string }) }),
      parameter('c', 'query', { allowEmptyValue: true, style: 'no-such' }),
      { name: 'd', in: 'query', content: { 'application/json': { schema: object({ x: string }) } } },
      parameter('e', 'header', { explode: true }),
    ];
    const plan = planOf(
      await method('/things/{m}', 'get', { parameters: [...parameters, parameter('m', 'path', { style: 'matrix' })] }),
    );
    expect(plan.path[1]).to.deep.include({ style: 'matrix', explode: false });
    expect(plan.query).to.deep.equal([
      { name: 'a', input: 'a', style: 'pipeDelimited', explode: false, allowReserved: true },
      { name: 'b', input: 'b', style: 'deepObject', explode: true },
      { name: 'c', input: 'c', style: 'form', explode: true, allowEmpty: true },
      { name: 'd', input: 'd', style: 'form', explode: true, mediaType: 'application/json' },
    ]);
    expect(plan.headers[0]).to.deep.include({ style: 'simple', explode: true });
  });

  it('of Swagger 2.0 have their collection format', async () => {
    const list = (name: string, collectionFormat?: string) => ({
      name,
      in: 'query',
      type: 'array',
      items: string,
      ...(collectionFormat ? { collectionFormat } : {}),
    });
    const plan = planOf(
      await swagger([list('a'), list('b', 'ssv'), list('c', 'tsv'), list('d', 'pipes'), list('e', 'multi')]),
    );
    expect(plan.query.map(({ name, style, explode }) => [name, style, explode])).to.deep.equal([
      ['a', 'form', false],
      ['b', 'spaceDelimited', false],
      ['c', 'tsv', false],
      ['d', 'pipeDelimited', false],
      ['e', 'form', true],
    ]);
  });

  it('of Swagger 2.0 are a body in the media types that it consumes', async () => {
    const found = await swagger([{ name: 'thing', in: 'body', required: true, schema: object({ name: string }) }], {
      consumes: ['application/xml', 'application/json'],
    });
    expect(planOf(found).body?.media.map(({ mediaType }) => mediaType)).to.deep.equal([
      'application/json',
      'application/xml',
    ]);
    expect(inputOf(found).properties).to.have.keys('id', 'name', '$contentType');
  });

  it('of Swagger 2.0 are form fields, and files by multipart', async () => {
    const form = await swagger([{ name: 'tags', in: 'formData', type: 'array', items: string, required: true }]);
    expect(planOf(form).body?.media).to.deep.equal([
      {
        mediaType: 'application/x-www-form-urlencoded',
        codec: 'form',
        encoding: { tags: { style: 'form', explode: false } },
        source: { properties: { tags: 'tags' } },
      },
    ]);
    expect(inputOf(form).required).to.deep.equal(['id', 'tags']);
    const upload = await swagger([{ name: 'photo', in: 'formData', type: 'file', description: 'A photo.' }]);
    expect(inputOf(upload).properties?.photo).to.deep.equal({ ...fileSchema, description: 'A photo.' });
    expect(planOf(upload).body?.media[0]).to.deep.include({ codec: 'multipart', encoding: { photo: { file: true } } });
  });

  it('are files in multipart forms and in bodies of bytes', async () => {
    const schema = object({
      photo: { type: 'string', format: 'binary' },
      more: { type: 'array', items: { type: 'string', contentMediaType: 'image/png' } },
      note: string,
    });
    const content = {
      'application/json': { schema: object({}) },
      'multipart/form-data': { schema, encoding: { note: { contentType: 'text/markdown' } } },
    };
    const found = await method('/things', 'post', { requestBody: { required: true, content } });
    expect(inputOf(found).properties).to.deep.equal({
      photo: fileSchema,
      more: { type: 'array', items: fileSchema },
      note: string,
    });
    expect(planOf(found).body?.media).to.have.length(1);
    expect(planOf(found).body?.media[0].encoding).to.deep.equal({
      photo: { file: true },
      more: { file: true },
      note: { contentType: 'text/markdown' },
    });
    const bytes = await method('/things', 'post', {
      requestBody: { required: true, content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } },
    });
    expect(inputOf(bytes).properties).to.deep.equal({ body: fileSchema });
  });

  it('are JSON where text or bytes have declared properties, and base64 where the schema says so', async () => {
    for (const type of ['text/plain', 'application/octet-stream']) {
      const content = { [type]: { schema: object({ name: string }) } };
      const found = await method('/things', 'post', { requestBody: { required: true, content } });
      expect(inputOf(found).properties).to.deep.equal({ name: string });
      expect(planOf(found).body?.media[0]).to.deep.include({ mediaType: type, codec: 'json' });
    }
    const image = { 'image/jpeg': { schema: { type: 'string', format: 'byte' } } };
    const bytes = await method('/things', 'post', { requestBody: { required: true, content: image } }, '3.0.3');
    expect(planOf(bytes).body?.media[0]).to.deep.include({ codec: 'binary', base64: true });
    const { body } = await previewOf(bytes, { body: { content: 'AAEC' } });
    expect(body).to.equal('AAEC');
  });

  it('are told of media types that take other values and are left out', async () => {
    const content = {
      'application/json': { schema: object({ name: string }) },
      'application/xml': { schema: object({ other: string }) },
      'application/vnd.api+json': { schema: object({ name: string }) },
    };
    const description = await describeDocument(openapi({ '/things': { post: { ...done, requestBody: { content } } } }));
    const [warning] = description.diagnostics;
    expect(warning?.code).to.equal('MEDIA_TYPE_LEFT_OUT');
    expect(warning?.message).to.equal(
      'The body is sent as application/json; application/xml would take other values and cannot be chosen.',
    );
    expect(inputOf(onlyMethod(description)).properties?.$contentType).to.deep.include({
      enum: ['application/json', 'application/vnd.api+json'],
    });
  });

  it('leave out what is read only', async () => {
    const found = await method(
      '/things',
      'post',
      taking(object({ id: { type: 'string', readOnly: true }, name: string }, { required: ['id', 'name'] })),
    );
    expect(inputOf(found)).to.deep.include({ properties: { name: string }, required: ['name'] });
  });

  it('are the properties of a whole query string (OpenAPI 3.2)', async () => {
    const content = {
      'application/x-www-form-urlencoded': { schema: object({ a: string, b: string }, { required: ['a'] }) },
    };
    const found = await method(
      '/things',
      'get',
      { parameters: [{ in: 'querystring', name: 'q', required: true, content }] },
      '3.2.0',
    );
    expect(inputOf(found)).to.deep.include({ properties: { a: string, b: string }, required: ['a'] });
  });

  it('that cannot be sent are left out with a warning', async () => {
    const description = await describeDocument(
      openapi({
        '/things': {
          get: { ...done, parameters: [{ in: 'query' }, parameter('x', 'nowhere'), { $ref: '#/nowhere' }, 7] },
        },
      }),
    );
    expect(inputOf(onlyMethod(description)).properties).to.deep.equal({});
    expect(codesOf(description)).to.have.members(['PARAMETER_INVALID', 'REFERENCE_DANGLING']);
  });

  it('are written as XML by the xml object', async () => {
    const schema = {
      type: 'object',
      xml: { name: 'thing', namespace: 'urn:t', prefix: 't' },
      properties: {
        id: { type: 'integer', xml: { attribute: true } },
        tags: { type: 'array', xml: { wrapped: true }, items: { type: 'string', xml: { name: 'tag' } } },
      },
    };
    const found = await method('/things', 'post', { requestBody: { content: { 'application/xml': { schema } } } });
    expect(planOf(found).body?.media[0].xml).to.deep.equal({
      name: 'thing',
      namespace: 'urn:t',
      prefix: 't',
      type: 'object',
      properties: {
        id: { attribute: true, type: 'integer' },
        tags: { wrapped: true, type: 'array', items: { name: 'tag', type: 'string' } },
      },
    });
  });
});
