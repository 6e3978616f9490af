import { expect } from 'chai';
import { dataTypeOf } from '../../config/model/data-type.js';
import { fileSchema } from '../../config/model/file-value.js';
import { flatName, flatPath, flatten } from '../../config/model/flat-property.js';
import { type JsonSchema, type TypeMap, typeReference } from '../../config/model/json-schema.js';

const types: TypeMap = {
  Status: { enum: ['open', 'closed'] },
  Level: { enum: [1, 2, null] },
  Address: {
    type: 'object',
    properties: { city: { type: 'string' }, geo: typeReference('Geo') },
    required: ['city'],
  },
  Geo: { type: 'object', properties: { lat: { type: 'number' }, 'lon.deg': { type: 'number' } } },
  Person: {
    allOf: [
      { type: 'object', properties: { id: { type: 'integer', readOnly: true } }, required: ['id'] },
      { properties: { home: typeReference('Address'), boss: typeReference('Person') }, required: ['home'] },
    ],
  },
  Loop: { anyOf: [typeReference('Loop'), { type: 'null' }] },
};

describe('the K2 type of a property', () => {
  it('is Text for a key, however long a key may be', () => {
    expect(dataTypeOf({ type: 'string', maxLength: 5_000 }, types, { key: true })).to.equal('Text');
  });

  const cases: [JsonSchema, string][] = [
    [{ type: 'string' }, 'Text'],
    [{ type: 'string', maxLength: 10_000 }, 'Memo'],
    [{ type: 'string', maxLength: 10_000, enum: ['a'] }, 'Text'],
    [{ type: 'string', 'x-smartwright-data-type': 'Time' }, 'Time'],
    [{ allOf: [{ type: 'string', 'x-smartwright-data-type': 'Image' }] }, 'Image'],
    [{ type: 'string', format: 'date' }, 'Date'],
    [{ type: 'string', format: 'date-time' }, 'DateTime'],
    [{ type: 'string', format: 'time' }, 'Time'],
    [{ type: 'string', format: 'uuid' }, 'Guid'],
    [{ type: 'string', format: 'uri' }, 'HyperLink'],
    [{ type: 'string', contentMediaType: 'application/xml' }, 'Xml'],
    [{ type: 'string', contentEncoding: 'base64' }, 'File'],
    [{ type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' }, 'Image'],
    [fileSchema, 'File'],
    [{ type: 'integer' }, 'Number'],
    [{ type: ['number', 'integer'] }, 'Decimal'],
    [{ type: ['boolean', 'null'] }, 'YesNo'],
    [{ type: 'array', items: typeReference('Status') }, 'MultiValue'],
    [{ type: 'array', items: typeReference('Address') }, 'Memo'],
    [typeReference('Status'), 'Text'],
    [typeReference('Level'), 'Number'],
    [{ anyOf: [typeReference('Status'), { type: 'null' }] }, 'Text'],
    [
      {
        oneOf: [
          { type: 'string', format: 'date' },
          { type: 'string', format: 'uuid' },
        ],
      },
      'Text',
    ],
    [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'Memo'],
    [typeReference('Address'), 'Memo'],
    [typeReference('Loop'), 'Memo'],
    [typeReference('Missing'), 'Memo'],
    [true, 'Memo'],
  ];
  for (const [schema, dataType] of cases) {
    it(`is ${dataType} for ${JSON.stringify(schema).slice(0, 80)}`, () => {
      expect(dataTypeOf(schema, types)).to.equal(dataType);
    });
  }

  it('is automatic for a key that only the service sets', () => {
    expect(dataTypeOf({ type: 'integer', readOnly: true }, types, { key: true })).to.equal('AutoNumber');
    expect(dataTypeOf({ type: 'string', format: 'uuid', readOnly: true }, types, { key: true })).to.equal('AutoGuid');
    expect(dataTypeOf({ type: 'integer' }, types, { key: true })).to.equal('Number');
  });

  it('is found in one pass where types use one another in many ways', () => {
    const wide: TypeMap = { T0: { type: 'string' } };
    for (let n = 1; n < 60; n++) wide[`T${n}`] = { anyOf: [1, 2, 3].map(() => typeReference(`T${n - 1}`)) };
    expect(dataTypeOf(typeReference('T59'), wide)).to.equal('Text');
  });
});

describe('flattened properties', () => {
  it('name the members of nested objects, and leave a type that contains itself whole', () => {
    expect(
      flatten(typeReference('Person'), types).map(({ name, dataType, required }) => [name, dataType, required]),
    ).to.deep.equal([
      ['id', 'Number', true],
      ['home.city', 'Text', true],
      ['home.geo.lat', 'Decimal', false],
      ['home.geo.lon\\.deg', 'Decimal', false],
      ['boss', 'Memo', false],
    ]);
  });

  it('keep lists, maps and open objects whole', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: {
        list: { type: 'array', items: typeReference('Address') },
        map: { type: 'object', additionalProperties: { type: 'string' } },
        open: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: true },
      },
    };
    expect(flatten(schema, types).map(({ name }) => name)).to.deep.equal(['list', 'map', 'open']);
  });

  it('have names that lead back to their paths', () => {
    for (const path of [['a'], ['a', 'b'], ['a.b', 'c'], ['a\\', 'b'], ['', '.', '\\.']]) {
      expect(flatPath(flatName(path))).to.deep.equal(path);
    }
  });
});
