import { expect } from 'chai';
import { Compiled } from './compiling.js';
import { codesOf, describeDocument, giving, methodOf, onlyMethod, openapi, taking, withSchemas } from './describing.js';

/** The type that one schema becomes, after everything described has been compiled. */
async function translated(schema: unknown, version = '3.0.3', others: Readonly<Record<string, unknown>> = {}) {
  const description = await describeDocument(withSchemas({ Thing: schema, ...others }, version));
  const compiled = new Compiled(description);
  return {
    type: description.types.Thing,
    types: description.types,
    compiled,
    accepts: (value: unknown) => compiled.type('Thing')(value),
    codes: codesOf(description),
  };
}
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

describe('REST: types', () => {
  it('are nullable by each dialect’s own means', async () => {
    for (const [schema, version] of [
      [{ type: 'string', nullable: true }, '3.0.3'],
      [{ type: 'string', 'x-nullable': true }, '3.0.3'],
      [{ type: ['string', 'null'] }, '3.1.0'],
    ] as const) {
      expect((await translated(schema, version)).type).to.deep.equal({ type: ['string', 'null'] });
    }
    expect((await translated({ type: 'string', enum: ['a'], nullable: true })).type).to.deep.equal({
      type: ['string', 'null'],
      enum: ['a', null],
    });
    const { type, accepts } = await translated(
      object({ other: { allOf: [ref('Other')], nullable: true, description: 'Or none.' } }),
      '3.0.3',
      { Other: object({}) },
    );
    expect(type).to.deep.equal(
      object({ other: { description: 'Or none.', anyOf: [{ $ref: '#/types/Other' }, { type: 'null' }] } }),
    );
    expect(accepts({ other: null })).to.equal(true);
  });

  it('have limits as numbers', async () => {
    const schema = { type: 'integer', minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false };
    expect((await translated(schema)).type).to.deep.equal({ type: 'integer', exclusiveMinimum: 1, maximum: 9 });
    expect((await translated({ type: 'integer', exclusiveMaximum: 9 }, '3.1.0')).type).to.deep.equal({
      type: 'integer',
      exclusiveMaximum: 9,
    });
  });

  it('drop or put right what JSON Schema does not allow, with a warning', async () => {
    const { type, codes } = await translated(
      object(
        {
          file: { type: 'file' },
          code: { type: 'string', pattern: '^[\\w-.]+(' },
          literal: { type: 'string', pattern: '/^a+$/i' },
          size: { type: 'int', maximum: '10', minLength: -1, multipleOf: 0 },
          kind: { type: 'string', enum: [1, 2.5, true] },
          level: { type: 'integer', enum: ['1', '2'] },
          none: { type: 'string', enum: [] },
          wrong: { type: 'integer', enum: ['x'] },
          name: { type: 'string', required: true, default: 3 },
          odd: 'string',
          empty: null,
          list: { type: 'array', items: 'x' },
        },
        { required: ['name', 'name', 7], additionalProperties: 'no', properties2: 1 },
      ),
    );
    expect(type).to.deep.equal(
      object(
        {
          file: { type: 'string', format: 'binary' },
          code: { type: 'string' },
          literal: { type: 'string', pattern: '^a+$' },
          size: { type: 'integer', maximum: 10 },
          kind: { type: 'string', enum: ['1', '2.5', 'true'] },
          level: { type: 'integer', enum: [1, 2] },
          none: { type: 'string' },
          wrong: { type: 'integer' },
          name: { type: 'string' },
          odd: {},
          empty: {},
          list: { type: 'array' },
        },
        { required: ['name'] },
      ),
    );
    expect(codes).to.include.members(['SCHEMA_KEYWORD', 'SCHEMA_INVALID']);
  });

  it('keep enums of mixed types, with names for their values', async () => {
    const schema = { enum: ['a', 1, null, 'a'], 'x-enum-varnames': ['A', 'One', 'None', 'Again'] };
    expect((await translated(schema, '3.1.0')).type).to.deep.equal({
      enum: ['a', 1, null],
      'x-enum-varnames': ['A', 'One', 'None'],
    });
    const azure = {
      type: 'string',
      enum: ['on'],
      'x-ms-enum': { name: 'Switch', values: [{ value: 'on', name: 'On' }] },
    };
    expect((await translated(azure)).type).to.deep.equal({ type: 'string', enum: ['on'], 'x-enum-varnames': ['On'] });
  });

  it('keep const, tuples, maps, patterns of names, and what an object implies', async () => {
    expect((await translated({ const: 1 }, '3.1.0')).type).to.deep.equal({ const: 1 });
    const tuple = { type: 'array', prefixItems: [{ type: 'string' }], items: false };
    expect((await translated(tuple, '3.1.0')).type).to.deep.equal(tuple);
    expect(
      (await translated({ items: [{ type: 'string' }], additionalItems: { type: 'number' } }, '3.1.0')).type,
    ).to.deep.equal({
      type: 'array',
      prefixItems: [{ type: 'string' }],
      items: { type: 'number' },
    });
    const map = {
      patternProperties: { '^x-': { type: 'string' }, '(': {} },
      additionalProperties: { type: 'integer' },
    };
    expect((await translated(map, '3.1.0')).type).to.deep.equal({
      type: 'object',
      patternProperties: { '^x-': { type: 'string' } },
      additionalProperties: { type: 'integer' },
    });
    expect((await translated({})).type).to.deep.equal({});
    expect((await translated(true, '3.1.0')).type).to.equal(undefined);
  });

  it('merge inline members of allOf and keep references', async () => {
    const schema = {
      allOf: [ref('Base'), object({ a: { type: 'string' } }, { required: ['a'] }), object({ b: {} })],
      properties: { c: {} },
    };
    const { type, accepts } = await translated(schema, '3.0.3', {
      Base: object({ id: { type: 'string' } }, { required: ['id'] }),
    });
    expect(type).to.deep.equal({
      type: 'object',
      properties: { c: {}, a: { type: 'string' }, b: {} },
      required: ['a'],
      allOf: [{ $ref: '#/types/Base' }],
    });
    expect(accepts({ id: '1', a: 'x' })).to.equal(true);
    expect(accepts({ a: 'x' })).to.equal(false);
  });

  it('take an allOf of one reference for the reference', async () => {
    const { type } = await translated(object({ x: { allOf: [ref('Base')], description: 'This.' } }), '3.0.3', {
      Base: object({}),
    });
    expect(type).to.deep.equal(object({ x: { $ref: '#/types/Base', description: 'This.' } }));
  });

  it('open a closed member of allOf, which would refuse its siblings', async () => {
    const closed = object({ id: { type: 'string' } }, { additionalProperties: false });
    const { accepts } = await translated(
      { allOf: [ref('Base'), object({ a: {} }, { additionalProperties: false })] },
      '3.0.3',
      { Base: closed },
    );
    expect(accepts({ id: '1', a: 2 })).to.equal(true);
  });

  it('accept every alternative of oneOf, also when several fit', async () => {
    const { type, accepts } = await translated({
      oneOf: [{ type: 'number' }, { type: 'integer' }, { type: 'integer' }],
    });
    expect(type).to.deep.equal({ anyOf: [{ type: 'number' }, { type: 'integer' }] });
    expect(accepts(1)).to.equal(true);
    const requiring = object({ a: {}, b: {} }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] });
    expect((await translated(requiring)).type).to.deep.equal(object({ a: {}, b: {} }));
  });

  it('say by which property alternatives differ: explicit, implicit and partly mapped', async () => {
    const others = { Cat: object({ kind: { type: 'string' } }), Dog: object({ kind: { type: 'string' } }) };
    const union = {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: { propertyName: 'kind', mapping: { meow: 'Cat', purr: '#/components/schemas/Cat' } },
    };
    expect((await translated(union, '3.0.3', others)).type).to.deep.equal({
      anyOf: [{ $ref: '#/types/Cat' }, { $ref: '#/types/Dog' }],
      discriminator: { propertyName: 'kind', mapping: { meow: 'Cat', purr: 'Cat', Dog: 'Dog' } },
    });
  });

  it('stand for their subtypes when they have a discriminator', async () => {
    const description = await describeDocument(
      withSchemas({
        Pet: object(
          { kind: { type: 'string' } },
          {
            required: ['kind'],
            discriminator: { propertyName: 'kind', mapping: { tiger: 'Tiger' } },
            description: 'Any pet.',
          },
        ),
        Cat: { allOf: [ref('Pet'), object({ lives: { type: 'integer' } })] },
        Tiger: { allOf: [ref('Cat'), object({ stripes: { type: 'integer' } })] },
      }),
    );
    new Compiled(description);
    expect(description.types.Pet).to.deep.equal({
      description: 'Any pet.',
      anyOf: [{ $ref: '#/types/Cat' }, { $ref: '#/types/Tiger' }],
      discriminator: { propertyName: 'kind', mapping: { Cat: 'Cat', tiger: 'Tiger' } },
    });
    expect(description.types.Cat).to.deep.include({ allOf: [{ $ref: '#/types/PetBase' }] });
    expect(description.types.PetBase).to.deep.include({ required: ['kind'] });
  });

  it('stand for their subtypes in Swagger 2.0, by names or by x-ms-discriminator-value', async () => {
    const local = (name: string) => ({ $ref: `#/definitions/${name}` });
    const { types } = await describeDocument({
      swagger: '2.0',
      info: {},
      host: 'x.example.com',
      paths: { '/pets/{id}': { get: { responses: { 200: { description: '', schema: local('Pet') } } } } },
      definitions: {
        Pet: object({ kind: { type: 'string' } }, { discriminator: 'kind' }),
        Cat: { allOf: [local('Pet')], 'x-ms-discriminator-value': 'cat' },
        Dog: { allOf: [local('Pet'), object({ bark: {} })] },
      },
    });
    expect(types.Pet).to.deep.equal({
      anyOf: [{ $ref: '#/types/Cat' }, { $ref: '#/types/Dog' }, { $ref: '#/types/PetBase' }],
      discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', Dog: 'Dog', Pet: 'PetBase' } },
    });
    expect(types.Cat).to.deep.equal({ $ref: '#/types/PetBase' });
  });

  it('recur', async () => {
    const { types, accepts } = await translated(object({ children: { type: 'array', items: ref('Thing') } }));
    expect(types.Thing).to.deep.equal(object({ children: { type: 'array', items: { $ref: '#/types/Thing' } } }));
    expect(accepts({ children: [{ children: [1] }] })).to.equal(false);
  });

  it('end where nesting has no end', async () => {
    const depth = 5_000;
    const nested = `${'{"type":"object","properties":{"x":'.repeat(depth)}{}${'}}'.repeat(depth)}`;
    const text = JSON.stringify(withSchemas({ Thing: 'here' }, '3.0.3')).replace('"here"', nested);
    const description = await describeDocument(text);
    new Compiled(description);
    expect(codesOf(description)).to.include('SCHEMA_TOO_DEEP');
  });

  it('have an input form only where readOnly or writeOnly make a difference, also through others', async () => {
    const description = await describeDocument(
      withSchemas({
        Contact: object(
          { id: { type: 'string', readOnly: true }, name: {}, secret: { type: 'string', writeOnly: true } },
          { required: ['id', 'name'] },
        ),
        Group: object({ members: { type: 'array', items: ref('Contact') }, place: ref('Place') }),
        Stamp: { type: 'string', readOnly: true },
        Deal: object({ at: ref('Stamp'), title: {} }),
        Place: object({ city: {} }),
      }),
    );
    new Compiled(description);
    const { types } = description;
    expect(Object.keys(types)).to.have.members(['Contact', 'ContactInput', 'Group', 'Stamp', 'Deal', 'Place']);
    expect(types.Contact).to.deep.equal(
      object({ id: { type: 'string', readOnly: true }, name: {} }, { required: ['id', 'name'] }),
    );
    const group = methodOf(description, 'Group.Update').input;
    expect(group).to.deep.include({ additionalProperties: false });
    expect(JSON.stringify(group)).to.include('#/types/ContactInput');
    expect(types.ContactInput).to.deep.equal(
      object({ name: {}, secret: { type: 'string', writeOnly: true } }, { required: ['name'] }),
    );
    const deal = methodOf(description, 'Deal.Update').input;
    expect(typeof deal === 'object' && Object.keys(deal.properties ?? {})).to.deep.equal(['key', 'title']);
    expect(types).to.not.have.property('PlaceInput');
  });

  it('are written out only when an operation reaches them', async () => {
    const { types } = await describeDocument(
      openapi(
        { '/a/{id}': { get: giving(ref('Used')) } },
        { components: { schemas: { Used: object({}), Unused: object({}) } } },
      ),
    );
    expect(Object.keys(types)).to.deep.equal(['Used']);
  });

  it('have names that are safe and unique', async () => {
    const names = ['contact', 'Contact', '__proto__', 'constructor', '3d', 'a.b', 'Größe', 'x'.repeat(150)];
    const text = JSON.stringify(withSchemas({}))
      .replace(
        '"paths":{}',
        `"paths":{${names.map((name, n) => `"/p${n}x/{id}":{"get":${JSON.stringify(giving(ref(name)))}}`).join(',')}}`,
      )
      .replace(
        '"schemas":{}',
        `"schemas":{${names.map((name) => `${JSON.stringify(name)}:{"type":"object"}`).join(',')}}`,
      );
    const description = await describeDocument(text);
    new Compiled(description);
    expect(Object.keys(description.types).slice(0, 2)).to.deep.equal(['Contact', 'Contact2']);
    expect(Object.keys(description.types)).to.have.length(names.length);
    for (const name of Object.keys(description.types)) expect(name).to.match(/^[\p{L}_][\p{L}\p{Nd}_]{0,99}$/u);
  });

  it('keep what designers’ tools know of them', async () => {
    const { type } = await translated({
      type: 'string',
      'x-ms-summary': 'Colour',
      'x-ms-visibility': 'advanced',
      'x-ms-dynamic-values': { operationId: 'ListColours' },
      'x-other': 1,
      example: 'red',
    });
    expect(type).to.deep.equal({
      type: 'string',
      title: 'Colour',
      'x-smartwright-visibility': 'advanced',
      examples: ['red'],
    });
  });

  it('tell base64 by contentEncoding', async () => {
    expect((await translated({ type: 'string', format: 'byte' })).type).to.deep.equal({
      type: 'string',
      contentEncoding: 'base64',
    });
  });

  it('of a body that is read and written are described once for both', async () => {
    const schema = object({ a: { type: 'integer' } });
    const description = await describeDocument(
      openapi({ '/things/{id}': { post: { ...taking(schema), ...giving(schema) } } }),
    );
    expect(onlyMethod(description).output).to.deep.equal(schema);
  });
});
