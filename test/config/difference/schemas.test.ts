import { expect } from 'chai';
import { compareDescriptions } from '../../../config/model/description-difference.js';
import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import { giving, taking } from './descriptions.js';

const text: JsonSchema = { type: 'string' };
const nullable: JsonSchema = { type: ['string', 'null'] };
const of = (properties: Record<string, JsonSchema>, more: object = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
});
const cat = of({ kind: { const: 'cat' }, lives: { type: 'integer' } });
const dog = of({ kind: { const: 'dog' }, tail: text });

/** What changes, and what it means to callers who give such a value and to those who receive it. */
const cases: readonly (readonly [string, JsonSchema, JsonSchema, string, string])[] = [
  ['nothing', of({ a: text }), of({ a: text }), '', ''],
  ['words only', { type: 'string', description: 'A' }, { type: 'string', title: 'B', examples: ['c'] }, '', ''],
  ['a new property', of({}), of({ a: text }), 'additive PROPERTY_ADDED', 'additive PROPERTY_ADDED'],
  [
    'a new required property',
    of({}),
    of({ a: text }, { required: ['a'] }),
    'breaking REQUIRED_PROPERTY_ADDED',
    'additive PROPERTY_ADDED',
  ],
  ['a property that is gone', of({ a: text }), of({}), 'breaking PROPERTY_REMOVED', 'breaking PROPERTY_REMOVED'],
  [
    'a property that becomes required',
    of({ a: text }),
    of({ a: text }, { required: ['a'] }),
    'breaking BECAME_REQUIRED',
    'additive BECAME_REQUIRED',
  ],
  [
    'a property that becomes optional',
    of({ a: text }, { required: ['a'] }),
    of({ a: text }),
    'additive BECAME_OPTIONAL',
    'breaking BECAME_OPTIONAL',
  ],
  ['another type', text, { type: 'boolean' }, 'breaking TYPE_CHANGED', 'breaking TYPE_CHANGED'],
  ['a wider type', { type: 'integer' }, { type: 'number' }, 'additive TYPE_WIDENED', 'breaking TYPE_WIDENED'],
  ['a narrower type', true, text, 'breaking TYPE_NARROWED', 'additive TYPE_NARROWED'],
  ['one more type', text, { type: ['string', 'integer'] }, 'additive TYPE_WIDENED', 'breaking TYPE_WIDENED'],
  ['a list of what was single', text, { type: 'array', items: text }, 'breaking TYPE_CHANGED', 'breaking TYPE_CHANGED'],
  [
    'a file where text was',
    text,
    { type: 'object', 'x-smartwright-file': true },
    'breaking TYPE_CHANGED',
    'breaking TYPE_CHANGED',
  ],
  ['null allowed', text, nullable, 'additive NULL_ADDED', 'breaking NULL_ADDED'],
  ['null no longer allowed', nullable, text, 'breaking NULL_REMOVED', 'additive NULL_REMOVED'],
  ['null in another spelling', nullable, { anyOf: [text, { type: 'null' }] }, '', ''],
  ['null in an enumeration', { enum: ['a', null] }, { enum: ['a'] }, 'breaking NULL_REMOVED', 'additive NULL_REMOVED'],
  ['one more value', { enum: ['a'] }, { enum: ['a', 'b'] }, 'additive VALUES_ADDED', 'warning VALUES_ADDED'],
  ['a value less', { enum: ['a', 'b'] }, { enum: ['a'] }, 'breaking VALUES_REMOVED', 'additive VALUES_REMOVED'],
  ['values in another order', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, '', ''],
  ['any value', { type: 'string', enum: ['a'] }, text, 'additive VALUES_OPENED', 'warning VALUES_OPENED'],
  ['only some values', text, { type: 'string', enum: ['a'] }, 'breaking VALUES_CLOSED', 'additive VALUES_CLOSED'],
  [
    'another format',
    { type: 'string', format: 'date' },
    { type: 'string', format: 'date-time' },
    'breaking FORMAT_CHANGED',
    'breaking FORMAT_CHANGED',
  ],
  ['a format', text, { type: 'string', format: 'uuid' }, 'breaking FORMAT_ADDED', 'additive FORMAT_ADDED'],
  ['a format that nobody heeds', text, { type: 'string', format: 'phone' }, '', ''],
  [
    'more digits',
    { type: 'integer', format: 'int32' },
    { type: 'integer', format: 'int64' },
    'additive FORMAT_REMOVED',
    'breaking FORMAT_REMOVED',
  ],
  [
    'a tighter bound',
    { type: 'string', maxLength: 9 },
    { type: 'string', maxLength: 5 },
    'breaking CONSTRAINT_TIGHTENED',
    'additive CONSTRAINT_TIGHTENED',
  ],
  [
    'a looser bound',
    { type: 'integer', minimum: 1 },
    { type: 'integer' },
    'additive CONSTRAINT_LOOSENED',
    'warning CONSTRAINT_LOOSENED',
  ],
  [
    'another pattern',
    { type: 'string', pattern: 'a' },
    { type: 'string', pattern: 'b' },
    'breaking CONSTRAINT_CHANGED',
    'warning CONSTRAINT_CHANGED',
  ],
  [
    'items of another type',
    { type: 'array', items: text },
    { type: 'array', items: { type: 'integer' } },
    'breaking TYPE_CHANGED',
    'breaking TYPE_CHANGED',
  ],
  [
    'a tuple of another type',
    { type: 'array', prefixItems: [text, text] },
    { type: 'array', prefixItems: [text, nullable] },
    'additive NULL_ADDED',
    'breaking NULL_ADDED',
  ],
  [
    'a map of another type',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: { type: 'integer' } },
    'breaking TYPE_CHANGED',
    'breaking TYPE_CHANGED',
  ],
  [
    'no further members',
    of({ a: text }),
    of({ a: text }, { additionalProperties: false }),
    'breaking OBJECT_CLOSED',
    'additive OBJECT_CLOSED',
  ],
  [
    'further members',
    of({ a: text }, { additionalProperties: false }),
    of({ a: text }, { additionalProperties: true }),
    'additive OBJECT_OPENED',
    'additive OBJECT_OPENED',
  ],
  [
    'one more variant',
    { oneOf: [cat, dog] },
    { oneOf: [dog, cat, of({ x: text })] },
    'additive VARIANT_ADDED',
    'breaking VARIANT_ADDED',
  ],
  [
    'a variant less',
    { anyOf: [cat, dog, text] },
    { anyOf: [cat, dog] },
    'breaking TYPE_NARROWED',
    'additive TYPE_NARROWED',
  ],
  ['a choice where one was', cat, { oneOf: [cat, dog] }, 'additive VARIANT_ADDED', 'breaking VARIANT_ADDED'],
  ['one where a choice was', { oneOf: [cat, dog] }, cat, 'breaking VARIANT_REMOVED', 'additive VARIANT_REMOVED'],
  [
    'a choice beside what all have',
    of({ id: text, x: text }),
    { ...(of({ id: text }) as object), oneOf: [of({ x: text }), of({ y: text })] },
    'additive VARIANT_ADDED',
    'breaking VARIANT_ADDED',
  ],
  [
    'another discriminator',
    { oneOf: [cat, dog], discriminator: { propertyName: 'kind' } },
    { oneOf: [cat, dog], discriminator: { propertyName: 'type' } },
    'breaking DISCRIMINATOR_CHANGED',
    'breaking DISCRIMINATOR_CHANGED',
  ],
  ['parts put together', of({ a: text, b: text }), { allOf: [of({ a: text }), of({ b: text })] }, '', ''],
  [
    'a part less',
    { allOf: [of({ a: text }), of({ b: text })] },
    { allOf: [of({ a: text })] },
    'breaking PROPERTY_REMOVED',
    'breaking PROPERTY_REMOVED',
  ],
  ['a default', of({ a: text }), of({ a: { type: 'string', default: 'x' } }), 'warning DEFAULT_CHANGED', ''],
  [
    'a property out of favour',
    of({ a: text }),
    of({ a: { type: 'string', deprecated: true } }),
    'warning DEPRECATED',
    'warning DEPRECATED',
  ],
];

