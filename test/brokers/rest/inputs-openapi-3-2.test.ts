import { expect } from 'chai';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { ServiceMethod } from '../../../config/model/service-object.js';
import { rejection } from '../../support/rejection.js';
import { describeDocument, onlyMethod, openapi, planOf, previewOf } from './describing.js';

const text = { type: 'string' };
const done = { responses: { 204: { description: 'Done' } } };

async function method(verb: string, operation: object): Promise<ServiceMethod> {
  return onlyMethod(await describeDocument(openapi({ '/things': { [verb]: { ...done, ...operation } } }, {}, '3.2.0')));
}

const inputsOf = ({ input }: ServiceMethod) => (input as JsonSchemaObject).properties ?? {};
const query = (content: object) => ({ parameters: [{ in: 'querystring', name: 'q', required: true, content }] });
const queryOf = async (found: ServiceMethod, input: object) => new URL((await previewOf(found, input)).url).search;

describe('REST: inputs of OpenAPI 3.2', () => {
  it('are the fields of a query string that is a form, in the style that its encoding says', async () => {
    const schema = {
      type: 'object',
      properties: {
        tags: { type: 'array', items: text },
        where: { type: 'object' },
        deep: { type: 'object' },
        a: text,
      },
      required: ['a'],
    };
    const encoding = { tags: { style: 'pipeDelimited', explode: false }, deep: { style: 'deepObject' } };
    const found = await method('get', query({ 'application/x-www-form-urlencoded': { schema, encoding } }));
    expect(Object.keys(inputsOf(found))).to.deep.equal(['tags', 'where', 'deep', 'a']);
    expect(found.input).to.deep.include({ required: ['a'] });
    const sent = await queryOf(found, { tags: ['x', 'y'], where: { b: 1 }, deep: { c: 'd' }, a: 'e f' });
    expect(sent).to.equal('?tags=x%7Cy&where=%7B%22b%22%3A1%7D&deep%5Bc%5D=d&a=e%20f');
  });

  it('are the whole query string where it is JSON, a text or a form of any fields', async () => {
    const whole = await method('get', query({ 'application/json': { schema: { type: 'object' } } }));
    expect(await queryOf(whole, { q: { a: [1] } })).to.equal('?%7B%22a%22%3A%5B1%5D%7D');
    const free = await method(
      'get',
      query({ 'application/x-www-form-urlencoded': { schema: { type: 'object', additionalProperties: text } } }),
    );
    expect(await queryOf(free, { q: { 'a b': 'c&d', e: 'f' } })).to.equal('?a%20b=c%26d&e=f');
    const plain = await method('get', query({ 'text/plain': { schema: text } }));
    expect(await queryOf(plain, { q: 'a=b' })).to.equal('?a%3Db');
  });

  it('are cookies as they are in the style cookie, which nothing can end early', async () => {
    const parameters = [
      { name: 'c', in: 'cookie', style: 'cookie', schema: text },
      { name: 'o', in: 'cookie', style: 'cookie', schema: { type: 'object' } },
    ];
    const found = await method('get', { parameters });
    const { headers } = await previewOf(found, { c: 'a b%20=', o: { x: '1', y: '2' } });
    expect(headers.cookie).to.equal('c=a b%20=; x=1; y=2');
    await rejection(previewOf(found, { c: 'a; admin=1' }), 'INPUT_INVALID');
    await rejection(previewOf(found, { c: 'a\r\nx: y' }), 'INPUT_INVALID');
  });

  it('are the parts of a multipart body that is a list', async () => {
    const content = {
      'multipart/mixed': {
        schema: { type: 'array', prefixItems: [{ type: 'object' }, text], items: text },
        prefixEncoding: [{ contentType: 'application/json' }],
        itemEncoding: { contentType: 'text/csv' },
      },
    };
    const found = await method('post', { requestBody: { required: true, content } });
    const { body, headers } = await previewOf(found, { body: [{ a: 1 }, 'b', 'c'] });
    const boundary = /^multipart\/mixed; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1];
    const parts = (body ?? '').split(`--${boundary}`).slice(1, -1);
    expect(parts.map((part) => part.trim().split('\r\n\r\n'))).to.deep.equal([
      ['content-type: application/json', '{"a":1}'],
      ['content-type: text/csv', 'b'],
      ['content-type: text/csv', 'c'],
    ]);
  });

  it('are sequences of items: lines, records, events', async () => {
    const itemSchema = { type: 'object', properties: { data: text } };
    const sequence = async (type: string) => {
      const found = await method('post', { requestBody: { required: true, content: { [type]: { itemSchema } } } });
      expect(inputsOf(found).body).to.deep.equal({ type: 'array', items: itemSchema });
      return (await previewOf(found, { body: [{ data: 'a' }, { data: 'b\nc' }] })).body;
    };
    expect(await sequence('application/jsonl')).to.equal('{"data":"a"}\n{"data":"b\\nc"}\n');
    expect(await sequence('application/json-seq')).to.equal('\x1e{"data":"a"}\n\x1e{"data":"b\\nc"}\n');
    expect(await sequence('text/event-stream')).to.equal('data: a\n\ndata: b\ndata: c\n\n');
  });

  it('are the text of an XML element beside its attributes', async () => {
    const schema = {
      type: 'object',
      xml: { name: 'note' },
      properties: {
        lang: { type: 'string', xml: { nodeType: 'attribute' } },
        words: { type: 'string', xml: { nodeType: 'text' } },
      },
    };
    const found = await method('post', { requestBody: { required: true, content: { 'application/xml': { schema } } } });
    const { body } = await previewOf(found, { lang: 'en', words: 'a < b' });
    expect(body).to.equal('<?xml version="1.0" encoding="UTF-8"?>\n<note lang="en">a &lt; b</note>');
  });

  it('are those of operations in any verb', async () => {
    const operation = { ...done, parameters: [{ name: 'a', in: 'query', schema: text }] };
    const paths = { '/things': { additionalOperations: { COPY: operation } } };
    const found = onlyMethod(await describeDocument(openapi(paths, {}, '3.2.0')));
    expect(planOf(found).verb).to.equal('COPY');
    expect((await previewOf(found, { a: 'x' })).url).to.equal('https://api.example.com/things?a=x');
  });
});

describe('REST: headers of parts', () => {
  it('are inputs of their own', async () => {
    const content = {
      'multipart/form-data': {
        schema: { type: 'object', properties: { photo: { type: 'string', format: 'binary' }, note: text } },
        encoding: {
          note: { headers: { 'X-Lang': { schema: text, description: 'Which.' }, 'Content-Type': { schema: text } } },
          photo: { contentType: 'image/png', headers: { 'X-Lang': { schema: { type: 'integer' } } } },
        },
      },
    };
    const found = await method('post', { requestBody: { required: true, content } });
    expect(inputsOf(found)['X-Lang']).to.deep.equal({ type: 'string', description: 'Which.' });
    expect(Object.keys(inputsOf(found))).to.deep.equal(['photo', 'note', 'X-Lang', 'X-Lang_header']);
    const { body } = await previewOf(found, {
      note: 'x',
      photo: { content: 'AA==' },
      'X-Lang': 'de',
      'X-Lang_header': 7,
    });
    expect(body).to.match(/name="note"\r\nx-lang: de\r\n\r\nx\r\n/);
    expect(body).to.match(/content-type: image\/png\r\nx-lang: 7\r\n/);
  });
});
