import { expect } from 'chai';
import fc from 'fast-check';
import { deriveSmartObjects, generateModules } from '../../codegen/index.js';
import {
  type JsonSchema,
  type JsonSchemaObject,
  typeReference as ref,
  type TypeMap,
} from '../../config/model/json-schema.js';
import type { Description, ServiceMethod } from '../../config/model/service-object.js';
import { randomDescription } from './random-description.js';
import { formatCheck, typeCheck } from './type-check.js';

const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchemaObject => ({
  type: 'object',
  properties,
  required,
});

function describing(types: TypeMap, objects: Record<string, Partial<ServiceMethod>[]>): Description {
  const serviceObjects = Object.entries(objects).map(([name, methods]) => ({
    name,
    displayName: name,
    properties: [],
    methods: methods.map((method, n) => ({
      name: `Get${n}`,
      displayName: 'Get',
      kind: 'read' as const,
      input: object({}),
      output: false,
      binding: null,
      ...method,
    })),
  }));
  return { types, serviceObjects, operations: 0, diagnostics: [], hosts: [] };
}

function generate(description: Description): Map<string, string> {
  const objects = deriveSmartObjects({ name: 'Lib', displayName: 'Library' }, description);
  return new Map(generateModules(objects, description.types).map(({ path, content }) => [path, content]));
}

/** The module of one object with one method that gives `schema`. */
function moduleOf(schema: JsonSchema, types: TypeMap = {}): string {
  return (
    generate(describing({ ...types, Result: schema }, { Thing: [{ output: ref('Result') }] })).get('thing.ts') ?? ''
  );
}

const asFiles = (files: Map<string, string>) => [...files].map(([path, content]) => ({ path, content }));

