import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { type ListMethod, listMethod, Problem } from '../../runtime/client/index.js';
import { KEY, type StreamFixture, startStreams, until } from './fixture.js';

const item = { type: 'object', properties: { n: { type: 'integer' } } };
const answer = (mediaType: string, media: object) => ({
  responses: { 200: { description: '', content: { [mediaType]: media } } },
});
const parameter = (name: string, schema: object = { type: 'integer' }) => ({ name, in: 'query', schema });

const operations = {
  '/events': answer('text/event-stream', { schema: item }),
  '/typed-events': answer('text/event-stream', {
    itemSchema: {
      oneOf: [
        {
          type: 'object',
          required: ['event', 'data'],
          properties: {
            event: { const: 'added' },
            data: { type: 'string', contentMediaType: 'application/json', contentSchema: item },
          },
        },
        { type: 'object', properties: { event: { const: 'removed' }, id: { type: 'string' } } },
      ],
    },
  }),
  '/lines': answer('application/x-ndjson', { itemSchema: item }),
  '/sequence': answer('application/json-seq', { schema: { type: 'array', items: item } }),
  '/pages': {
    ...answer('application/json', {
      schema: {
        type: 'object',
        properties: { items: { type: 'array', items: item }, nextPageToken: { type: 'string' } },
      },
    }),
    parameters: [parameter('pageToken', { type: 'string' })],
  },
};
type Name = 'Event' | 'TypedEvent' | 'Line' | 'Sequence' | 'Page';

