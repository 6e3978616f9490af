import { expect } from 'chai';
import type { RequestPreview } from '../../brokers/broker.js';
import { operationsIn, sliceOf } from './operation-slice.js';
import { RequestValidator } from './request-validator.js';

const document = {
  openapi: '3.0.3',
  paths: {
    '/a b/{the.id}/x:y#fragment': {
      parameters: [{ name: 'the.id', in: 'path', required: true, schema: { type: 'integer' } }],
      post: {
        parameters: [
          { name: 'page[size]', in: 'query', schema: { type: 'integer' } },
          { name: 'key', in: 'query', required: true, schema: { type: 'string' } },
          {
            name: 'ids',
            in: 'query',
            style: 'pipeDelimited',
            explode: false,
            schema: { type: 'array', items: { type: 'integer' } },
          },
        ],
        requestBody: { $ref: '#/components/requestBodies/Thing' },
      },
    },
  },
  components: {
    requestBodies: {
      Thing: {
        required: true,
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
          'multipart/form-data': { schema: { $ref: '#/components/schemas/Thing' } },
        },
      },
    },
    schemas: {
      Thing: {
        type: 'object',
        required: ['name', 'id'],
        properties: {
          id: { type: 'string', readOnly: true },
          name: { type: 'string' },
          parts: { type: 'array', items: { type: 'object' } },
        },
      },
    },
    securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'key' } },
  },
};

describe('the judge of requests in the corpus suite', () => {
  let validator: RequestValidator;
  const slice = sliceOf(document, [...operationsIn(document).values()].flat());
  before(async () => {
    validator = await RequestValidator.start();
  });
  after(() => validator.stop());

  const request = (more: Partial<RequestPreview> = {}): RequestPreview => ({
    method: 'POST',
    url: 'https://service.example/a%20b/5/x:y?page%5Bsize%5D=3&ids=1%7C2',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"n","parts":[{}]}',
    ...more,
  });
  const multipart = (text: string): Partial<RequestPreview> => ({
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: `--b\r\ncontent-disposition: form-data; name="${text}"\r\n\r\nx\r\n--b--\r\n`,
  });
  const url = (rest: string): Partial<RequestPreview> => ({ url: `https://service.example${rest}` });

  it('takes what the document allows', async () => {
    expect(await validator.refusal(slice, 0, request())).to.equal(undefined);
    expect(await validator.refusal(slice, 0, request(url('/a%20b/5/x%3Ay')))).to.equal(undefined);
    expect(await validator.refusal(slice, 0, request(multipart('name')))).to.equal(undefined);
  });

  for (const [what, fault, message] of [
    ['another path', url('/a/5/x:y'), 'is not /a b/{the.id}/x:y'],
    ['a path value of another type', url('/a%20b/five/x:y'), 'request/params/p0 must be integer'],
    ['a query value of another type', url('/a%20b/5/x:y?ids=1%7Cb'), 'must be integer'],
    ['a query parameter that is not declared', url('/a%20b/5/x:y?q=1'), "Unknown query parameter 'q'"],
    ['another media type', { headers: { 'content-type': 'text/csv' } }, 'unsupported media type'],
    ['no body', { body: null, headers: {} }, 'unsupported media type undefined'],
    ['a body without what is required', { body: '{}' }, "must have required property 'name'"],
    ['what is read only', { body: '{"name":"n","id":"1"}' }, 'is read-only'],
    ['a value of another type', { body: '{"name":1}' }, 'request/body/name must be string'],
    ['a part of another name', multipart('other'), "must have required property 'name'"],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect(await validator.refusal(slice, 0, request(fault))).to.include(message);
    });
  }
});
