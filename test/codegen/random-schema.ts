import fc from 'fast-check';

/** A schema of JSON Schema 2020-12 as descriptors write it, with values of which most are valid to it. */
export interface RandomSchema {
  readonly schema: unknown;
  readonly values: fc.Arbitrary<unknown>;
}

const keys = fc.constantFrom('id', 'name', 'kind', 'a.b', '1st', 'größe', "it's", 'class');

/** Schemas of every kind that has values of its own: scalars, enumerations, tuples, maps, objects, unions, compositions. */
export function randomSchema(): fc.Arbitrary<RandomSchema> {
  return fc.letrec<{ any: RandomSchema; object: ObjectSchema }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      scalar,
      choice,
      tie('object'),
      tie('any').map(({ schema, values }) => ({
        schema: { type: 'array', items: schema },
        values: fc.array(values, { maxLength: 3 }),
      })),
      fc.tuple(fc.array(tie('any'), { minLength: 1, maxLength: 3 }), fc.boolean()).map(([items, closed]) => ({
        schema: {
          type: 'array',
          prefixItems: items.map(({ schema }) => schema),
          minItems: items.length,
          ...(closed ? { items: false } : {}),
        },
        values: fc.tuple(...items.map(({ values }) => values)),
      })),
      tie('any').map(({ schema, values }) => ({
        schema: { type: 'object', additionalProperties: schema },
        values: fc.dictionary(keys, values, { maxKeys: 3, noNullPrototype: true }),
      })),
      tie('any').map(({ schema, values }) => ({
        schema: { type: 'object', patternProperties: { '^x-': schema }, additionalProperties: false },
        values: fc.dictionary(fc.constantFrom('x-a', 'x-b'), values, { noNullPrototype: true }),
      })),
      fc
        .tuple(fc.constantFrom('oneOf', 'anyOf'), fc.array(tie('any'), { minLength: 1, maxLength: 3 }))
        .map(([keyword, members]) => ({
          schema: { [keyword]: members.map(({ schema }) => schema) },
          values: fc.oneof(...members.map(({ values }) => values)),
        })),
      tie('any').map(({ schema, values }) => ({
        schema: { oneOf: [schema, { type: 'null' }] },
        values: fc.oneof(values, fc.constant(null)),
      })),
      fc.tuple(tie('object'), tie('any'), fc.boolean()).map(([one, extra, required]) => {
        const own = {
          type: 'object',
          properties: { extra: extra.schema },
          ...(required ? { required: ['extra'] } : {}),
        };
        return {
          schema: { allOf: [one.schema, own] },
          values: fc.tuple(one.values, extra.values).map(([value, member]) => ({ ...value, extra: member })),
        };
      }),
    ),
    object: fc
      .tuple(
        fc.dictionary(keys, tie('any'), { maxKeys: 4, noNullPrototype: true }),
        fc.array(keys, { maxLength: 3 }),
        fc.constantFrom(undefined, true, false),
      )
      .map(([members, wanted, additionalProperties]): ObjectSchema => {
        const required = [...new Set(wanted)].filter((name) => Object.hasOwn(members, name));
        const properties = Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema]));
        const values = Object.fromEntries(Object.entries(members).map(([name, { values: of }]) => [name, of]));
        return {
          schema: {
            type: 'object',
            properties,
            ...(required.length > 0 ? { required } : {}),
            ...(additionalProperties === undefined ? {} : { additionalProperties }),
          },
          values: fc.record(values, { requiredKeys: required, noNullPrototype: true }),
        };
      }),
  })).any;
}

interface ObjectSchema extends RandomSchema {
  readonly values: fc.Arbitrary<Record<string, unknown>>;
}

const scalar: fc.Arbitrary<RandomSchema> = fc.constantFrom<RandomSchema>(
  { schema: {}, values: fc.jsonValue({ maxDepth: 1 }) },
  { schema: true, values: fc.jsonValue({ maxDepth: 1 }) },
  { schema: { type: 'string', maxLength: 5 }, values: fc.string({ maxLength: 6 }) },
  { schema: { type: 'string', format: 'date' }, values: fc.constant('2024-02-29') },
  { schema: { type: 'string', pattern: '^[a-z]+$' }, values: fc.constantFrom('a', 'bc', 'D') },
  { schema: { type: 'integer', minimum: 1 }, values: fc.nat(9) },
  { schema: { type: 'integer', format: 'int64' }, values: fc.integer() },
  { schema: { type: 'number', exclusiveMaximum: 5 }, values: fc.integer({ min: 0, max: 6 }) },
  { schema: { type: 'boolean' }, values: fc.boolean() },
  { schema: { type: ['string', 'null'] }, values: fc.option(fc.string({ maxLength: 3 })) },
  { schema: { not: { type: 'string' } }, values: fc.constantFrom(1, 'a', null, true) },
);

const choice: fc.Arbitrary<RandomSchema> = fc
  .array(fc.oneof(fc.constantFrom('a', "b'c", 'd\n'), fc.nat(5), fc.boolean(), fc.constant(null)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => {
    const values = [...new Set(all)];
    const [only] = values;
    return { schema: values.length === 1 ? { const: only } : { enum: values }, values: fc.constantFrom(...values) };
  });