describe('generated modules', () => {
  it('compile and are formatted, whatever the types', async () => {
    const descriptions = fc.sample(randomDescription(14), { numRuns: 12, seed: 20 });
    const files = descriptions.flatMap((description, n) =>
      asFiles(generate(description)).map(({ path, content }) => ({ path: `d${n}/${path}`, content })),
    );
    expect(await typeCheck(files)).to.deep.equal([]);
    expect(await formatCheck(files)).to.deep.equal([]);
  });

  it('compile with objects and methods of any name', async () => {
    const names = [
      'Delete',
      'Transport',
      'Method',
      'Index',
      'Types',
      'Con',
      'Lib',
      'ConnectLib',
      'Größe',
      '日本',
      '_2fa',
      'Date',
      'date',
    ];
    const methods = ['default', 'delete', 'constructor_', 'All', 'all', 'then_', '日本', 'name', 'length'].map(
      (name) => ({
        name,
        output: ref('Date'),
        input: object({ __proto__x: {}, class: {} }),
      }),
    );
    const files = generate(
      describing({ Date: object({ a: {} }) }, Object.fromEntries(names.map((name) => [name, methods]))),
    );
    expect(new Set([...files.keys()].map((path) => path.toLowerCase())).size).to.equal(files.size);
    expect(await typeCheck(asFiles(files))).to.deep.equal([]);
    expect(await formatCheck(asFiles(files))).to.deep.equal([]);
  });

  it('keep the types of one object with it, and those that several share apart', () => {
    const types = { Own: object({ shared: ref('Shared') }), Shared: object({ deep: ref('Deep') }), Deep: object({}) };
    const files = generate(describing(types, { A: [{ output: ref('Own') }], B: [{ output: ref('Shared') }] }));
    expect(files.get('a.ts'))
      .to.include('export interface Own')
      .and.include("import type { Shared } from './types.js'");
    expect(files.get('types.ts')).to.include('export interface Shared').and.include('export interface Deep');
  });

  it('of some objects have the types that these need, and no other', async () => {
    const types = { Own: object({ deep: ref('Deep') }), Deep: object({ a: {} }), Other: object({ deep: ref('Deep') }) };
    const objects = deriveSmartObjects(
      { name: 'Lib', displayName: 'Library' },
      describing(types, { A: [{ output: ref('Own') }], B: [{ output: ref('Other') }] }),
    );
    const files = generateModules(
      objects.filter(({ name }) => name === 'Lib_A'),
      types,
    );
    expect(files.map(({ path }) => path)).to.deep.equal(['a.ts', 'index.ts']);
    const text = files.map(({ content }) => content).join('');
    expect(text).to.include('interface Own').and.include('interface Deep').and.not.include('Other');
    expect(await typeCheck(files)).to.deep.equal([]);
  });

  it('can be shaken: each module is functions, types and constants, and does nothing when it is loaded', () => {
    const named = { type: 'integer', enum: [1, 2], 'x-enum-varnames': ['Low', 'High'] } satisfies JsonSchema;
    const files = generate(
      describing({ Level: named }, { A: [{ output: ref('Level') }], B: [{ output: ref('Level') }] }),
    );
    for (const content of files.values()) {
      const statements = content.replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '').split(/\n(?=\S)/);
      const effects = statements.filter(
        (line) => !/^\s*(?:$|import |export (?:function|interface|type|const \w+ = \{|\*)|[})])/.test(line),
      );
      expect(effects).to.deep.equal([]);
    }
    expect(files.get('index.ts')).to.include("export * from './types.js';");
  });

  it('name an inline object after its title where that means one structure, and nothing where it means two', async () => {
    const point = (more: object) => ({
      ...object({ x: { type: 'number' }, y: { type: 'number' } }),
      title: 'Point',
      ...more,
    });
    const text = moduleOf(object({ a: point({}), b: point({ description: 'Where.' }) }));
    expect(text.match(/interface Point /g)).to.have.length(1);
    expect(text).to.include('a?: Point;').and.include('b?: Point;');
    const two = moduleOf(object({ a: point({}), b: point({ required: ['x'] }) }));
    expect(two).not.to.include('interface Point');
    const known = moduleOf(object({ a: point({}), b: ref('Point') }), { Point: point({}) });
    expect(known.match(/interface Point /g)).to.have.length(1);
    expect(await typeCheck(asFiles(new Map([['thing.ts', text]])))).to.deep.equal([]);
  });

  it('divide many shared types over files, behind the same import', async () => {
    const types: TypeMap = {};
    for (let n = 0; n < 400; n++)
      types[`${['Account', 'Bank', 'Card'][n % 3]}Type${n}`] = object({ next: ref(`BankType${n - (n % 3) + 1}`) });
    types.ZedAlone = object({});
    const all = object(Object.fromEntries(Object.keys(types).map((name) => [name, ref(name)])));
    const files = generate(
      describing({ ...types, All: all }, { A: [{ output: ref('All') }], B: [{ output: ref('All') }] }),
    );
    expect([...files.keys()]).to.include.members([
      'types.ts',
      'types/account.ts',
      'types/bank.ts',
      'types/card.ts',
      'types/z.ts',
    ]);
    expect(await typeCheck(asFiles(files))).to.deep.equal([]);
    expect(await formatCheck(asFiles(files))).to.deep.equal([]);
  });

  it('name a type after what it is called, and never after a global', () => {
    const types = {
      'contact-status': { enum: ['a'] },
      contactStatus: { enum: ['b'] },
      Promise: object({}),
      '1st': object({}),
    };
    const text = moduleOf(
      object({ a: ref('contact-status'), b: ref('contactStatus'), c: ref('Promise'), d: ref('1st') }),
      types,
    );
    expect(text).to.include("type ContactStatus = 'a'").and.include("type ContactStatus2 = 'b'");
    expect(text).to.include('interface PromiseType').and.include('interface _1st');
  });

  it('cannot be broken out of by a description', () => {
    const description = 'one */ export const x = 1; /*\u2028@deprecated\u0000 two\u202e\r\n```\n@example\n```';
    const text = moduleOf({ ...object({ a: { type: 'string', description, default: '*/ x' } }), description });
    expect(text).not.to.match(/\*\/ export/);
    expect(text).not.to.match(/[\0\u2028\u202e]/);
    expect(text).to.include(' * \\@deprecated two').and.include('@default "*\\/ x"');
  });
});

describe('a library without SmartObjects', () => {
  it('compiles and is formatted', async () => {
    const files = generateModules([], {}, { name: 'nothing' });
    expect(files.map(({ path }) => path)).to.deep.equal(['index.ts']);
    expect(await typeCheck(files)).to.deep.equal([]);
    expect(await formatCheck(files)).to.deep.equal([]);
  });
});