const found = (difference: ReturnType<typeof compareDescriptions>): string =>
  difference.changes
    .filter(({ code }) => !code.startsWith('TYPE_ADDED') && !code.startsWith('TYPE_REMOVED'))
    .map(({ impact, code }) => `${impact} ${code}`)
    .join(', ');

describe('what a change of a schema means', () => {
  for (const [what, before, after, asInput, asOutput] of cases) {
    it(`${what}: ${asInput || 'nothing'} for what is taken, ${asOutput || 'nothing'} for what is given`, () => {
      const input = compareDescriptions(taking(of({ value: before })), taking(of({ value: after })));
      expect(found(input), JSON.stringify(input.changes)).to.equal(asInput);
      const output = compareDescriptions(giving(before), giving(after));
      expect(found(output), JSON.stringify(output.changes)).to.equal(asOutput);
      const named = compareDescriptions(
        giving({ $ref: '#/types/T' }, { T: before }),
        giving({ $ref: '#/types/T' }, { T: after }),
      );
      expect(found(named), JSON.stringify(named.changes)).to.equal(asOutput);
    });
  }
});

describe('types that differ', () => {
  const person: TypeMap = {
    Person: of({ name: text, boss: { $ref: '#/types/Person' }, home: { $ref: '#/types/Address' } }),
    Address: of({ city: text, owner: { anyOf: [{ $ref: '#/types/Person' }, { type: 'null' }] } }),
  };
  const later: TypeMap = { ...person, Address: of({ city: nullable, owner: { $ref: '#/types/Person' } }) };

  it('that contain one another are compared once, each change at its place', () => {
    const { changes } = compareDescriptions(
      giving({ $ref: '#/types/Person' }, person),
      giving({ $ref: '#/types/Person' }, later),
    );
    expect(changes.map(({ code, pointer }) => [code, pointer])).to.deep.equal([
      ['NULL_ADDED', '/types/Address/properties/city'],
      ['NULL_REMOVED', '/types/Address/properties/owner'],
    ]);
    expect(changes[0]?.message).to.equal('"city" of type Address (in results) can be null now.');
    expect(changes[0]?.methods).to.deep.equal([{ serviceObject: 'Thing', method: 'Do' }]);
  });

  it('are the same under another name, and wherever they stand', () => {
    const inline = compareDescriptions(
      giving({ $ref: '#/types/Address' }, { Address: of({ city: text }) }),
      giving(of({ city: text })),
    );
    expect(inline.changes.map(({ code }) => code)).to.deep.equal(['TYPE_REMOVED']);
    expect(inline.impact).to.equal('warning');
    const renamed = compareDescriptions(
      giving({ $ref: '#/types/A' }, { A: of({ self: { $ref: '#/types/A' } }) }),
      giving({ $ref: '#/types/B' }, { B: of({ self: { $ref: '#/types/B' } }) }),
    );
    expect(renamed.changes.map(({ code }) => code)).to.deep.equal(['TYPE_REMOVED', 'TYPE_ADDED']);
  });

  it('tell a change of a common base once, for all that are built on it', () => {
    const family = (base: JsonSchema): TypeMap => ({
      Base: base,
      ...Object.fromEntries(
        ['Cat', 'Dog'].map((name) => [name, { allOf: [{ $ref: '#/types/Base' }, of({ [name]: text })] }]),
      ),
    });
    const pets: JsonSchema = { oneOf: [{ $ref: '#/types/Cat' }, { $ref: '#/types/Dog' }] };
    const { changes } = compareDescriptions(
      giving(pets, family(of({ id: of({ no: text }) }))),
      giving(pets, family(of({ id: of({ no: { type: 'integer' } }) }))),
    );
    expect(changes.map(({ code, pointer }) => [code, pointer])).to.deep.equal([
      ['TYPE_CHANGED', '/types/Base/properties/id/properties/no'],
    ]);
    expect(changes[0]?.methods).to.have.length(1);
  });

  it('follow references within a schema', () => {
    const tagged = (tag: JsonSchema): JsonSchema => ({
      ...(of({ tags: { type: 'array', items: { $ref: '#/$defs/Tag' } } }) as object),
      $defs: { Tag: tag },
    });
    const { changes } = compareDescriptions(giving(tagged(text)), giving(tagged({ type: 'integer' })));
    expect(changes.map(({ code, pointer }) => [code, pointer])).to.deep.equal([
      ['TYPE_CHANGED', '/serviceObjects/Thing/methods/Do/output/$defs/Tag'],
    ]);
  });

  it('mean the one thing where they are taken and the other where they are given', () => {
    const both = (schema: JsonSchema) => {
      const description = giving({ $ref: '#/types/T' }, { T: of({ a: schema }) });
      const [thing] = description.serviceObjects;
      const [method] = thing?.methods ?? [];
      if (thing === undefined || method === undefined) throw new Error('there is none');
      const take = { ...method, name: 'Take', input: { $ref: '#/types/T' }, output: false };
      return { ...description, serviceObjects: [{ ...thing, methods: [method, take] }] };
    };
    const { changes, methods } = compareDescriptions(both(text), both(nullable));
    expect(changes.map(({ impact, message }) => [impact, message])).to.deep.equal([
      ['breaking', '"a" of type T (in results) can be null now.'],
      ['additive', '"a" of type T (as an input) can be null now.'],
    ]);
    expect(methods).to.deep.equal([
      { serviceObject: 'Thing', method: 'Do', impact: 'breaking' },
      { serviceObject: 'Thing', method: 'Take', impact: 'additive' },
    ]);
  });

  it('that lead nowhere or contain only themselves end the comparison', () => {
    const odd: TypeMap = {
      Loop: { $ref: '#/types/Loop' },
      Pair: { allOf: [{ $ref: '#/types/Pair' }, { $ref: '#/types/Loop' }] },
      Lost: { $ref: '#/types/Missing' },
      Choice: { anyOf: [{ $ref: '#/types/Choice' }, { $ref: '#/types/Choice' }, { type: 'null' }] },
    };
    const all: JsonSchema = of(Object.fromEntries(Object.keys(odd).map((name) => [name, { $ref: `#/types/${name}` }])));
    expect(compareDescriptions(giving(all, odd), giving(all, { ...odd, Lost: text })).impact).to.not.equal('none');
    expect(compareDescriptions(giving(all, odd), giving(all, structuredClone(odd))).changes).to.deep.equal([]);
  });
});
