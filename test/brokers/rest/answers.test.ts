import { expect } from 'chai';
import { fileSchema } from '../../../config/model/file-value.js';
import { describeDocument, giving, onlyMethod, openapi, planOf } from './describing.js';

const string = { type: 'string' };
const contact = { type: 'object', properties: { id: string } };
const object = (properties: object) => ({ type: 'object', properties });
const query = (...names: string[]) =>
  names.map((name) => ({
    name,
    in: 'query',
    schema: { type: /cursor|token|after/i.test(name) ? 'string' : 'integer' },
  }));
const array = { type: 'array', items: contact };

const listing = async (schema: object, parameters: object[] = [], more: object = {}) =>
  onlyMethod(await describeDocument(openapi({ '/contacts': { get: { ...giving(schema), parameters, ...more } } })));
const answering = async (responses: object, verb = 'get') =>
  onlyMethod(await describeDocument(openapi({ '/contacts/{id}': { [verb]: { responses } } })));
const content = (...mediaTypes: string[]) =>
  Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: contact }]));

describe('REST: lists', () => {
  for (const [what, schema, items, meta] of [
    ['an array', array, [], undefined],
    [
      'data beside marks of paging',
      object({ data: array, has_more: {}, url: string }),
      ['data'],
      object({ has_more: {}, url: string }),
    ],
    [
      'a property called after the resource',
      object({ contacts: array, other: array }),
      ['contacts'],
      object({ other: array }),
    ],
    ['OData', object({ '@odata.context': string, value: array }), ['value'], object({ '@odata.context': string })],
    [
      'an inner envelope',
      object({ result: object({ items: array, total: {} }) }),
      ['result', 'items'],
      object({ result: object({ total: {} }) }),
    ],
    [
      'HAL',
      object({ _embedded: object({ contacts: array }), _links: {} }),
      ['_embedded', 'contacts'],
      object({ _links: {} }),
    ],
    [
      'the only array among marks of paging',
      object({ zebras: array, total_count: {} }),
      ['zebras'],
      object({ total_count: {} }),
    ],
  ] as const) {
    it(`are found in ${what}`, async () => {
      const method = await listing(schema);
      expect(method).to.deep.include({ name: 'List', kind: 'list', output: contact });
      expect(method.meta).to.deep.equal(meta);
      expect(planOf(method).list).to.deep.equal({ items });
    });
  }

  it('are not seen in an object that has lists among other things, nor in an item', async () => {
    expect((await listing(object({ name: string, tags: array, born: string }))).kind).to.equal('read');
    expect(
      (await answering({ 200: { content: { 'application/json': { schema: object({ data: array }) } } } })).kind,
    ).to.equal('read');
  });

  for (const [what, schema, parameters, paging] of [
    [
      'a next URL',
      object({ data: array, next: { type: 'string', format: 'uri' } }),
      [],
      { style: 'next-url', from: ['next'] },
    ],
    [
      'an OData next link',
      object({ value: array, '@odata.nextLink': string }),
      query('$top'),
      { style: 'next-url', from: ['@odata.nextLink'], size: '$top' },
    ],
    [
      'a HAL link',
      object({ _embedded: object({ contacts: array }), _links: object({ next: object({ href: string }) }) }),
      [],
      { style: 'next-url', from: ['_links', 'next', 'href'] },
    ],
    [
      'a cursor',
      object({ items: array, nextPageToken: string }),
      query('pageToken'),
      { style: 'cursor', from: ['nextPageToken'], input: 'pageToken' },
    ],
    [
      'an inner cursor',
      object({ items: array, response_metadata: object({ next_cursor: string }) }),
      query('cursor'),
      { style: 'cursor', from: ['response_metadata', 'next_cursor'], input: 'cursor' },
    ],
    [
      'the last item',
      object({ data: array, has_more: { type: 'boolean' } }),
      query('starting_after', 'limit'),
      { style: 'last-item', more: ['has_more'], key: 'id', input: 'starting_after', size: 'limit' },
    ],
    ['page numbers', array, query('page', 'per_page'), { style: 'page', input: 'page', size: 'per_page', first: 1 }],
    ['an offset', array, query('limit', 'offset'), { style: 'offset', input: 'offset', size: 'limit' }],
  ] as const) {
    it(`are paged by ${what}`, async () => {
      const method = await listing(schema, [...parameters]);
      expect(method.paged).to.equal(true);
      expect(planOf(method).list?.paging).to.deep.equal(paging);
    });
  }

  it('are paged by a Link header, which wins over page numbers', async () => {
    const responses = {
      200: {
        description: '',
        headers: { Link: { schema: string } },
        content: { 'application/json': { schema: array } },
      },
    };
    const method = await listing(array, query('page'), { responses });
    expect(planOf(method).list?.paging).to.deep.equal({ style: 'link-header' });
  });

  it('count pages from where the parameter starts', async () => {
    const method = await listing(array, [{ name: 'page', in: 'query', schema: { type: 'integer', default: 0 } }]);
    expect(planOf(method).list?.paging).to.deep.include({ first: 0 });
  });

  it('are not paged when nothing shows it', async () => {
    expect(await listing(array)).to.not.have.property('paged');
  });

  it('are streams of items, too', async () => {
    const stream = {
      200: {
        description: '',
        content: { 'application/x-ndjson': { schema: contact }, 'text/event-stream': { schema: contact } },
      },
    };
    const method = await listing({}, [], { responses: stream });
    expect(method).to.deep.include({ kind: 'list', output: contact });
    expect(planOf(method).list).to.deep.equal({ items: [] });
  });
});

