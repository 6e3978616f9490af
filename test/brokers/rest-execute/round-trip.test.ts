import { expect } from 'chai';
import fc from 'fast-check';
import { executeRest } from '../../../brokers/rest/execute/index.js';
import { compileInput } from '../../../runtime/engine/validate.js';
import { describeDocument, onlyMethod, openapi } from '../rest/describing.js';
import { type Arrived, context, type EchoServer, echoServer } from './echo-server.js';
import { readBody, readParameter } from './request-reader.js';

type Schema = Readonly<Record<string, unknown>>;

/** A part of a request: how the document declares it, and what is given. */
interface Given {
  readonly schema: Schema;
  readonly value: unknown;
}

const characters = [...'az09-_~ %&=+?#/;:@!$\'()*"<>[]{}\\^`é漢😀'];
/** Begins with a letter, so that it is no number, nor empty; has no comma, dot or bar, which some styles cannot tell from their own. */
const text = fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 }).map((tail) => `v${tail}`);
const name = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019_'), minLength: 1, maxLength: 6 })
  .map((tail) => `n${tail}`);

const scalar: fc.Arbitrary<Given> = fc.oneof(
  text.map((value) => ({ schema: { type: 'string' }, value })),
  fc.integer().map((value) => ({ schema: { type: 'integer' }, value })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => ({ schema: { type: 'number' }, value: value + 0 })),
  fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
);

const listOf = (item: fc.Arbitrary<Given>): fc.Arbitrary<Given> =>
  fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => {
    const first = items[0]?.schema ?? {};
    const same = items.filter(({ schema }) => JSON.stringify(schema) === JSON.stringify(first));
    return { schema: { type: 'array', items: first }, value: same.map(({ value }) => value) };
  });

const objectOf = (member: fc.Arbitrary<Given>): fc.Arbitrary<Given> =>
  fc.dictionary(name, member, { minKeys: 1, maxKeys: 4, noNullPrototype: true }).map((members) => ({
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(members).map(([key, { schema }]) => [key, schema])),
    },
    value: Object.fromEntries(Object.entries(members).map(([key, { value }]) => [key, value])),
  }));

const flat = fc.oneof(scalar, listOf(scalar), objectOf(scalar));
const nested: fc.Arbitrary<Given> = fc.oneof(
  flat,
  listOf(objectOf(scalar)),
  objectOf(fc.oneof(listOf(scalar), objectOf(flat))),
);

/** The styles of each place, with whether they may be exploded, for each shape of value (OpenAPI 3.1 §4.8.12.4). */
const styles: Readonly<
  Record<string, readonly (readonly [style: string, explode: boolean, shapes: readonly string[]])[]>
> = {
  path: ['simple', 'label', 'matrix'].flatMap((style) =>
    [true, false].map((explode) => [style, explode, ['scalar', 'array', 'object']] as const),
  ),
  header: [true, false].map((explode) => ['simple', explode, ['scalar', 'array', 'object']] as const),
  cookie: [
    ['form', false, ['scalar', 'array', 'object']],
    ['form', true, ['scalar', 'array']],
  ],
  query: [
    ['form', true, ['scalar', 'array']],
    ['form', false, ['scalar', 'array', 'object']],
    ['spaceDelimited', false, ['array', 'object']],
    ['pipeDelimited', false, ['array', 'object']],
    ['deepObject', true, ['object']],
  ],
};

const shapeOf = ({ schema }: Given): string =>
  schema.type === 'array' || schema.type === 'object' ? schema.type : 'scalar';

interface Parameter {
  readonly declared: Schema;
  readonly given: Given;
}

const parameter = (index: number): fc.Arbitrary<Parameter> =>
  fc.constantFrom(...Object.keys(styles)).chain((place) =>
    fc
      .oneof(
        {
          weight: 5,
          arbitrary: fc
            .tuple(fc.constantFrom(...(styles[place] ?? [])), flat)
            .map(([[style, explode, shapes], given]) => ({ style, explode, shapes, given })),
        },
        {
          weight: 1,
          arbitrary: nested.map((given) => ({
            style: 'content',
            explode: false,
            shapes: ['scalar', 'array', 'object'],
            given,
          })),
        },
      )
      .filter(({ style, shapes, given }) => shapes.includes(shapeOf(given)) && isCarried(place, style, given))
      .map(({ style, explode, given }) => {
        const common = { name: `p${index}`, in: place, required: true };
        const declared =
          style === 'content'
            ? { ...common, content: { 'application/json': { schema: given.schema } } }
            : { ...common, style, explode, schema: given.schema };
        return { declared, given };
      }),
  );

