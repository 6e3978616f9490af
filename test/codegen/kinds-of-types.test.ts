import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  checkModules,
  deriveSmartObjects,
  type GeneratedFile,
  generateModules,
  writeModules,
} from '../../codegen/index.js';
import type { Description } from '../../config/model/service-object.js';
import { describeDocument, openapi } from '../brokers/rest/describing.js';
import { formatCheck, typeCheck } from './type-check.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, required: string[] = [], more: object = {}) => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
  ...more,
});
const text = { type: 'string' };
const number = { type: 'number' };

/** Each kind of type that a descriptor can have: its schemas, and what of `Thing` the modules say. */
const kinds: readonly {
  kind: string;
  schemas: Record<string, unknown>;
  prints: readonly string[];
  version?: string;
}[] = [
  {
    kind: 'allOf, merged and extended',
    schemas: {
      Thing: { allOf: [ref('Base'), object({ note: text }, ['note']), object({ count: { type: 'integer' } })] },
      Base: object({ id: text }, ['id']),
    },
    prints: ['export interface Thing extends Base {\n  note: string;\n  count?: number;\n}'],
  },
  {
    kind: 'a union told apart by a mapped discriminator',
    schemas: {
      Thing: {
        oneOf: [ref('Square'), ref('Circle')],
        discriminator: { propertyName: 'kind', mapping: { square: 'Square', disc: ref('Circle').$ref } },
      },
      Square: object({ kind: text, side: number }, ['kind', 'side']),
      Circle: object({ kind: text, radius: number }, ['kind', 'radius']),
    },
    prints: ['export type Thing = Square | Circle;', "kind: 'square';", "kind: 'disc';"],
  },
  {
    kind: 'a union with implicit names',
    schemas: {
      Thing: { anyOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'type' } },
      Cat: object({ type: text, lives: number }, ['type']),
      Dog: object({ type: text, barks: { type: 'boolean' } }, ['type']),
    },
    prints: ["type: 'Cat';", "type: 'Dog';"],
  },
  {
    kind: 'a discriminator inherited through allOf',
    schemas: {
      Thing: object({ sort: text }, ['sort'], { discriminator: { propertyName: 'sort' } }),
      Near: { allOf: [ref('Thing'), object({ metres: number })] },
      Far: { allOf: [ref('Near'), object({ miles: number })] },
    },
    prints: ['export type Thing = Near | Far | ThingBase;', "sort: 'Near';", "sort: 'Far';", "sort: 'Thing';"],
  },
  {
    kind: 'a union without discriminator',
    schemas: { Thing: { oneOf: [text, { type: 'array', items: number }, ref('Other')] }, Other: object({ a: text }) },
    prints: ['export type Thing = string | number[] | Other;'],
  },
  {
    kind: 'null in OpenAPI 3.1',
    schemas: {
      Thing: object({ a: { type: ['string', 'null'] }, b: { oneOf: [ref('Other'), { type: 'null' }] } }, ['a']),
      Other: object({ x: text }),
    },
    prints: ['a: string | null;\n  b?: Other | null;'],
  },
  {
    kind: 'null in OpenAPI 3.0',
    version: '3.0.3',
    schemas: {
      Thing: object({ a: { ...text, nullable: true }, b: { allOf: [ref('Other')], nullable: true } }, ['b']),
      Other: object({ x: text }),
    },
    prints: ['a?: string | null;\n  b: Other | null;'],
  },
  {
    kind: 'enumerations of mixed values, constants',
    schemas: { Thing: object({ a: { enum: ['x', 1, true, null] }, b: { const: 'only' }, c: { const: { d: [1] } } }) },
    prints: ["a?: 'x' | 1 | true | null;\n  b?: 'only';\n  c?: { d: [1] };"],
  },
  {
    kind: 'enumerations whose values have names',
    schemas: {
      Thing: { type: 'integer', enum: [10, 20], 'x-enum-varnames': ['Low', 'very-high'], description: 'How much.' },
    },
    prints: [
      "/** How much. */\nexport const Thing = {\n  Low: 10,\n  'very-high': 20,\n} as const;",
      'export type Thing = (typeof Thing)[keyof typeof Thing];',
    ],
  },
  {
    kind: 'tuples',
    schemas: {
      Thing: object({
        closed: { type: 'array', prefixItems: [text, number], minItems: 2, items: false },
        open: { type: 'array', prefixItems: [text], items: number },
      }),
    },
    prints: ['closed?: [string, number];\n  open?: [string?, ...number[]];'],
  },
  {
    kind: 'maps, patterns of names and closed objects',
    schemas: {
      Thing: object({
        map: { type: 'object', additionalProperties: { type: 'integer' } },
        patterns: { type: 'object', patternProperties: { '^x-': text, '^n-': number }, additionalProperties: false },
        names: { type: 'object', propertyNames: { enum: ['a', 'b'] }, additionalProperties: number },
        closed: object({ a: text }, [], { additionalProperties: false }),
      }),
    },
    prints: [
      'map?: { [key: string]: number };',
      'patterns?: { [key: string]: string | number };',
      'names?: { a?: number; b?: number };',
      'closed?: { a?: string };',
    ],
  },
  {
    kind: 'recursion',
    schemas: { Thing: object({ next: ref('Thing'), all: { type: 'object', additionalProperties: ref('Thing') } }) },
    prints: ['export interface Thing {\n  next?: Thing;\n  all?: { [key: string]: Thing };\n}'],
  },
  {
    kind: 'untyped schemas and not',
    schemas: { Thing: object({ a: {}, b: { description: 'Anything.' }, c: { not: text }, d: true, e: false }) },
    prints: ['a?: unknown;\n  /** Anything. */\n  b?: unknown;\n  c?: unknown;\n  d?: unknown;\n  e?: never;'],
  },
  {
    kind: 'formats',
    schemas: {
      Thing: object({
        at: { ...text, format: 'date-time' },
        big: { type: 'integer', format: 'int64' },
        small: { type: 'integer', format: 'int32' },
        own: { ...text, format: 'iban' },
      }),
    },
    prints: [
      '/** Format date-time. */\n  at?: string;\n  big?: Int64;\n  small?: number;\n  /** Format iban. */\n  own?: string;',
    ],
  },
  {
    kind: 'enumerations that must both hold',
    schemas: {
      Thing: {
        allOf: [
          { ...text, enum: ['a', 'b'] },
          { ...text, enum: ['b', 'c'] },
        ],
      },
    },
    prints: ["export type Thing = 'b';"],
  },
  {
    kind: 'names that are reserved, dotted, numbered, not ASCII, or equal but for case',
    schemas: {
      Thing: object({
        class: ref('class'),
        a: ref('Class'),
        '1st': ref('3d.model'),
        'x-y': ref('größe'),
        ['__proto__']: text,
      }),
      class: object({ x: text }),
      Class: object({ y: text }),
      '3d.model': object({ z: text }),
      größe: object({ cm: number }),
    },
    prints: ['class?: Class;\n  a?: Class2;', "'1st'?: _3dModel;\n  'x-y'?: Größe;"],
  },
];