describe('REST: answers', () => {
  it('prefer JSON and accept what is declared', async () => {
    const plan = planOf(
      await answering({
        200: {
          description: '',
          content: content('text/html', 'application/xml', 'application/hal+json', 'application/json'),
        },
      }),
    );
    expect(plan.accept).to.equal('application/json, application/hal+json, application/xml, text/html');
    expect(plan.answers.map(({ mediaType, codec }) => [mediaType, codec])).to.deep.equal([
      ['application/json', 'json'],
      ['application/hal+json', 'json'],
      ['application/xml', 'xml'],
      ['text/html', 'text'],
    ]);
  });

  it('are files when they are bytes', async () => {
    for (const response of [
      { 'image/png': {} },
      { 'application/json': { schema: { type: 'string', format: 'binary' } } },
      { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    ]) {
      const method = await answering({ 200: { description: '', content: response } });
      expect(method.output).to.deep.equal(fileSchema);
      expect(planOf(method).answers[0]?.codec).to.equal('binary');
    }
  });

  it('are any of several', async () => {
    const method = await answering({
      200: { description: '', content: content('application/json') },
      '2XX': { description: '', content: { 'application/json': { schema: string } } },
      404: { description: '' },
    });
    expect(method.output).to.deep.equal({ anyOf: [contact, string] });
    expect(planOf(method).answers.map(({ status }) => status)).to.deep.equal(['200', '2XX']);
  });

  it('are the default one when no success is declared', async () => {
    const method = await answering({ default: { description: '', content: content('application/json') } });
    expect(method.output).to.deep.equal(contact);
  });

  it('are nothing when nothing is declared, except where something is asked for', async () => {
    expect((await answering({ 204: { description: '' } }, 'put')).output).to.equal(false);
    expect((await answering({ 200: { description: '' } }, 'put')).output).to.equal(false);
    expect((await answering({ 200: { description: '' } })).output).to.deep.equal({});
  });

  it('carry their declared headers, but not the plumbing', async () => {
    const headers = {
      ETag: { schema: string, description: 'Version.' },
      'X-RateLimit-Limit': { schema: { type: 'integer' } },
      'Content-Type': { schema: string },
    };
    const method = await answering({ 200: { description: '', headers, content: content('application/json') } });
    const extra = object({
      $headers: { ...object({ ETag: { ...string, description: 'Version.' } }), description: 'Headers of the answer.' },
    });
    expect(method.output).to.deep.equal({ allOf: [contact, extra] });
    expect(planOf(method).answers[0]?.headers?.map(({ name }) => name)).to.deep.equal(['ETag']);
    expect(
      (await answering({ 201: { description: '', headers: { Location: { schema: string } } } }, 'post')).output,
    ).to.have.nested.property('properties.$headers.properties.Location');
  });

  it('of Swagger 2.0 come in the media types that it produces', async () => {
    const paths = { '/a1/{id}': { get: { responses: { 200: { description: '', schema: contact } } } } };
    const method = async (more: object) =>
      onlyMethod(await describeDocument({ swagger: '2.0', info: {}, host: 'x.example.com', paths, ...more }));
    expect(planOf(await method({ produces: ['application/xml', 'text/json'] })).accept).to.equal(
      'text/json, application/xml',
    );
    expect(planOf(await method({})).accept).to.equal('application/json');
  });
});
