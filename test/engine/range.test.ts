import { expect } from 'chai';
import fc from 'fast-check';
import { listMethod } from '../../runtime/client/index.js';
import { localPrincipal } from '../../runtime/index.js';
import { type StreamFixture, startStreams } from '../streaming/fixture.js';
import { rejection } from '../support/rejection.js';

const items = { type: 'array', items: { type: 'integer' } };
const answer = (schema: object) => ({
  responses: { 200: { description: '', content: { 'application/json': { schema } } } },
});
const query = (parameters: Record<string, object>) =>
  Object.entries(parameters).map(([name, more]) => ({ name, in: 'query', schema: { type: 'integer', ...more } }));

/** One service for each way of paging, all with the same items. */
const operations = {
  '/whole-list': answer(items),
  '/limited-list': { ...answer(items), parameters: query({ limit: { maximum: 40 } }) },
  '/offset-list': { ...answer(items), parameters: query({ offset: {}, limit: { maximum: 20 } }) },
  '/silent-cap-list': { ...answer(items), parameters: query({ offset: {}, limit: {} }) },
  '/numbered-list': { ...answer(items), parameters: query({ page: {}, per_page: { maximum: 20 } }) },
  '/uncapped-list': { ...answer(items), parameters: query({ page: {}, per_page: {} }) },
  '/cursor-list': {
    ...answer({ type: 'object', properties: { items, nextPageToken: { type: 'string' } } }),
    parameters: query({ pageToken: { type: 'string' }, pageSize: { maximum: 30 } }),
  },
  '/odata-list': {
    ...answer({ type: 'object', properties: { value: items, '@odata.nextLink': { type: 'string' } } }),
    parameters: query({ $top: {}, $skip: {} }),
  },
};
const TOTAL = 95;
const all = Array.from({ length: TOTAL }, (_, index) => index);

/** How each service answers a query; `undefined` for a parameter that is not given. */
type Service = (number: (name: string) => number | undefined) => unknown;
const services: Readonly<Record<keyof typeof operations, Service>> = {
  '/whole-list': () => all,
  '/limited-list': (number) => all.slice(0, Math.min(number('limit') ?? 40, 40)),
  '/offset-list': (number) => part(number('offset') ?? 0, Math.min(number('limit') ?? 20, 20)),
  // It gives less than is asked for, and says so nowhere.
  '/silent-cap-list': (number) => part(number('offset') ?? 0, Math.min(number('limit') ?? 25, 25)),
  '/numbered-list': (number) => {
    const size = Math.min(number('per_page') ?? 20, 20);
    return part(((number('page') ?? 1) - 1) * size, size);
  },
  '/uncapped-list': (number) => {
    const size = Math.min(number('per_page') ?? 25, 25);
    return part(((number('page') ?? 1) - 1) * size, size);
  },
  '/cursor-list': (number) => {
    const [start, size] = [number('pageToken') ?? 0, Math.min(number('pageSize') ?? 10, 30)];
    return { items: part(start, size), ...(start + size < TOTAL && { nextPageToken: String(start + size) }) };
  },
  '/odata-list': (number) => {
    const [skip, top] = [number('$skip') ?? 0, number('$top') ?? TOTAL];
    const size = Math.min(top, 25);
    const more = size < top && skip + size < TOTAL;
    const next = `/odata-list?$skip=${skip + size}&$top=${top - size}`;
    return { value: part(skip, size), ...(more && { '@odata.nextLink': next }) };
  },
};
const part = (start: number, size: number) => all.slice(start, start + size);

