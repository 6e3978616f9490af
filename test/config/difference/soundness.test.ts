import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { compareDescriptions } from '../../../config/model/description-difference.js';
import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { giving, taking } from './descriptions.js';

const name = fc.constantFrom('a', 'b', 'c');

const { schema } = fc.letrec<{ schema: JsonSchemaObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<JsonSchemaObject>(
      { type: 'string' },
      { type: 'integer' },
      { type: 'number' },
      { type: 'boolean' },
      { type: ['string', 'null'] },
      { type: ['integer', 'string'] },
      { type: 'integer', minimum: 0, maximum: 5 },
      { type: 'string', maxLength: 2 },
      { enum: ['x', 'y'] },
      { enum: ['x', 1, null] },
      { const: 'x' },
      {},
    ),
    tie('schema').map((items): JsonSchemaObject => ({ type: 'array', items })),
    tie('schema').map((additionalProperties): JsonSchemaObject => ({ type: 'object', additionalProperties })),
    fc
      .array(tie('schema'), { minLength: 1, maxLength: 3 })
      .map((anyOf): JsonSchemaObject => ({ anyOf: [...anyOf, { type: 'null' }] })),
    fc.array(tie('schema'), { minLength: 2, maxLength: 3 }).map((anyOf): JsonSchemaObject => ({ anyOf })),
    fc
      .tuple(fc.array(fc.tuple(name, tie('schema')), { maxLength: 3 }), fc.array(name, { maxLength: 2 }))
      .map(([members, required]): JsonSchemaObject => {
        const properties = Object.fromEntries(members);
        const named = [...new Set(required)].filter((one) => Object.hasOwn(properties, one));
        return { type: 'object', properties, ...(named.length > 0 && { required: named }) };
      }),
  ),
}));

/** The places in a schema where another schema can stand. */
function places(root: JsonSchemaObject): ((next: JsonSchemaObject) => void)[] {
  const found: ((next: JsonSchemaObject) => void)[] = [];
  const visit = (schema: JsonSchemaObject): void => {
    const child = (holder: Record<string, JsonSchema> | JsonSchema[], key: string | number): void => {
      const at = holder as Record<string | number, JsonSchema>;
      found.push((next) => {
        at[key] = next;
      });
      visit(at[key] as JsonSchemaObject);
    };
    if (schema.items !== undefined) child(schema as Record<string, JsonSchema>, 'items');
    if (schema.additionalProperties !== undefined) child(schema as Record<string, JsonSchema>, 'additionalProperties');
    for (const key of Object.keys(schema.properties ?? {})) child(schema.properties ?? {}, key);
    schema.anyOf?.forEach((_, index) => {
      child(schema.anyOf ?? [], index);
    });
  };
  visit(root);
  return found;
}

/** A schema and the same with one place changed. */
const pair = fc.tuple(schema, schema, fc.nat(30), fc.boolean()).map(([before, other, at, flip]) => {
  const after = structuredClone(before);
  const all = places(after);
  const place = all[at % (all.length + 1)];
  if (place === undefined) return [before, other] as const;
  place(other);
  if (flip && after.type === 'object' && after.properties !== undefined) {
    const names = Object.keys(after.properties);
    after.required = names.filter((one) => after.required?.includes(one) !== true);
  }
  return [before, after] as const;
});

/** Values that are probably valid. */
function sampleOf(schema: JsonSchemaObject): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((member) => sampleOf(member as JsonSchemaObject)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const [type = 'any', ...more] = [schema.type ?? []].flat();
  if (more.length > 0) return fc.oneof(...[type, ...more].map((one) => sampleOf({ ...schema, type: one as 'string' })));
  if (type === 'array') return fc.array(sampleOf((schema.items ?? {}) as JsonSchemaObject), { maxLength: 2 });
  if (type === 'object') {
    const members = Object.entries(schema.properties ?? {}).map(([key, member]) =>
      fc.option(fc.tuple(fc.constant(key), sampleOf(member as JsonSchemaObject)), {
        nil: undefined,
        freq: schema.required?.includes(key) === true ? 100 : 1,
      }),
    );
    const further =
      schema.additionalProperties === undefined
        ? fc.constant([])
        : fc.array(fc.tuple(name, sampleOf(schema.additionalProperties as JsonSchemaObject)), { maxLength: 2 });
    return fc
      .tuple(fc.tuple(...members), further)
      .map(([own, rest]) => Object.fromEntries([...rest, ...own.filter((member) => member !== undefined)]));
  }
  const scalars: Record<string, fc.Arbitrary<unknown>> = {
    string: fc.constantFrom('', 'x', 'yy', 'long text'),
    integer: fc.integer({ min: -3, max: 9 }),
    number: fc.constantFrom(0, 1, 2.5),
    boolean: fc.boolean(),
    null: fc.constant(null),
  };
  return scalars[type] ?? fc.oneof(...Object.values(scalars), fc.constant([]), fc.constant({}));
}

const ajv = new Ajv2020({ strict: false, validateSchema: false });
const validator = (schema: JsonSchema): ((value: unknown) => boolean) => {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate;
};

/** Pairs of schemas with a value that fits `of` and not `but`. */
function counterexamples(
  of: (pair: readonly [JsonSchemaObject, JsonSchemaObject]) => readonly [JsonSchemaObject, JsonSchemaObject],
  check: (former: JsonSchemaObject, latter: JsonSchemaObject, value: unknown) => void,
): number {
  let found = 0;
  const cases = pair.chain((both) => fc.tuple(fc.constant(both), fc.array(sampleOf(of(both)[0]), { maxLength: 6 })));
  fc.assert(
    fc.property(cases, ([both, values]) => {
      if (values.length === 0) return;
      const [fits, fitsToo] = of(both).map(validator);
      const value = values.find((one) => fits?.(one) === true && fitsToo?.(one) === false);
      if (value === undefined) return;
      found++;
      check(both[0], both[1], value);
    }),
    { numRuns: 400 },
  );
  return found;
}

describe('a difference that is not breaking', () => {
  it('leaves every input valid that was valid before', () => {
    const found = counterexamples(
      ([before, after]) => [before, after],
      (before, after, value) => {
        const { impact } = compareDescriptions(taking(before), taking(after));
        expect(impact, JSON.stringify({ before, after, value })).to.equal('breaking');
      },
    );
    expect(found).to.be.greaterThan(50);
  }).timeout(60_000);

  it('gives no result that was not valid before, but for values that a warning names', () => {
    const found = counterexamples(
      ([before, after]) => [after, before],
      (before, after, value) => {
        const { impact } = compareDescriptions(giving(before), giving(after));
        expect(impact, JSON.stringify({ before, after, value })).to.be.oneOf(['breaking', 'warning']);
      },
    );
    expect(found).to.be.greaterThan(50);
  }).timeout(60_000);

  it('is none at all between a schema and itself, in whatever order', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, shuffled(member)]),
      );
    };
    fc.assert(
      fc.property(schema, (one) => {
        const other = shuffled(one) as JsonSchema;
        expect(compareDescriptions(giving(one), giving(other)).changes).to.deep.equal([]);
        expect(compareDescriptions(taking(one), taking(other)).changes).to.deep.equal([]);
      }),
      { numRuns: 200 },
    );
  });
});
