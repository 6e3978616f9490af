import { expect } from 'chai';
import { compareDescriptions, MOST_METHODS } from '../../../config/model/description-difference.js';
import type { TypeMap } from '../../../config/model/json-schema.js';
import { described, method, object } from './descriptions.js';

const told = (difference: ReturnType<typeof compareDescriptions>) =>
  difference.changes.map(({ impact, code, pointer }) => `${impact} ${code} ${pointer}`);

describe('the difference of two descriptions', () => {
  const former = described([
    object('Contact', [method('Read'), method('List', { kind: 'list', paged: true, output: { type: 'string' } })]),
    object('Deal', [method('Read'), method('Close', { kind: 'execute' })]),
  ]);

  it('is none where there is none', () => {
    expect(compareDescriptions(former, structuredClone(former))).to.deep.equal({
      impact: 'none',
      changes: [],
      methods: [],
    });
  });

  it('tells what came and what went, breaking changes first', () => {
    const latter = described([
      object('Contact', [method('Read'), method('Create', { kind: 'create' })]),
      object('Order', [method('Read', { binding: 1 })]),
    ]);
    const difference = compareDescriptions(former, latter);
    expect(told(difference)).to.deep.equal([
      'breaking METHOD_REMOVED /serviceObjects/Contact/methods/List',
      'breaking SERVICE_OBJECT_REMOVED /serviceObjects/Deal',
      'additive METHOD_ADDED /serviceObjects/Contact/methods/Create',
      'additive SERVICE_OBJECT_ADDED /serviceObjects/Order',
    ]);
    expect(difference.methods).to.deep.equal([
      { serviceObject: 'Contact', method: 'List', impact: 'breaking' },
      { serviceObject: 'Deal', method: 'Read', impact: 'breaking' },
      { serviceObject: 'Deal', method: 'Close', impact: 'breaking' },
    ]);
    expect(difference.changes[1]?.message).to.equal('Service object Deal is gone, with 2 methods.');
  });

  it('finds a call again that has another name', () => {
    const renamed = described([
      object('Contact', [method('Get', { binding: { path: '/Read' } })]),
      object('Sale', [method('Finish', { binding: { path: '/Close' } })]),
    ]);
    const { changes } = compareDescriptions(
      described([object('Contact', [method('Read')]), object('Deal', [method('Close')])]),
      renamed,
    );
    expect(changes.map(({ message }) => message).slice(0, 2)).to.deep.equal([
      'Method Contact.Read is gone; the same call is Contact.Get now.',
      'Service object Deal is gone, with 1 method; 1 method of it can be found in Sale now.',
    ]);
  });

  it('tells what became of a method itself', () => {
    const before = described([
      object('A', [
        method('Kind', { kind: 'list', output: {} }),
        method('Pages', { kind: 'list', output: {}, paged: true }),
        method('Result', { output: {} }),
        method('Nothing'),
        method('Old'),
        method('Text'),
        method('Path'),
        method('Meta', { kind: 'list', output: {}, meta: { type: 'object', properties: { total: {} } } }),
      ]),
    ]);
    const after = described([
      object('A', [
        method('Kind', { kind: 'read', output: {} }),
        method('Pages', { kind: 'list', output: {} }),
        method('Result', { output: false }),
        method('Nothing', { output: {} }),
        method('Old', { deprecated: true }),
        method('Text', { description: 'Says more.' }),
        method('Path', { binding: 'another' }),
        method('Meta', { kind: 'list', output: {} }),
      ]),
    ]);
    const difference = compareDescriptions(before, after);
    expect(told(difference)).to.deep.equal([
      'breaking KIND_CHANGED /serviceObjects/A/methods/Kind',
      'breaking PROPERTY_REMOVED /serviceObjects/A/methods/Meta/meta/properties/total',
      'breaking PAGING_REMOVED /serviceObjects/A/methods/Pages',
      'breaking RESULT_REMOVED /serviceObjects/A/methods/Result/output',
      'warning METHOD_DEPRECATED /serviceObjects/A/methods/Old',
      'additive RESULT_ADDED /serviceObjects/A/methods/Nothing/output',
      'none BINDING_CHANGED /serviceObjects/A/methods/Path',
      'none TEXT_CHANGED /serviceObjects/A/methods/Text',
    ]);
    expect(difference.methods.map(({ method: name }) => name)).to.not.include.members(['Path', 'Text']);
    expect(compareDescriptions(after, before).changes.filter(({ impact }) => impact === 'breaking')).to.have.length(2);
  });

  it('tells of properties and keys as designers see them', () => {
    const with_ = (properties: Parameters<typeof object>[2]) => described([object('A', [method('Read')], properties)]);
    const difference = compareDescriptions(
      with_({
        properties: [
          { name: 'id', displayName: 'Id', schema: { type: 'integer' }, key: true },
          { name: 'when', displayName: 'When', schema: { type: 'string', format: 'date' } },
          { name: 'gone', displayName: 'Gone', schema: {} },
        ],
      }),
      with_({
        properties: [
          { name: 'id', displayName: 'Id', schema: { type: 'integer' } },
          { name: 'when', displayName: 'When', schema: { type: 'string' }, key: true },
        ],
      }),
    );
    expect(difference.changes.map(({ message }) => message)).to.deep.equal([
      'The key of A is "when" now; it was "id".',
      'Property "gone" of A is gone.',
      'Property "when" of A is a Text now; it was a Date.',
    ]);
    expect(difference.methods).to.deep.equal([{ serviceObject: 'A', method: 'Read', impact: 'breaking' }]);
  });

  it('warns of a host that credentials would go to, and of types that modules may import', () => {
    const before = described([], { Gone: {} });
    const after = described([], { New: {} }, { hosts: ['api.example', 'other.example'] });
    expect(told(compareDescriptions(before, after))).to.deep.equal([
      'warning HOST_ADDED /hosts',
      'warning TYPE_REMOVED /types/Gone',
      'additive TYPE_ADDED /types/New',
    ]);
    expect(compareDescriptions(after, before).changes.map(({ message }) => message)).to.include(
      'No call goes to other.example any more.',
    );
  });

  it('names members as designers write them', () => {
    const before = described([
      object('A', [
        method('Do', {
          input: {
            type: 'object',
            properties: {
              address: { type: 'object', properties: { 'post/code': { type: 'string' } } },
              tags: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } },
              labels: { type: 'object', additionalProperties: { type: 'string' } },
            },
          },
        }),
      ]),
    ]);
    const text = JSON.stringify(before).replaceAll('"type":"string"', '"type":"integer"');
    const { changes } = compareDescriptions(before, JSON.parse(text));
    expect(changes.map(({ message }) => message)).to.deep.equal([
      'Input "address.post/code" of A.Do is an integer now; it was a string.',
      'Input "labels.*" of A.Do is an integer now; it was a string.',
      'Input "tags[].text" of A.Do is an integer now; it was a string.',
    ]);
    expect(changes[0]?.pointer).to.equal('/serviceObjects/A/methods/Do/input/properties/address/properties/post~1code');
  });

  it('is found in time that grows as the descriptions do, whatever uses what', () => {
    const large = (size: number, changed: string) => {
      const types: TypeMap = {};
      for (let n = 0; n < size; n++) {
        types[`T${n}`] = {
          type: 'object',
          properties: {
            id: { type: n % 7 === 0 ? (changed as 'string') : 'string' },
            next: { $ref: `#/types/T${(n + 1) % size}` },
            far: { anyOf: [{ $ref: `#/types/T${(n * 31) % size}` }, { type: 'null' }] },
            list: { type: 'array', items: { $ref: `#/types/T${(n * 7) % size}` } },
          },
        };
      }
      const objects = Array.from({ length: size / 10 }, (_, o) =>
        object(
          `O${o}`,
          Array.from({ length: 10 }, (_, m) =>
            method(`M${m}`, {
              input: { $ref: `#/types/T${o * 10 + m}` },
              output: { $ref: `#/types/T${(o * 10 + m + 5) % size}` },
            }),
          ),
        ),
      );
      return described(objects, types);
    };
    const times = [1_000, 8_000].map((size) => {
      const [before, after] = [large(size, 'string'), large(size, 'integer')];
      const started = process.cpuUsage();
      const { changes, methods } = compareDescriptions(before, after);
      const { user } = process.cpuUsage(started);
      const types = Math.ceil(size / 7);
      expect(changes).to.have.length(2 * types);
      expect(methods).to.have.length(size);
      expect(changes[0]).to.include({ more: true });
      expect(changes[0]?.methods).to.have.length(MOST_METHODS);
      return user;
    });
    const [small = 0, whole = 0] = times;
    expect(whole, `µs: ${times}`).to.be.lessThan(40 * Math.max(small, 10_000));
  }).timeout(60_000);
});