const thrown = async (items: AsyncIterable<unknown>): Promise<Problem> => {
  try {
    for await (const _ of items);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return expect.fail('expected a problem');
};

describe('items that arrive', () => {
  let fixture: StreamFixture;
  before(async () => {
    fixture = await startStreams(operations, { keys: { timeout: 1 } });
  });
  after(() => fixture.close());

  const list = (name: Name, face: 'http' | 'local'): ListMethod<object, { n: number }> =>
    listMethod(fixture[face], `s_${name}`, 'List');

  /** Serves the head, and gives the response to write to. */
  function serve(path: keyof typeof operations, mediaType: string): Promise<ServerResponse> {
    return new Promise((resolve) =>
      fixture.paths.set(path, (_, response) => {
        response.writeHead(200, { 'content-type': mediaType }).flushHeaders();
        resolve(response);
      }),
    );
  }

  for (const face of ['http', 'local'] as const) {
    for (const [name, path, mediaType, write] of [
      ['Event', '/events', 'text/event-stream', (n: number) => `data: {"n":\ndata: ${n}}\r\n\r\n`],
      ['Line', '/lines', 'application/x-ndjson', (n: number) => `{"n":${n}}\r\n`],
      ['Sequence', '/sequence', 'application/json-seq', (n: number) => `\u001e{"n":\n${n}}\n\u001e`],
    ] as const) {
      it(`of ${mediaType} can be looped over while the service still sends (${face})`, async () => {
        const serving = serve(path, mediaType);
        const items = list(name, face).stream({});
        let next = items.next();
        const response = await serving;
        for (const n of [1, 2, 9007199254740993n]) {
          response.write(write(n as number));
          const { value } = await next;
          expect(value).to.deep.equal({ n });
          next = items.next();
        }
        response.end();
        expect(await next).to.deep.equal({ value: undefined, done: true });
      });

      it(`of ${mediaType} come whole, too (${face})`, async () => {
        fixture.paths.set(path, (_, response) =>
          response.writeHead(200, { 'content-type': mediaType }).end(`${write(1)}${write(2)}`),
        );
        expect(await list(name, face)({})).to.deep.equal({ items: [{ n: 1 }, { n: 2 }] });
        expect((await list(name, face)({ $top: 1 })).items).to.deep.equal([{ n: 1 }]);
      });
    }

    it(`end the service’s connection when the loop is left, and when enough has come (${face})`, async () => {
      const serving = serve('/events', 'text/event-stream');
      const items = list('Event', face).stream({});
      const first = items.next();
      (await serving).write('data: 1\n\n');
      await first;
      await items.return();
      await until(() => fixture.open.size === 0);
      fixture.paths.set('/events', (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (let n = 0; n < 10; n++) response.write(`data: ${n}\n\n`);
      });
      const some: unknown[] = [];
      for await (const one of list('Event', face).stream({ $skip: 2, $top: 3 })) some.push(one);
      expect(some).to.deep.equal([2, 3, 4]);
      await until(() => fixture.open.size === 0);
    });

    it(`that are no items, break off or fall silent end in a problem (${face})`, async () => {
      fixture.paths.set('/lines', (_, response) =>
        response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"n":1}\n{"n":\n'),
      );
      const malformed = await thrown(list('Line', face).stream({}));
      expect(malformed.code).to.equal('UPSTREAM_UNREADABLE');
      expect(malformed.detail).to.include('GET 127.0.0.1').and.include('json-lines');
      fixture.paths.set('/lines', (_, response) => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
        response.write('{"n":1}\n', () => setTimeout(() => response.destroy(), 20));
      });
      expect((await thrown(list('Line', face).stream({}))).code).to.equal('UPSTREAM_UNREADABLE');
      fixture.paths.set('/lines', (_, response) => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
        response.write('{"n":1}\n');
      });
      expect((await thrown(list('Line', face).stream({}))).code).to.equal('UPSTREAM_TIMEOUT');
      await until(() => fixture.open.size === 0);
    });

    it(`of all pages come one after another, and a page only when it is needed (${face})`, async () => {
      fixture.asked.length = 0;
      fixture.paths.set('/pages', ({ url = '' }, response) => {
        const page = Number(new URL(url, 'http://x').searchParams.get('pageToken') ?? 0);
        const items = [{ n: page * 2 }, { n: page * 2 + 1 }];
        const body = { items, ...(page < 3 && { nextPageToken: String(page + 1) }) };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
      const all: number[] = [];
      for await (const { n } of list('Page', face).stream({})) all.push(n);
      expect(all).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(fixture.asked).to.have.length(4);
      const part: number[] = [];
      for await (const { n } of list('Page', face).stream({ $skip: 1, $top: 2 })) part.push(n);
      expect(part).to.deep.equal([1, 2]);
      expect(fixture.asked).to.have.length(6);
    });

    it(`tell of pages that go round in a circle (${face})`, async () => {
      fixture.paths.set('/pages', ({ url = '' }, response) => {
        const page = Number(new URL(url, 'http://x').searchParams.get('pageToken') ?? 0);
        const body = { items: [{ n: page }], nextPageToken: String((page % 3) + 1) };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
      expect((await thrown(list('Page', face).stream({}))).code).to.equal('UPSTREAM_UNREADABLE');
      expect((await thrown(list('Page', face).all({}))).code).to.equal('PAGING_LOOP');
    });
  }

  it('of an event stream are whole events where the description says so (OpenAPI 3.2)', async () => {
    fixture.paths.set('/typed-events', (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end('event: added\ndata: {"n":1}\n\nevent: removed\nid: 7\ndata\n\n: a comment\n\nid: 8\n\n'),
    );
    expect((await list('TypedEvent', 'local')({})).items).to.deep.equal([
      { event: 'added', data: { n: 1 } },
      { event: 'removed', id: '7', data: '' },
    ]);
    const described = await fixture.installation.runtime.store.smartObjects.method('s_TypedEvent', 'List');
    expect(described?.method.output).to.deep.equal({
      anyOf: [
        { type: 'object', properties: { event: { const: 'added' }, data: item }, required: ['event', 'data'] },
        { type: 'object', properties: { event: { const: 'removed' }, id: { type: 'string' } } },
      ],
    });
  });

  it('come over HTTP as lines or as events, as the caller accepts', async () => {
    const ask = (accept: string, name: Name = 'Event') =>
      fetch(`${fixture.url}/api/smartobjects/s_${name}/List`, {
        method: 'POST',
        headers: { accept, authorization: `Bearer ${KEY}` },
      });
    fixture.paths.set('/events', (_, response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"n":1}\n\ndata: text\n\n'),
    );
    const lines = await ask('application/x-ndjson');
    expect(lines.headers.get('content-type')).to.equal('application/x-ndjson');
    expect(await lines.text()).to.equal('{"n":1}\n"text"\n');
    const events = await ask('text/event-stream, */*;q=0.1');
    expect(events.headers.get('content-type')).to.equal('text/event-stream');
    expect(await events.text()).to.equal('data: {"n":1}\n\ndata: "text"\n\n');
    expect(await (await ask('image/png')).json()).to.deep.equal({ items: [{ n: 1 }, 'text'] });

    fixture.paths.set('/lines', (_, response) =>
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"n":1}\noops\n'),
    );
    const told = await (await ask('text/event-stream', 'Line')).text();
    expect(told).to.match(/^data: \{"n":1\}\n\nevent: problem\ndata: \{.*"code":"UPSTREAM_UNREADABLE".*\}\n\n$/);
    const cut = await ask('application/x-ndjson', 'Line');
    expect(await cut.text().catch(() => 'cut off')).to.equal('cut off');
    const { items } = await (await fetch(`${fixture.url}/metrics`)).text().then((text) => ({ items: text }));
    expect(items).to.match(/smartwright_calls_total\{outcome="UPSTREAM_UNREADABLE"\} \d+/);
  });

  it('without end, and one without end, take no memory', async function () {
    this.timeout(60_000);
    const line = `${JSON.stringify({ n: 1, text: 'x'.repeat(10_000) })}\n`;
    fixture.paths.set('/lines', (_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      const more = () => {
        while (!response.destroyed && response.write(line));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const before = process.memoryUsage().rss;
    let count = 0;
    for await (const _ of list('Line', 'local').stream({})) if (++count === 15_000) break;
    expect((process.memoryUsage().rss - before) / 2 ** 20).to.be.lessThan(100);
    await until(() => fixture.open.size === 0);

    const piece = 'x'.repeat(2 ** 20);
    fixture.paths.set('/lines', (_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write('"');
      const more = () => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect((await thrown(list('Line', 'local').stream({}))).code).to.equal('UPSTREAM_TOO_LARGE');
    await until(() => fixture.open.size === 0);
  });
});
