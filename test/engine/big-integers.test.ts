import { expect } from 'chai';
import { type StreamFixture, startStreams } from '../streaming/fixture.js';

describe('integers beyond 2^53', () => {
  const int64 = { type: 'integer', format: 'int64' };
  const big = 9007199254740993n;
  let fixture: StreamFixture;
  before(async () => {
    const parameters = [
      { name: 'id', in: 'query', schema: int64 },
      { name: 'X-Id', in: 'header', schema: int64 },
      { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
    ];
    const ids = { type: 'array', items: int64 };
    const schema = { type: 'object', properties: { id: int64, ids, colour: { type: 'string' } } };
    const headers = { 'X-Total': { schema: int64 } };
    const content = { 'application/json': { schema } };
    fixture = await startStreams({
      '/thing': { parameters, responses: { 200: { description: '', headers, content } } },
    });
  });
  after(() => fixture.close());

  for (const face of ['http', 'local'] as const) {
    it(`keep every digit from the input to the request and from the answer to the result (${face})`, async () => {
      let sent: unknown;
      fixture.paths.set('/thing', ({ headers }, response) => {
        sent = headers['x-id'];
        response
          .writeHead(200, { 'content-type': 'application/json', 'x-total': `-${big}` })
          .end(`{"id":${big},"ids":[1,-${big}]}`);
      });
      const result = await fixture[face].call('s_Thing', 'Read', { id: big, 'X-Id': -big, filter: { n: [big] } });
      expect(result).to.deep.equal({ id: big, ids: [1, -big], $headers: { 'X-Total': -big } });
      expect(sent).to.equal(`-${big}`);
      expect(decodeURIComponent(fixture.asked.at(-1) ?? '')).to.equal(`/thing?id=${big}&filter={"n":[${big}]}`);
    });
  }
});
