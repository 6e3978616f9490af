import { expect } from 'chai';
import type { ListResult } from '../../../brokers/broker.js';
import { executeRest } from '../../../brokers/rest/execute/index.js';
import type { AnswerPlan, ListPlan, PagingPlan, RequestPlan } from '../../../brokers/rest/plan.js';
import { rejection } from '../../support/rejection.js';
import { call, context, type EchoServer, echoServer, plan } from './echo-server.js';

const answers: readonly AnswerPlan[] = [{ status: '200', mediaType: 'application/json', codec: 'json' }];
const parameter = (name: string) => ({ name, input: name, style: 'form', explode: true }) as const;

describe('lists', () => {
  let server: EchoServer;
  before(async () => {
    server = await echoServer();
  });
  after(() => server.close());

  async function list(
    listPlan: ListPlan,
    input: Record<string, unknown> = {},
    parts: Partial<RequestPlan> = {},
  ): Promise<ListResult> {
    const result = await executeRest(call(plan(server.origin, { answers, list: listPlan, ...parts }), input), context);
    return result as ListResult;
  }
  const serve = (body: unknown, headers = {}) => {
    server.answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

  it('finds the items, and says what stands beside them', async () => {
    serve([1, 2]);
    expect(await list({ items: [] })).to.deep.equal({ items: [1, 2] });
    serve({ total: 2, data: { rows: [1, 2], page: 1 } });
    expect(await list({ items: ['data', 'rows'] })).to.deep.equal({
      items: [1, 2],
      meta: { total: 2, data: { page: 1 } },
    });
    serve({ a: { n: 1 }, b: { n: 2 } });
    expect(await list({ items: [], map: true })).to.deep.equal({ items: [{ n: 1 }, { n: 2 }] });
  });

  it('takes what is no list as it can', async () => {
    serve({ total: 0 });
    expect(await list({ items: ['rows'] })).to.deep.equal({ items: [], meta: { total: 0 } });
    serve({ rows: null });
    expect((await list({ items: ['rows'] })).items).to.deep.equal([]);
    serve({ rows: { id: 1 } });
    expect((await list({ items: ['rows'] })).items).to.deep.equal([{ id: 1 }]);
    server.answer = (_, response) => response.writeHead(204).end();
    expect(await list({ items: ['rows'] })).to.deep.equal({ items: [] });
  });

  it('reads event streams and JSON lines as lists', async () => {
    const events: AnswerPlan = { status: '200', mediaType: 'text/event-stream', codec: 'event-stream' };
    server.answer = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end(': hello\n\nevent: x\ndata: {"a":1}\n\ndata: two\r\ndata:lines\r\n\r\ndata: [DONE]\n\ndata: cut');
    expect((await list({ items: [] }, {}, { answers: [events] })).items).to.deep.equal([{ a: 1 }, 'two\nlines']);
    const lines: AnswerPlan = { status: '200', mediaType: 'application/x-ndjson', codec: 'json-lines' };
    server.answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"a":1}\n\n12345678901234567890\n');
    expect((await list({ items: [] }, {}, { answers: [lines] })).items).to.deep.equal([
      { a: 1 },
      12345678901234567890n,
    ]);
  });

  /** Serves the numbers 1 to 5 in pages of two, and follows the pages to the end. */
  async function all(
    paging: PagingPlan,
    page: (query: URLSearchParams, target: string) => { body: unknown; headers?: object },
    query: string[],
  ) {
    server.answer = ({ target }, response) => {
      const { body, headers = {} } = page(new URL(target, server.origin).searchParams, target);
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    const items: unknown[] = [];
    let pages = 0;
    let $next: string | undefined;
    do {
      const given = { limit: 2, filter: 'a b', ...($next === undefined ? {} : { $next }) };
      const parts = { query: ['limit', 'filter', ...query].map(parameter) };
      const result = await list({ items: ['rows'], paging }, given, parts);
      expect(server.arrived.at(-1)?.target).to.include('filter=a%20b');
      items.push(...result.items);
      $next = result.next;
      pages += 1;
    } while ($next !== undefined && pages < 10);
    return { items, pages };
  }
  const numbers = [1, 2, 3, 4, 5];
  const from = (start: number) => numbers.slice(start, start + 2);
  const more = (start: number) => start + 2 < numbers.length;
  const offset = (query: URLSearchParams, name: string) => Number(query.get(name) ?? 0);

  it('follows pages by Link header, absolute and relative', async () => {
    for (const base of ['', server.origin]) {
      const { items, pages } = await all(
        { style: 'link-header' },
        (query) => {
          const start = offset(query, 'start');
          const next = `<${base}/x?filter=a%20b&start=${start + 2}>; title="a, b"; rel="last next"`;
          const first = `</x>; rel=first`;
          return { body: { rows: from(start) }, headers: { link: more(start) ? [first, next] : first } };
        },
        [],
      );
      expect({ items, pages }).to.deep.equal({ items: numbers, pages: 3 });
    }
  });

  it('follows pages by next URL', async () => {
    const { items } = await all(
      { style: 'next-url', from: ['links', 'next'] },
      (query) => {
        const start = offset(query, 'start');
        return {
          body: { rows: from(start), links: { next: more(start) ? `?filter=a%20b&start=${start + 2}` : null } },
        };
      },
      [],
    );
    expect(items).to.deep.equal(numbers);
  });

  it('follows pages by cursor, and ends where the service says so or repeats itself', async () => {
    const cursor: PagingPlan = { style: 'cursor', from: ['next'], input: 'cursor', more: ['more'] };
    const page = (query: URLSearchParams) => {
      const start = Number((query.get('cursor') ?? 'c0').slice(1));
      return { body: { rows: from(start), next: `c${Math.min(start + 2, 4)}`, more: more(start) } };
    };
    expect(await all(cursor, page, ['cursor'])).to.deep.equal({ items: numbers, pages: 3 });
    expect(await all({ style: 'cursor', from: ['next'], input: 'cursor' }, page, ['cursor'])).to.deep.equal({
      items: numbers,
      pages: 3,
    });
  });

  it('follows pages by the last item', async () => {
    const paging: PagingPlan = { style: 'last-item', more: ['more'], key: 'id', input: 'after' };
    const { items, pages } = await all(
      paging,
      (query) => {
        const start = offset(query, 'after');
        return { body: { rows: from(start).map((id) => ({ id })), more: more(start) } };
      },
      ['after'],
    );
    expect(items).to.deep.equal(numbers.map((id) => ({ id })));
    expect(pages).to.equal(3);
  });

  it('follows pages by number and by offset', async () => {
    for (const first of [0, 1] as const) {
      const paging: PagingPlan = { style: 'page', input: 'page', size: 'limit', first };
      const page = (query: URLSearchParams) => ({
        body: { rows: from((Number(query.get('page') ?? first) - first) * 2) },
      });
      expect(await all(paging, page, ['page'])).to.deep.equal({ items: numbers, pages: 3 });
    }
    const byOffset: PagingPlan = { style: 'offset', input: 'skip' };
    const page = (query: URLSearchParams) => ({ body: { rows: from(offset(query, 'skip')) } });
    expect(await all(byOffset, page, ['skip'])).to.deep.equal({ items: numbers, pages: 4 });
  });

  it('follows no page to another host, out of the service, or that it did not give', async () => {
    const paging: PagingPlan = { style: 'next-url', from: ['next'] };
    const base = { server: `${server.origin}/v1` };
    for (const next of [
      'http://127.0.0.1:1/x',
      'https://evil.example/x',
      '//evil.example/x',
      '/admin',
      `http://me:pw@${new URL(server.origin).host}/v1/x`,
      '../v2/x',
    ]) {
      serve({ rows: [1], next });
      const page = await list({ items: ['rows'], paging }, {}, base);
      const count = server.arrived.length;
      await rejection(list({ items: ['rows'], paging }, { $next: page.next }, base), 'INPUT_INVALID');
      expect(server.arrived, next).to.have.length(count);
    }
    const byPage: PagingPlan = { style: 'page', input: 'page', first: 1 };
    const forged = Buffer.from(JSON.stringify({ inputs: { other: 1 } })).toString('base64url');
    for (const $next of ['', 'x', 7, forged]) {
      const error = await rejection(list({ items: ['rows'], paging: byPage }, { $next }), 'INPUT_INVALID');
      expect(error.fields[0]?.pointer).to.equal('/$next');
    }
  });
});