async function describing(schemas: Record<string, unknown>, version = '3.1.0'): Promise<Description> {
  const content = { content: { 'application/json': { schema: ref('Thing') } } };
  const operations = {
    get: { responses: { 200: { description: '', ...content } } },
    post: { requestBody: { required: true, ...content }, responses: { 204: { description: '' } } },
  };
  return describeDocument(openapi({ '/things/{id}': operations }, { components: { schemas } }, version));
}

const modulesOf = (description: Description) =>
  generateModules(deriveSmartObjects({ name: 'lib', displayName: 'Lib' }, description), description.types);

describe('the types of a descriptor, in its modules', () => {
  const all: { path: string; content: string }[] = [];

  for (const [n, { kind, schemas, prints, version }] of kinds.entries()) {
    it(`say ${kind}`, async () => {
      const files = modulesOf(await describing(schemas, version));
      const printed = files.map(({ content }) => content).join('\n');
      for (const text of prints) expect(printed).to.include(text);
      all.push(...files.map(({ path, content }) => ({ path: `k${n}/${path}`, content })));
    });
  }

  it('compile under strict, and are formatted', async () => {
    expect(all.length).to.be.greaterThan(kinds.length);
    expect(await typeCheck(all)).to.deep.equal([]);
    expect(await formatCheck(all)).to.deep.equal([]);
  });
});

/** Modules as they are read in review. `UPDATE_GOLDEN=1 npx mocha --spec test/codegen/kinds-of-types.test.ts` writes them anew. */
describe('the modules of a lending library', () => {
  const golden = join(import.meta.dirname, '../golden');
  let files: readonly GeneratedFile[] = [];

  before(async () => {
    const document = JSON.parse(await readFile(join(golden, 'library.json'), 'utf8'));
    const description = await describeDocument(document);
    files = generateModules(
      deriveSmartObjects({ name: 'library', displayName: 'Library' }, description),
      description.types,
    );
  });

  it('are the golden ones', () => {
    if (process.env.UPDATE_GOLDEN === '1') writeModules(files, join(golden, 'library'));
    expect(checkModules(files, join(golden, 'library'))).to.deep.equal([]);
  });

  it('let through what their users may write, and nothing else', async () => {
    const consumer = await readFile(join(golden, 'library-consumer.ts'), 'utf8');
    const placed = files.map(({ path, content }) => ({ path: `library/${path}`, content }));
    expect(await typeCheck([...placed, { path: 'library-consumer.ts', content: consumer }])).to.deep.equal([]);
  });

  it('hold no two types of one structure, but for inputs of a single key', () => {
    const bodies = files
      .flatMap(({ content }) => [...content.matchAll(/^export interface \w+(.*?\n)\}/gms)])
      .map(([, body = '']) => body)
      .filter((body) => body.includes('extends') || body.split(';').length > 2);
    expect(bodies.length).to.be.greaterThan(6);
    expect(new Set(bodies).size).to.equal(bodies.length);
  });
});