/** A header's text is not escaped, nor is a dot anywhere: `label` cannot tell one of the value from its own. */
function isCarried(place: string, style: string, { value }: Given): boolean {
  const written = JSON.stringify(value);
  if (place === 'header')
    return style === 'content' ? !/[^ -~]/.test(written) : !/[^ -~]|[,=]/.test(written.replace(/","|":/g, ''));
  if (style === 'label') return !written.includes('.');
  return style !== 'spaceDelimited' || !written.includes(' ');
}

interface Body {
  readonly mediaType: string;
  readonly encoding?: Schema;
  readonly given: Given;
}

const file = fc.uint8Array({ maxLength: 40 }).map((bytes) => ({
  schema: { type: 'string', format: 'binary' },
  value: { content: Buffer.from(bytes).toString('base64') },
}));

const bodies: readonly fc.Arbitrary<Body>[] = [
  nested.map((given) => ({ mediaType: 'application/json', given })),
  nested.map((given) => ({ mediaType: 'application/vnd.api+json', given })),
  objectOf(fc.oneof(flat, listOf(objectOf(scalar)))).map((given) => ({
    mediaType: 'application/x-www-form-urlencoded',
    given,
  })),
  fc
    .tuple(objectOf(fc.oneof(listOf(scalar), objectOf(scalar))), fc.constantFrom('pipeDelimited', 'deepObject', 'form'))
    .map(([given, style]) => {
      const fits = (schema: unknown) => style !== 'deepObject' || (schema as Schema).type === 'object';
      const properties = Object.entries(given.schema.properties as Schema).filter(([, schema]) => fits(schema));
      const encoding = Object.fromEntries(properties.map(([key]) => [key, { style, explode: style === 'deepObject' }]));
      return { mediaType: 'application/x-www-form-urlencoded', encoding, given };
    }),
  objectOf(fc.oneof(flat, file, listOf(file))).map((given) => ({ mediaType: 'multipart/form-data', given })),
  text.map((value) => ({ mediaType: 'text/plain', given: { schema: { type: 'string' }, value } })),
  file.map((given) => ({ mediaType: 'application/octet-stream', given })),
  listOf(objectOf(flat)).map((given) => ({ mediaType: 'application/x-ndjson', given })),
  objectOf(fc.oneof(scalar, listOf(scalar), objectOf(scalar))).map((given) => ({
    mediaType: 'application/xml',
    given,
  })),
];

describe('any method and input', () => {
  let server: EchoServer;
  before(async () => {
    server = await echoServer();
  });
  after(() => server.close());

  /** Describes an operation, checks the input against the method's schema, and calls it. */
  async function sent(parameters: readonly Parameter[], body?: Body): Promise<Arrived> {
    const inPath = parameters
      .filter(({ declared }) => declared.in === 'path')
      .map(({ declared }) => `/{${declared.name}}`);
    const content = body && {
      [body.mediaType]: { schema: body.given.schema, ...(body.encoding && { encoding: body.encoding }) },
    };
    const operation = {
      parameters: parameters.map(({ declared }) => declared),
      ...(content && { requestBody: { required: true, content } }),
      responses: { 204: { description: 'Done' } },
    };
    const document = openapi(
      { [`/things${inPath.join('')}`]: { post: operation } },
      { servers: [{ url: server.origin }] },
    );
    const method = onlyMethod(await describeDocument(document));
    const named = Object.fromEntries(parameters.map(({ declared, given }) => [declared.name, given.value]));
    const inputs = typeof method.input === 'object' ? (method.input.properties ?? {}) : {};
    const whole = 'body' in inputs ? { body: body?.given.value } : (body?.given.value as object);
    const input = { ...named, ...(body && whole) };
    expect(compileInput(method.input, {})(input)).to.deep.equal([]);
    await executeRest({ keys: {}, serviceObject: 'Thing', method, types: async () => ({}), input }, context);
    const arrived = server.arrived.at(-1);
    if (arrived === undefined) throw new Error('Nothing arrived.');
    return arrived;
  }

  it('arrives as it was given: parameters in every place and style', async () => {
    const some = fc
      .integer({ min: 1, max: 4 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => parameter(n))));
    await fc.assert(
      fc.asyncProperty(some, async (parameters) => {
        const arrived = await sent(parameters);
        const template = parameters
          .filter(({ declared }) => declared.in === 'path')
          .map(({ declared }) => String(declared.name));
        for (const { declared, given } of parameters)
          expect(readParameter(arrived, template, declared)).to.deep.equal(given.value);
      }),
      { numRuns: 150 },
    );
  }).timeout(120_000);

  for (const [index, body] of bodies.entries()) {
    const [example] = fc.sample(body, { seed: 1, numRuns: 1 });
    it(`arrives as it was given: a body as ${example?.mediaType}${example?.encoding ? ' with encodings' : ''} (${index + 1})`, async () => {
      await fc.assert(
        fc.asyncProperty(body, async (given) => {
          const arrived = await sent([], given);
          const read = await readBody(arrived, given.given.schema, given.encoding ?? {});
          expect(read).to.deep.equal(given.given.value);
        }),
        { numRuns: 40 },
      );
    }).timeout(120_000);
  }
});