describe('the types of generated modules', () => {
  const cases: [string, JsonSchema, string][] = [
    [
      'optional and nullable apart',
      object({ a: { type: ['string', 'null'] }, b: { type: 'string' } }, ['a']),
      'a: string | null;\n  b?: string;',
    ],
    [
      'wide integers',
      object({ a: { type: 'integer', format: 'int64' }, b: { type: 'integer', format: 'int32' } }),
      'a?: Int64;',
    ],
    [
      'a wide integer with narrow bounds',
      object({ a: { type: 'integer', format: 'int64', minimum: 0, maximum: 9 } }),
      'a?: number;',
    ],
    [
      'typed maps',
      { type: 'object', additionalProperties: { type: 'number' } },
      'export interface Result {\n  [key: string]: number;\n}',
    ],
    [
      'maps beside members of the same type',
      { ...object({ a: { type: 'number' } }), additionalProperties: { type: 'number' } },
      '[key: string]: number | undefined;',
    ],
    [
      'maps beside other members',
      { ...object({ a: { type: 'string' } }), additionalProperties: { type: 'number' } },
      '[key: string]: unknown;',
    ],
    [
      'pattern properties',
      { type: 'object', patternProperties: { '^x-': { type: 'boolean' } } },
      '[key: string]: boolean;',
    ],
    [
      'mixed enumerations',
      { enum: ['a', 1, true, null, 1.5e300] },
      "export type Result = 'a' | 1 | true | 1.5e300 | null;",
    ],
    ['both booleans', { enum: [true, false] }, 'export type Result = boolean;'],
    ['constants', { const: { a: [1, 'x'] } }, "export type Result = { a: [1, 'x'] };"],
    [
      'open tuples',
      { type: 'array', prefixItems: [{ type: 'string' }, true], minItems: 1, items: { type: 'number' } },
      '[string, unknown?, ...number[]]',
    ],
    [
      'required members that are not described',
      { ...object({ a: {} }), required: ['b'] },
      'a?: unknown;\n  b: unknown;',
    ],
    ['a literal among strings', { anyOf: [{ enum: ['a'] }, { type: 'string' }] }, 'export type Result = string;'],
    ['nothing', false, 'export type Result = never;'],
    [
      'choices that only require',
      { ...object({ a: { type: 'string' } }), anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      'export interface Result {\n  a?: string;\n}',
    ],
    [
      'local references',
      { $defs: { node: object({ value: { type: 'string' } }) }, ...object({ a: { $ref: '#/$defs/node' } }) },
      'a?: { value?: string };',
    ],
  ];
  for (const [what, schema, expected] of cases) {
    it(`say ${what}`, () => {
      expect(moduleOf(schema)).to.include(expected);
    });
  }

  it('extend what they are composed of, and tighten what is required here', () => {
    const types = { Base: object({ id: { type: 'string' }, name: { type: 'string' } }, ['id']) };
    expect(
      moduleOf({ allOf: [ref('Base'), { required: ['name'] }, object({ extra: { type: 'number' } })] }, types),
    ).to.include('export interface Result extends Base {\n  extra?: number;\n  name: string;\n}');
  });

  it('copy the members of a base that they contradict', () => {
    const types = { Base: object({ id: { type: 'string' }, kind: { type: 'number' } }, ['id']) };
    expect(moduleOf({ allOf: [ref('Base'), object({ kind: { type: 'string' } })] }, types)).to.include(
      'export interface Result {\n  id: string;\n  kind?: string;\n}',
    );
  });

  it('narrow by the tag of a union, inherited or not', () => {
    const types: TypeMap = {
      Pet: object({ kind: { type: 'string' } }, ['kind']),
      Dog: { allOf: [ref('Pet'), object({ barks: { type: 'boolean' } })] },
      Cat: object({ lives: { type: 'integer' } }),
    };
    const text = moduleOf(
      { oneOf: [ref('Dog'), ref('Cat')], discriminator: { propertyName: 'kind', mapping: { hound: '#/types/Dog' } } },
      types,
    );
    expect(text).to.include("export interface Dog extends Pet {\n  kind: 'hound';");
    expect(text).to.include("export interface Cat {\n  kind: 'Cat';");
  });

  it('stop where a type stands for nothing but itself', async () => {
    const types = {
      A: { anyOf: [ref('B'), { type: 'null' }] },
      B: { allOf: [ref('A')] },
      C: { $ref: '#/types/C' },
    } satisfies TypeMap;
    const files = generate(describing(types, { Thing: ['A', 'B', 'C'].map((name) => ({ output: ref(name) })) }));
    expect(await typeCheck(asFiles(files))).to.deep.equal([]);
  });

  it('are written once for a description of 20,000 types in a chain', () => {
    const types: TypeMap = {};
    for (let n = 0; n < 20_000; n++) types[`T${n}`] = object({ next: ref(`T${n + 1}`) });
    const text = [...generate(describing(types, { Thing: [{ output: ref('T0') }] })).values()].join('');
    expect(text.match(/^export interface T\d+ /gm)?.length).to.equal(20_000);
  });
});