describe('$top and $skip', () => {
  let fixture: StreamFixture;
  const objects = new Map<string, string>();
  before(async () => {
    fixture = await startStreams(operations);
    for (const path of Object.keys(operations) as (keyof typeof operations)[]) {
      fixture.paths.set(path, ({ url = '' }, response) => {
        const given = new URL(url, 'http://x').searchParams;
        const number = (name: string) => (given.has(name) ? Number(given.get(name)) : undefined);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(services[path](number)));
      });
    }
    const description = await fixture.installation.runtime.store.descriptions.load('s');
    for (const { name, methods } of description?.serviceObjects ?? []) {
      const [{ binding } = { binding: undefined }] = methods;
      objects.set((binding as { path: string[] }).path.join(''), `s_${name}`);
    }
  });
  after(() => fixture.close());

  const execute = (path: string, input: object) =>
    fixture.installation.runtime.engine.execute(
      { object: objects.get(path) ?? '', method: 'List', input },
      localPrincipal,
    );
  const listOf = (path: string) => listMethod<object, number>(fixture.local, objects.get(path) ?? '', 'List');
  /** The items, and what was asked for them. */
  async function given(path: string, input: object): Promise<{ items: unknown; asked: string[] }> {
    fixture.asked.length = 0;
    const result = await execute(path, input);
    return {
      items: 'items' in result ? result.items : undefined,
      asked: fixture.asked.map((url) => decodeURIComponent(url)),
    };
  }

  for (const [path, reach] of Object.keys(operations).map(
    (path) => [path, path === '/limited-list' ? 40 : TOTAL] as const,
  )) {
    it(`give the same part of ${path.slice(1)}, whatever the service can do of it`, async () => {
      const count = fc.nat(TOTAL + 10);
      const property = fc.asyncProperty(count, count, async ($top, $skip) => {
        const expected = all.slice(0, reach).slice($skip, $skip + $top);
        expect((await given(path, { $top, $skip })).items).to.deep.equal(expected);
        const rest: number[] = [];
        for await (const item of listOf(path).all({ $skip })) rest.push(item);
        expect(rest).to.deep.equal(all.slice(0, reach).slice($skip));
        const streamed: number[] = [];
        for await (const item of listOf(path).stream({ $top, $skip })) streamed.push(item);
        expect(streamed).to.deep.equal(expected);
      });
      await fc.assert(property, {
        numRuns: 12,
        examples: [
          [5, 0],
          [30, 47],
          [0, 3],
          [200, 90],
        ],
      });
    });
  }

  it('are left to the service where it can', async () => {
    expect(await given('/offset-list', { $top: 5, $skip: 40 })).to.deep.equal({
      items: [40, 41, 42, 43, 44],
      asked: ['/offset-list?offset=40&limit=5'],
    });
    expect((await given('/numbered-list', { $top: 20, $skip: 43 })).asked).to.deep.equal([
      '/numbered-list?page=3&per_page=20',
      '/numbered-list?page=4&per_page=20',
    ]);
    expect((await given('/odata-list', { $top: 5, $skip: 40 })).asked).to.deep.equal(['/odata-list?$top=5&$skip=40']);
    expect((await given('/cursor-list', { $top: 7 })).asked).to.deep.equal(['/cursor-list?pageSize=7']);
    expect((await given('/limited-list', { $top: 3 })).asked).to.deep.equal(['/limited-list?limit=3']);
    expect((await given('/cursor-list', { $top: 3, pageSize: 2 })).asked).to.deep.equal([
      '/cursor-list?pageSize=2',
      '/cursor-list?pageToken=2&pageSize=2',
    ]);
    expect((await given('/whole-list', { $top: 0 })).asked).to.deep.equal([]);
  });

  it('ask for no more pages than the part needs', async () => {
    for (const [path, pages] of [
      ['/cursor-list', 3],
      ['/uncapped-list', 3],
      ['/offset-list', 1],
    ] as const) {
      const { asked } = await given(path, { $top: 3, $skip: 60 });
      expect(asked, path).to.have.length(pages);
    }
  });

  it('do not end a list early where the service gives less than is asked for', async () => {
    const found: number[] = [];
    for await (const item of listOf('/silent-cap-list').all({ limit: 80 } as object)) found.push(item);
    expect(found).to.deep.equal(all);
  });

  it('refuse what is no count, and a cursor of another call', async () => {
    for (const input of [
      { $top: -1 },
      { $skip: 1.5 },
      { $top: '5' },
      { $top: 5, $next: 'x' },
      { $skip: 1, $next: 'e30' },
    ]) {
      const error = await rejection(execute('/offset-list', input), 'INPUT_INVALID');
      expect(error.fields[0]?.pointer).to.match(/^\/\$(top|skip|next)$/);
    }
  });
});
