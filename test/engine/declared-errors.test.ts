import { expect } from 'chai';
import { Problem, type Transport } from '../../runtime/client/index.js';
import { type StreamFixture, startStreams } from '../streaming/fixture.js';

const problem = { type: 'object', title: 'Problem', required: ['reason'], properties: { reason: { type: 'string' } } };
const json = { 'content-type': 'application/json' };
const asXml = {
  schema: {
    type: 'object',
    xml: { name: 'fault' },
    properties: { code: { type: 'integer', xml: { attribute: true } } },
  },
};
const operations = {
  '/thing': {
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: { type: 'object' } } } },
      409: {
        description: 'It is taken.',
        headers: { 'X-Retry-In': { schema: { type: 'integer' } }, 'Set-Cookie': { schema: { type: 'string' } } },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Conflict' } } },
      },
      '4XX': { description: 'Your fault.', content: { 'application/xml': asXml } },
      default: { description: 'Our fault.', content: { 'application/json': { schema: problem } } },
    },
  },
};

describe('declared error answers', () => {
  let fixture: StreamFixture;
  before(async () => {
    fixture = await startStreams(operations, {}, { schemas: { Conflict: problem } });
  });
  after(() => fixture.close());

  async function refused(status: number, headers: Record<string, string>, body: string, face: Transport) {
    fixture.paths.set('/thing', (_, response) => response.writeHead(status, headers).end(body));
    try {
      await face.call('s_Thing', 'Read', {});
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    return expect.fail('expected a problem');
  }

  for (const face of ['http', 'local'] as const) {
    it(`are told with their status, headers, body and the name of its type (${face})`, async () => {
      const headers = { ...json, 'x-retry-in': '9007199254740993', 'set-cookie': 'canary', etag: '"1"' };
      const { code, upstream } = await refused(409, headers, '{"reason":"taken","n":9007199254740993}', fixture[face]);
      expect(code).to.equal('UPSTREAM_REFUSED');
      expect(upstream).to.deep.include({
        status: 409,
        body: { reason: 'taken', n: 9007199254740993n },
        declared: '409',
        type: 'Conflict',
        $headers: { 'X-Retry-In': 9007199254740993n },
      });
      expect(upstream?.headers).to.include({ etag: '"1"' }).and.not.have.property('set-cookie');
    });

    it(`are found by range and by default, and read in their media type (${face})`, async () => {
      const xml = await refused(422, { 'content-type': 'application/xml' }, '<fault code="7"/>', fixture[face]);
      expect(xml.upstream).to.deep.include({ declared: '4XX', body: { code: 7 } });
      const ours = await refused(503, json, '{"reason":"busy"}', fixture[face]);
      expect(ours.upstream).to.deep.include({ declared: 'default', body: { reason: 'busy' } });
      const other = await refused(409, { 'content-type': 'text/html' }, '<h1>', fixture[face]);
      expect(other.upstream).to.deep.include({ body: '<h1>' }).and.not.have.property('declared');
      const broken = await refused(422, { 'content-type': 'application/xml' }, '<fault', fixture[face]);
      expect(broken.upstream).to.deep.include({ declared: '4XX', body: '<fault' });
    });
  }

  it('are part of the method’s definition, with their types', async () => {
    const { store } = fixture.installation.runtime;
    const errors = (await store.smartObjects.method('s_Thing', 'Read'))?.method.errors;
    expect(errors?.map(({ status, description }) => [status, description])).to.deep.equal([
      ['409', 'It is taken.'],
      ['4XX', 'Your fault.'],
      ['default', 'Our fault.'],
    ]);
    expect(errors?.[0]?.body).to.deep.equal({ $ref: '#/types/Conflict' });
    expect(errors?.[0]?.headers).to.have.nested.property('properties.X-Retry-In.type', 'integer');
    expect(errors?.[0]?.headers).not.to.have.nested.property('properties.Set-Cookie');
    expect(await store.descriptions.types('s', ['Conflict'])).to.have.nested.property('Conflict.required[0]', 'reason');
  });
});
