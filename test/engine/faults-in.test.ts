import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import type { FieldError } from '../../config/model/errors.js';
import { type JsonSchema, type TypeMap, typeReference } from '../../config/model/json-schema.js';
import { type Check, checkValue } from '../../runtime/engine/answers/faults-in.js';

function faultsIn(value: unknown, schema: JsonSchema, types: TypeMap = {}): readonly FieldError[] {
  const check: Check = { types: new Map(Object.entries(types)), missing: new Set(), faults: [], left: 100_000 };
  checkValue(check, value, schema);
  return check.faults;
}

const ajv = new Ajv2020({ strict: false, ownProperties: true, logger: false });

/** Schemas of every keyword that answers are checked by, with few names and small numbers, so that values often nearly fit. */
const { schema: anySchema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const inner = tie('schema');
  const name = fc.constantFrom('a', 'b', 'c');
  const small = fc.integer({ min: 0, max: 3 });
  const scalar = fc.oneof(small, fc.constantFrom('', 'a', 'bb', '€'), fc.boolean(), fc.constant(null));
  const type = fc.constantFrom('array', 'boolean', 'integer', 'null', 'number', 'object', 'string');
  const keywords = {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }),
    const: scalar,
    minimum: small,
    maximum: small,
    exclusiveMinimum: small,
    exclusiveMaximum: small,
    multipleOf: fc.constantFrom(1, 2, 0.5),
    minLength: small,
    maxLength: small,
    pattern: fc.constantFrom('^a', 'b$', '^$'),
    minItems: small,
    maxItems: small,
    uniqueItems: fc.boolean(),
    items: inner,
    prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }),
    // Not `false`, which Ajv takes to be kept by an empty list.
    contains: scalar.map((only) => ({ const: only })),
    properties: fc.dictionary(name, inner, { maxKeys: 3, noNullPrototype: true }),
    patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), inner, { maxKeys: 2, noNullPrototype: true }),
    additionalProperties: inner,
    propertyNames: inner,
    required: fc.uniqueArray(name, { maxLength: 2 }),
    minProperties: small,
    maxProperties: small,
    allOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
    anyOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
    oneOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
    not: inner,
    ...Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, inner])),
  };
  const few = fc
    .subarray(Object.keys(keywords) as (keyof typeof keywords)[], { minLength: 1, maxLength: 4 })
    // Together, Ajv takes them to be kept by an empty list.
    .filter((names) => !(names.includes('contains') && names.includes('prefixItems')))
    .chain((names) =>
      fc.record(Object.fromEntries(names.map((name) => [name, keywords[name]])), { noNullPrototype: true }),
    );
  return { schema: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.boolean(), few as fc.Arbitrary<JsonSchema>) };
});

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(
      fc.integer({ min: -1, max: 4 }),
      fc.constantFrom('', 'a', 'bb', '€', 'ab'),
      fc.boolean(),
      fc.constant(null),
      fc.constant(1.5),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'ab'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** Undefined where the code that Ajv makes of a schema breaks: seldom, by properties that two keywords look at. */
function verdict(validate: (value: unknown) => unknown, value: unknown): boolean | undefined {
  try {
    return validate(value) === true;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

describe('faults in answers', () => {
  it('are found where Ajv finds some, and nowhere else', () => {
    let valid = 0;
    const property = fc.property(anySchema, fc.array(anyValue, { minLength: 5, maxLength: 5 }), (schema, values) => {
      const validate = ajv.compile(schema);
      for (const value of values) {
        const expected = verdict(validate, value);
        if (expected === undefined) continue;
        if (expected) valid++;
        const found = faultsIn(value, schema).length === 0;
        expect(found, JSON.stringify({ schema, value, ajv: validate.errors })).to.equal(expected);
      }
      if (typeof schema === 'object') ajv.removeSchema(schema);
    });
    fc.assert(property, { numRuns: 1_000 });
    expect(valid).to.be.greaterThan(500);
  });

  const types: TypeMap = {
    Node: {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'integer' },
        next: { anyOf: [typeReference('Node'), { type: 'null' }] },
        tag: { $ref: '#/$defs/Tag' },
      },
      $defs: { Tag: { type: 'string', maxLength: 3 } },
    },
  };

  it('are told by their place and what is expected, and never by the value', () => {
    const value = { id: 1, next: { id: 'canary', next: null, tag: 'canary' } };
    expect(faultsIn(value, typeReference('Node'), types)).to.deep.equal([
      { pointer: '/next/id', message: 'must be integer, not string' },
      { pointer: '/next/tag', message: 'must have at most 3 characters' },
    ]);
    expect(faultsIn({ next: null }, typeReference('Node'), types)).to.deep.equal([
      { pointer: '', message: 'must have "id"' },
    ]);
  });

  it('are not made by integers beyond 2^53', () => {
    expect(faultsIn(2n ** 60n, { type: 'integer', minimum: 5, multipleOf: 2 })).to.deep.equal([]);
    expect(faultsIn([2n ** 60n], { items: { maximum: 7 } })).to.have.length(1);
  });

  it('are told up to a number, and looked for up to a number of steps and levels', () => {
    expect(faultsIn(Array(1_000).fill('x'), { items: { type: 'integer' } })).to.have.length(20);
    let deep: unknown = { id: 1 };
    for (let level = 0; level < 10_000; level++) deep = { id: 1, next: deep };
    expect(faultsIn(deep, typeReference('Node'), types)).to.deep.equal([]);
    const twice: TypeMap = { T: { anyOf: [{ allOf: [typeReference('T')] }, { allOf: [typeReference('T')] }] } };
    expect(faultsIn(1, typeReference('T'), twice)).to.deep.equal([]);
  });

  it('name the types that are missing', () => {
    const check: Check = { types: new Map(), missing: new Set(), faults: [], left: 100 };
    checkValue(check, [1], { items: { anyOf: [typeReference('A'), typeReference('B')] } });
    expect([...check.missing]).to.deep.equal(['A', 'B']);
    expect(check.faults).to.deep.equal([]);
  });
});
