import { expect } from 'chai';
import { restBroker } from '../../../brokers/rest/index.js';
import { rejection } from '../../support/rejection.js';
import { codesOf, contextFor, describeFiles, giving, methodOf, onlyMethod, openapi, withFiles } from './describing.js';

const path = { '/contacts/{id}': { get: giving({ type: 'object', properties: { id: { type: 'string' } } }) } };

const refuse = (content: unknown, file = 'api.json') =>
  rejection(describeFiles({ [file]: content }), 'DESCRIPTOR_INVALID').then((error) => error.message);

describe('REST: reading a descriptor', () => {
  it('reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2', async () => {
    const swagger = {
      swagger: '2.0',
      info: {},
      host: 'api.example.com',
      paths: { '/contacts': { get: { responses: { 200: { schema: { type: 'array', items: {} } } } } } },
    };
    expect(onlyMethod(await describeFiles({ 'api.json': swagger })).kind).to.equal('list');
    for (const version of ['3.0.3', '3.1.0', '3.2.0']) {
      expect(onlyMethod(await describeFiles({ 'api.json': openapi(path, {}, version) })).name).to.equal('Read');
    }
  });

  it('reads YAML with duplicate keys, a numeric version, merge keys and a byte order mark, and says so', async () => {
    const yaml = `\uFEFFswagger: 2.0
info: { title: First, title: Second, version: 1.0 }
host: api.example.com
x-answer: &answer
  description: OK
paths:
  /contacts/{id}:
    get:
      responses:
        200:
          <<: *answer
          schema: { type: object, properties: { id: { type: string } } }
`;
    const description = await describeFiles({ 'api.yaml': yaml });
    expect(description.title).to.equal('Second');
    expect(codesOf(description)).to.include.members([
      'BYTE_ORDER_MARK',
      'KEY_DUPLICATE',
      'VERSION_NUMERIC',
      'PATH_PARAMETER',
    ]);
    expect(description.diagnostics.find(({ code }) => code === 'KEY_DUPLICATE')?.location).to.match(/api\.yaml:2$/);
    expect(onlyMethod(description).output).to.deep.equal({ type: 'object', properties: { id: { type: 'string' } } });
  });

  it('reads JSON with comments and trailing commas as YAML, and UTF-16', async () => {
    const text = JSON.stringify(openapi(path));
    const lenient = await describeFiles({ 'api.json': `${text.slice(0, -1)},}` });
    expect(codesOf(lenient)).to.include('JSON_LENIENT');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(onlyMethod(await describeFiles({ 'api.json': utf16 })).name).to.equal('Read');
  });

  it('reads a file: URL', async () => {
    await withFiles({ 'a b.json': openapi(path) }, async (folder) => {
      const description = await restBroker.describe({ descriptor: `file://${folder}/a%20b.json` }, contextFor());
      expect(description.operations).to.equal(1);
    });
  });

  for (const [what, content, found] of [
    ['nothing', '', 'is empty'],
    ['blanks', ' \n ', 'is empty'],
    ['an HTML page', '<!DOCTYPE html><html></html>', 'is an HTML page'],
    ['a WSDL', '<?xml version="1.0"?><wsdl:definitions/>', 'is a WSDL document'],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'is a PNG image'],
    ['bytes', Buffer.from([0x7b, 0xff, 0x00, 0x01]), 'is a binary file'],
    ['a list', '[]', 'holds a list'],
    ['a plain text', 'hello world', 'holds a plain text'],
    ['an empty object', '{}', 'is an empty object'],
    ['an unknown version', '{"openapi":"7.1"}', 'is of version "7.1"'],
    ['a version of another type', '{"openapi":{}}', 'has a version that is an object'],
    ['Swagger 1.2', '{"swaggerVersion":"1.2"}', 'is a Swagger 1.x document'],
    ['a Postman collection', '{"info":{"_postman_id":"1"},"item":[]}', 'is a Postman collection'],
    ['an AsyncAPI document', '{"asyncapi":"2.0.0"}', 'is an AsyncAPI document'],
    ['a fragment with paths', '{"paths":{}}', 'neither "swagger" nor "openapi"'],
    ['components alone', '{"components":{}}', 'is a part of a description'],
    ['a JSON Schema', '{"type":"object","properties":{}}', 'is a JSON Schema'],
  ] as const) {
    it(`refuses ${what} and says what it found`, async () => {
      expect(await refuse(content)).to.include(found);
    });
  }

  it('names the line of a fault', async () => {
    expect(await refuse('{\n  "openapi": "3.0.0",\n  "paths": {]\n}')).to.match(/is not valid JSON: .* line 3/);
    expect(await refuse('{"openapi": "3.0.0", "paths": {')).to.include('not valid JSON');
    expect(await refuse('openapi: 3.0.0\npaths:\n\t- x', 'api.yaml')).to.match(/is not valid YAML: .*line 3/);
  });

  it('refuses a YAML document that multiplies itself by aliases', async () => {
    const lines = ['a0: &a0 [x]'];
    for (let n = 1; n < 30; n++)
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    expect(await refuse(`openapi: 3.0.0\n${lines.join('\n')}\n`, 'api.yaml')).to.include('not valid YAML');
  });

  it('names what is missing', async () => {
    const context = contextFor();
    const missing = await rejection(
      restBroker.describe({ descriptor: '/no/such/file.json' }, context),
      'DESCRIPTOR_UNAVAILABLE',
    );
    expect(missing.message).to.equal('/no/such/file.json does not exist; check the path.');
    expect(
      (await rejection(restBroker.describe({ descriptor: '/' }, context), 'DESCRIPTOR_UNAVAILABLE')).message,
    ).to.include('is a folder');
    await rejection(restBroker.describe({ descriptor: 'ftp://example.com/x' }, context), 'KEYS_INVALID');
    await rejection(restBroker.describe({ descriptor: ' ' }, context), 'KEYS_INVALID');
  });

  it('refuses more bytes than allowed, over all documents together', async () => {
    const files = {
      'api.json': openapi({ '/a': { get: giving({ $ref: 'big.json' }) } }),
      'big.json': { description: 'x'.repeat(5_000) },
    };
    const fits = await describeFiles(files, {}, contextFor({ descriptorBytes: 10_000 }));
    expect(codesOf(fits)).to.deep.equal([]);
    const error = await rejection(describeFiles(files, {}, contextFor({ descriptorBytes: 100 })), 'DESCRIPTOR_INVALID');
    expect(error.message).to.include('too large');
    const partly = await describeFiles(files, {}, contextFor({ descriptorBytes: 1_000 }));
    expect(codesOf(partly)).to.include('REFERENCE_UNAVAILABLE');
  });

  it('stops when the caller has gone', async () => {
    const signal = AbortSignal.abort();
    await rejection(describeFiles({ 'api.json': openapi(path) }, {}, contextFor({ signal })), 'CANCELLED');
  });

  it('survives keys called like members of every object', async () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"},"toString":{}},"required":["__proto__"]}',
    );
    const text = JSON.stringify(
      openapi({
        '/a/{id}': { put: { requestBody: { content: { 'application/json': { schema: 0 } } }, responses: {} } },
      }),
    ).replace('"schema":0', `"schema":${JSON.stringify(schema)}`);
    const method = methodOf(await describeFiles({ 'api.json': text }), 'A.Update');
    const properties = typeof method.input === 'object' ? (method.input.properties ?? {}) : {};
    expect(Object.keys(properties)).to.include.members(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(properties)).to.equal(Object.prototype);
  });
});
