import fc from 'fast-check';
import { fileSchema } from '../../config/model/file-value.js';
import type { JsonSchema, JsonSchemaObject } from '../../config/model/json-schema.js';
import { typeReference } from '../../config/model/json-schema.js';
import type { Description } from '../../config/model/service-object.js';

const oddNames = [
  'Date',
  'Record',
  'default',
  '__proto__',
  'a.b',
  '1st',
  'x-y',
  'größe',
  '日本',
  'Method',
  'constructor',
  "it's",
  'type',
];

/** Descriptions with random types: every keyword, odd names, references in all directions, circles. */
export function randomDescription(typeCount: number): fc.Arbitrary<Description> {
  const typeNames = Array.from(
    { length: typeCount },
    (_, n) => oddNames[n] ?? `SomeRatherLongTypeName${n}`.slice(0, 6 + (n % 17)) + n,
  );
  const ref = fc.constantFrom(...typeNames).map((name): JsonSchema => typeReference(name));
  const key = fc.oneof(
    fc.constantFrom(...oddNames),
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('id', 'name', 'someRatherLongPropertyNameOfAThing'),
  );
  const doc = fc.oneof(
    fc.constant(undefined),
    fc.lorem(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constant('ends */ here\n@deprecated\u2028x'),
  );
  const { schema } = fc.letrec<{ schema: JsonSchema; object: JsonSchemaObject }>((tie) => ({
    object: fc
      .record(
        {
          type: fc.constantFrom('object' as const),
          properties: fc.dictionary(key, tie('schema'), { maxKeys: 5, noNullPrototype: true }),
          additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
          patternProperties: fc.dictionary(fc.constant('^x-'), tie('schema'), { maxKeys: 1, noNullPrototype: true }),
          required: fc.array(key, { maxLength: 2 }),
          description: doc,
        },
        { requiredKeys: ['type'] },
      )
      .map(compact),
    schema: fc.oneof(
      { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<JsonSchema>(
        true,
        false,
        {},
        fileSchema,
        { type: 'null' },
        { type: 'boolean' },
        { type: 'integer', format: 'int64' },
      ),
      ref,
      fc
        .record({ type: fc.constantFrom('string', 'number', 'integer'), description: doc, deprecated: fc.boolean() })
        .map(compact),
      fc
        .array(
          fc.oneof(
            fc.string({ maxLength: 24 }),
            fc.lorem({ maxCount: 3 }),
            fc.integer(),
            fc.constant(null),
            fc.boolean(),
          ),
          { minLength: 1, maxLength: 12 },
        )
        .map((values): JsonSchema => ({ enum: values })),
      fc.jsonValue({ maxDepth: 2 }).map((value): JsonSchema => ({ const: value })),
      tie('object'),
      tie('object'),
      tie('schema').map((items): JsonSchema => ({ type: 'array', items })),
      fc
        .tuple(
          fc.array(tie('schema'), { minLength: 1, maxLength: 4 }),
          fc.oneof(fc.constant(false as JsonSchema), tie('schema')),
          fc.nat(4),
        )
        .map(([prefixItems, items, minItems]): JsonSchema => ({ type: 'array', prefixItems, items, minItems })),
      fc.array(tie('schema'), { minLength: 1, maxLength: 5 }).map((oneOf): JsonSchema => ({ oneOf })),
      fc
        .array(fc.oneof(ref, ref, tie('object'), tie('schema')), { minLength: 1, maxLength: 3 })
        .map((allOf): JsonSchema => ({ allOf })),
      fc
        .tuple(tie('object'), fc.array(ref, { minLength: 1, maxLength: 3 }))
        .map(([object, allOf]): JsonSchema => ({ ...object, allOf })),
      fc
        .array(ref, { minLength: 2, maxLength: 4 })
        .map((oneOf): JsonSchema => ({ oneOf, discriminator: { propertyName: 'type' } })),
      fc
        .array(fc.constantFrom('string', 'null', 'object', 'array', 'integer'), { minLength: 1, maxLength: 3 })
        .map((types): JsonSchema => ({ type: types as NonNullable<Exclude<JsonSchemaObject['type'], string>> })),
    ),
  }));
  return fc
    .tuple(
      fc.array(schema, { minLength: typeCount, maxLength: typeCount }),
      fc.array(schema, { minLength: 4, maxLength: 4 }),
    )
    .map(([schemas, results]) => ({
      operations: 4,
      hosts: [],
      diagnostics: [],
      types: Object.fromEntries(typeNames.map((name, n) => [name, schemas[n] ?? true])),
      serviceObjects: [
        {
          name: 'Thing',
          displayName: 'Things',
          properties: [],
          methods: [
            {
              name: 'All',
              displayName: 'All',
              kind: 'execute',
              input: {
                type: 'object',
                properties: Object.fromEntries(typeNames.map((name) => [name, typeReference(name)])),
              },
              output: true,
              binding: null,
            },
            ...results.map((output, n) => ({
              name: `Get${n}`,
              displayName: `Get ${n}`,
              kind: n % 2 === 0 ? ('list' as const) : ('read' as const),
              input: { type: 'object' as const },
              output,
              meta: output,
              binding: null,
            })),
          ],
        },
      ],
    }));
}

function compact(value: object): JsonSchemaObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
