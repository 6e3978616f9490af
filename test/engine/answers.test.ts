import { expect } from 'chai';
import type { Logger } from '../../config/model/logger.js';
import { localPrincipal } from '../../runtime/index.js';
import { KEY, type StreamFixture, startStreams } from '../streaming/fixture.js';
import { rejection } from '../support/rejection.js';

const item = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, name: { type: 'string' } } };
const answer = (schema: object, mediaType = 'application/json') => ({
  responses: { 200: { description: '', content: { [mediaType]: { schema } } } },
});
const operations = {
  '/thing': answer(item),
  '/things': answer({
    type: 'object',
    properties: { items: { type: 'array', items: item }, total: { type: 'integer' } },
  }),
  '/lines': answer(item, 'application/x-ndjson'),
};

interface Line {
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** An installation whose answers are strict or not, with its log. */
async function start(keys: object): Promise<{ fixture: StreamFixture; warnings: Line[] }> {
  const warnings: Line[] = [];
  const silent = () => undefined;
  const warn = (details: object, message: string) => void warnings.push({ details: { ...details }, message });
  const log: Logger = { debug: silent, info: silent, warn, error: silent };
  return { fixture: await startStreams(operations, { keys, log }), warnings };
}

function serve(fixture: StreamFixture, path: string, body: string, mediaType = 'application/json'): void {
  fixture.paths.set(path, (_, response) => response.writeHead(200, { 'content-type': mediaType }).end(body));
}

describe('an answer that breaks its schema', () => {
  let fixture: StreamFixture;
  let warnings: Line[];
  before(async () => {
    ({ fixture, warnings } = await start({}));
  });
  after(() => fixture.close());

  const execute = (name: string, method: string) =>
    fixture.installation.runtime.engine.execute({ object: `s_${name}`, method, input: {} }, localPrincipal);
  const ask = (name: string, method: string) =>
    fetch(`${fixture.url}/api/smartobjects/s_${name}/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
    });

  it('is passed on, and reported: to the caller, in the log without the values, and as a count', async () => {
    serve(fixture, '/thing', '{"name":"canary","id":"canary"}');
    expect(await execute('Thing', 'Read')).to.deep.equal({
      value: { name: 'canary', id: 'canary' },
      faults: [{ pointer: '/id', message: 'must be integer, not string' }],
    });
    expect(warnings.map(({ message }) => message)).to.deep.equal([
      'An answer breaks the schema that its service declares; it is passed on',
    ]);
    expect(warnings[0]?.details).to.deep.equal({
      object: 's_Thing',
      method: 'Read',
      faults: [{ pointer: '/id', message: 'must be integer, not string' }],
    });
    const served = await ask('Thing', 'Read');
    expect(served.headers.get('smartwright-answer-faults')).to.equal('1; "/id must be integer, not string"');
    expect(await served.json()).to.deep.equal({ name: 'canary', id: 'canary' });
    expect(warnings).to.have.length(1);
    const metrics = await (await fetch(`${fixture.url}/metrics`)).text();
    expect(metrics).to.match(/^smartwright_answers_invalid_total 2$/m);
  });

  it('of a list is reported by the item, and what stands beside the items too', async () => {
    serve(fixture, '/things', '{"items":[{"id":1},{"id":1.5},{}],"total":"3"}');
    expect((await execute('Thing', 'List')).faults).to.deep.equal([
      { pointer: '/items/1/id', message: 'must be integer, not number' },
      { pointer: '/items/2', message: 'must have "id"' },
      { pointer: '/meta/total', message: 'must be integer, not string' },
    ]);
    serve(fixture, '/lines', '{"id":1}\n{"id":"x"}\n', 'application/x-ndjson');
    warnings.length = 0;
    const items: unknown[] = [];
    for await (const one of fixture.local.stream('s_Line', 'List', {})) items.push(one);
    expect(items).to.deep.equal([{ id: 1 }, { id: 'x' }]);
    expect(warnings.map(({ details }) => details.method)).to.deep.equal(['List']);
  });

  it('is not made of one that keeps to it, with big integers and more than is described', async () => {
    serve(fixture, '/thing', '{"id":9007199254740993,"more":1}');
    expect(await execute('Thing', 'Read')).to.deep.equal({ value: { id: 9007199254740993n, more: 1 } });
    expect((await ask('Thing', 'Read')).headers.get('smartwright-answer-faults')).to.equal(null);
  });

  it('is looked for in a small part of the time when much is called', async () => {
    serve(fixture, '/things', JSON.stringify({ items: Array.from({ length: 2_000 }, (_, id) => ({ id, name: 'x' })) }));
    const { answers } = fixture.installation.runtime;
    const before = answers.checked;
    for (let call = 0; call < 200; call++) await execute('Thing', 'List');
    const checked = answers.checked - before;
    expect(checked).to.be.greaterThan(0);
    expect(checked).to.be.lessThan(150);
  });
});

describe('an answer that breaks its schema, where answers are strict', () => {
  let fixture: StreamFixture;
  before(async () => {
    ({ fixture } = await start({ strictAnswers: true }));
  });
  after(() => fixture.close());

  it('fails the call and names every fault', async () => {
    const call = { object: 's_Thing', method: 'Read', input: {} };
    const execute = () => fixture.installation.runtime.engine.execute(call, localPrincipal);
    serve(fixture, '/thing', '{"name":7,"id":"canary"}');
    const error = await rejection(execute(), 'UPSTREAM_INVALID');
    expect(error.message).to.include('s_Thing.Read').and.include('strictAnswers').and.not.include('canary');
    expect(error.fields).to.deep.equal([
      { pointer: '/id', message: 'must be integer, not string' },
      { pointer: '/name', message: 'must be string, not integer' },
    ]);
    expect(error.status).to.equal(502);
    serve(fixture, '/thing', '{"id":1}');
    expect(await execute()).to.deep.equal({ value: { id: 1 } });
  });

  it('ends a stream at the item', async () => {
    serve(fixture, '/lines', '{"id":1}\n{"id":"x"}\n{"id":3}\n', 'application/x-ndjson');
    const items: unknown[] = [];
    const reading = (async () => {
      const result = await fixture.installation.runtime.engine.stream(
        { object: 's_Line', method: 'List', input: {} },
        localPrincipal,
      );
      if (!('arriving' in result)) return expect.fail('expected a stream');
      for await (const one of result.arriving) items.push(one);
    })();
    await rejection(reading, 'UPSTREAM_INVALID');
    expect(items).to.deep.equal([{ id: 1 }]);
  });
});
