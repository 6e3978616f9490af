import { expect } from 'chai';
import fc from 'fast-check';
import { flatShape } from '../../config/model/flat-property.js';
import { flattenValue, MOST_LEVELS, Nesting, nestValue } from '../../config/model/flat-value.js';
import { type JsonSchema, type TypeMap, typeReference } from '../../config/model/json-schema.js';

const types: TypeMap = {
  Address: {
    type: 'object',
    properties: { city: { type: 'string' }, geo: typeReference('Geo'), 'post.code': { type: 'string' } },
  },
  Geo: { type: 'object', properties: { lat: { type: 'number' }, lon: { type: 'number' } } },
};
const person: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    address: typeReference('Address'),
    'a.b\\': typeReference('Geo'),
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    friends: { type: 'array', items: typeReference('Address') },
  },
};
const flat = (value: unknown): unknown => flattenValue(value, flatShape(person, types));

describe('a flat value', () => {
  it('has the members of described objects under flat names, and lists of objects whole', () => {
    const friends = [{ city: 'Bonn', geo: { lat: 1, lon: 2 } }];
    expect(
      flat({ name: 'Ada', address: { city: 'Ulm', geo: { lat: 48.4, lon: 9.9 } }, labels: { a: 'b' }, friends }),
    ).to.deep.equal({
      name: 'Ada',
      'address.city': 'Ulm',
      'address.geo.lat': 48.4,
      'address.geo.lon': 9.9,
      labels: { a: 'b' },
      friends,
    });
  });

  it('keeps null, empty objects, other types and members that nobody described', () => {
    expect(flat({ address: null })).to.deep.equal({ address: null });
    expect(flat({ address: {} })).to.deep.equal({ address: {} });
    expect(flat({ address: 'Ulm', 'a.b\\': [1] })).to.deep.equal({ address: 'Ulm', 'a\\.b\\\\': [1] });
    expect(flat({ address: { geo: null, note: { by: 'x' } }, 'x.y': 1 })).to.deep.equal({
      'address.geo': null,
      'address.note': { by: 'x' },
      'x\\.y': 1,
    });
  });

  it('writes dots and backslashes in names so that they are no levels', () => {
    expect(flat({ address: { 'post.code': '89073' }, 'a.b\\': { lat: 1 } })).to.deep.equal({
      'address.post\\.code': '89073',
      'a\\.b\\\\.lat': 1,
    });
  });

  it('is what it was when it is no object', () => {
    for (const value of [undefined, null, 5, 'text', [{ address: { city: 'Ulm' } }]])
      expect(flat(value)).to.equal(value);
  });

  it('becomes the nested value again, whatever the value and its description are', () => {
    const name = fc.oneof(
      fc.constantFrom('a', 'b', 'a.b', '.', '\\', '\\.', '', '__proto__', 'constructor', 'ä'),
      fc.string({ maxLength: 3 }),
    );
    const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
      schema: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom<JsonSchema>({ type: 'string' }, { type: 'array', items: {} }, true, {
          type: 'object',
          additionalProperties: {},
        }),
        fc
          .array(fc.tuple(name, tie('schema')), { maxLength: 4 })
          .map((members): JsonSchema => ({ type: 'object', properties: Object.fromEntries(members) })),
      ),
    }));
    const value = fc.dictionary(name, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5, noNullPrototype: true });
    const sample = (described: JsonSchema): fc.Arbitrary<unknown> => {
      if (typeof described === 'boolean' || described.properties === undefined) return fc.jsonValue({ maxDepth: 2 });
      const members = Object.entries(described.properties).map(([key, member]) =>
        fc.option(fc.tuple(fc.constant(key), fc.oneof(sample(member), fc.constantFrom<unknown>(null, {}, 7))), {
          nil: undefined,
        }),
      );
      return fc
        .tuple(fc.tuple(...members), value)
        .map(([own, more]) => Object.fromEntries([...Object.entries(more), ...own.filter((one) => one !== undefined)]));
    };
    const cases = schema
      .filter((described) => typeof described === 'object' && described.properties !== undefined)
      .chain((described) => fc.tuple(fc.constant(described), sample(described)));
    let split = 0;
    fc.assert(
      fc.property(cases, ([described, original]) => {
        const before = JSON.stringify(original);
        const flattened = flattenValue(original, flatShape(described, {})) as Record<string, unknown>;
        if (Object.keys(flattened).some((key) => key.replaceAll(/\\[\\.]/g, '').includes('.'))) split++;
        expect(nestValue(flattened)).to.deep.equal(original);
        expect(JSON.stringify(original)).to.equal(before);
      }),
      { numRuns: 1_000 },
    );
    expect(split).to.be.greaterThan(100);
  });
});

describe('an object put together of flat and nested members', () => {
  const nested = (members: readonly [string[], unknown][]) => {
    const nesting = new Nesting();
    for (const [path, value] of members) nesting.set(path, value, path.join('.'));
    return nesting;
  };

  it('takes both for one object, and changes nothing that it was given', () => {
    const given = { geo: { lat: 1 } };
    const { object, conflicts } = nested([
      [['address', 'city'], 'Ulm'],
      [['address'], given],
      [['address', 'geo', 'lon'], 2],
      [['address', 'geo'], {}],
    ]);
    expect(conflicts).to.deep.equal([]);
    expect(object).to.deep.equal({ address: { city: 'Ulm', geo: { lat: 1, lon: 2 } } });
    expect(given).to.deep.equal({ geo: { lat: 1 } });
  });

  it('names what is given twice, and what is within a value that is no object', () => {
    const { conflicts } = nested([
      [['address'], { city: 'Ulm' }],
      [['address', 'city'], 'Bonn'],
      [['boss'], null],
      [['boss', 'name'], 'Eve'],
      [['tags'], [1]],
      [['tags', '0'], 2],
    ]);
    expect(conflicts.map(({ name }) => name)).to.deep.equal(['address.city', 'boss.name', 'tags.0']);
    expect(conflicts[1]?.message).to.contain('"boss"');
  });

  it('refuses names without end', () => {
    const { object, conflicts } = nested([[Array(100_000).fill('a'), 1]]);
    expect(object).to.deep.equal({});
    expect(conflicts[0]?.message).to.contain(String(MOST_LEVELS));
  });

  it('keeps members with names that mean something to JavaScript as members', () => {
    const { object } = nested([
      [['a', '__proto__', 'polluted'], 1],
      [['a', 'constructor', 'prototype'], 2],
    ]);
    expect(JSON.stringify(object)).to.equal('{"a":{"__proto__":{"polluted":1},"constructor":{"prototype":2}}}');
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });
});
