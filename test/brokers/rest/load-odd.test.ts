import { expect } from 'chai';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { Findings } from '../../../brokers/rest/load/index.js';
import { parseText } from '../../../brokers/rest/load/parse.js';
import { parseYaml } from '../../../brokers/rest/load/yaml.js';
import { rejection } from '../../support/rejection.js';
import { codesOf, describeFiles, giving, onlyMethod, openapi } from './describing.js';

const read = (text: string) => parseYaml(text, 'api.yaml', new Findings());
const refusal = (content: string | Buffer, file: string) =>
  rejection(describeFiles({ [file]: content }), 'DESCRIPTOR_INVALID').then(({ message }) => message);

/** A document whose one body is nested so many levels deep. */
function nested(levels: number, open: string, close: string): string {
  const document = openapi({
    '/things': { post: { requestBody: { content: { 'application/json': { schema: 'HERE' } } }, responses: {} } },
  });
  return JSON.stringify(document).replace('"HERE"', `${open.repeat(levels)}{}${close.repeat(levels)}`);
}

describe('REST: reading odd descriptors', () => {
  it('gives the same as the careful reader for YAML of any content', () => {
    const options = { lineWidth: 0 };
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'),
        (value, style) => {
          const text = stringify(value, { ...options, defaultStringType: style as 'PLAIN' });
          // Seldom, the writer and the careful reader do not agree themselves: at a block that begins with a space.
          fc.pre(JSON.stringify(parse(text)) === JSON.stringify(value));
          // It writes a key `<<` as it is, which is a merge when it is read.
          fc.pre(!text.includes('<<'));
          expect(read(text)).to.deep.equal(parse(text));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes plain values as YAML 1.2 does', () => {
    const text = 'a: [012, 1_000, 0o17, 0b11, .5, 1e3, yes, on, 2020-01-01, 12:30:45, ~, True, 0x1F, +12, 1.0]';
    expect(read(text)).to.deep.equal({
      a: [12, '1_000', 15, '0b11', 0.5, 1000, 'yes', 'on', '2020-01-01', '12:30:45', null, true, 31, 12, 1],
    });
  });

  it('tells duplicate keys in JSON with their line, at any depth, and not those that only look alike', async () => {
    const text = `{"openapi":"3.1.0","info":{"title":"{\\"a\\":1,\\"a\\":2}","a":1},
"servers":[{"url":"https://a.example"},{"url":"https://b.example"}],
"paths":{"/a":{"get":{"responses":{}}},"/\\u0061":{"post":{"responses":{},
"responses":{}}}}}`;
    const { diagnostics, operations } = await describeFiles({ 'api.json': text });
    const found = diagnostics.filter(({ code }) => code === 'KEY_DUPLICATE');
    expect(
      found.map(({ message, location }) => [/"(.*)" stands/.exec(message)?.[1], location?.split(':').at(-1)]),
    ).to.deep.equal([
      ['/a', '3'],
      ['responses', '4'],
    ]);
    expect(operations).to.equal(1);
  });

  it('finds duplicates wherever they were put in', () => {
    const findings = new Findings();
    const property = fc.property(fc.jsonValue({ maxDepth: 3 }), fc.string(), (value, key) => {
      const inner = JSON.stringify(value);
      const name = JSON.stringify(key);
      const before = findings.list().length;
      expect(parseText(`{"x":[${inner}],${name}:1}`, `once ${before}`, findings)).to.have.property('x');
      const once = findings.list().length;
      parseText(`{"y":[${inner}, {${name}:1, ${name} : 2}]}`, `twice ${once} ${name}`, findings);
      expect([once - before, findings.list().length - once]).to.deep.equal([key === 'x' ? 1 : 0, 1]);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('refuses aliases that multiply or go round, and takes those that do neither', async () => {
    const lines = ['a0: &a0 { type: string }'];
    for (let n = 1; n < 30; n++) lines.push(`a${n}: &a${n} { a: *a${n - 1}, b: *a${n - 1} }`);
    expect(await refusal(`openapi: 3.1.0\n${lines.join('\n')}\npaths: {}`, 'api.yaml')).to.include('aliases multiply');
    expect(await refusal('openapi: 3.1.0\nx: &x { a: *x }\npaths: {}', 'api.yaml')).to.include('alias stands inside');
    expect(read('a: &a { b: 1 }\nc: [*a, *a]\nd: { <<: *a, e: 2 }')).to.deep.equal({
      a: { b: 1 },
      c: [{ b: 1 }, { b: 1 }],
      d: { b: 1, e: 2 },
    });
  });

  for (const [what, open, close] of [
    ['objects', '{"type":"object","properties":{"a":', '}}'],
    ['lists', '{"type":"array","items":', '}'],
    ['allOf', '{"allOf":[', ']}'],
    ['anyOf', '{"anyOf":[{"type":"string"},', ']}'],
  ] as const) {
    it(`takes ${what} nested 10,000 levels deep for anything below the hundredth`, async () => {
      const description = await describeFiles({ 'api.json': nested(10_000, open, close) });
      expect(codesOf(description)).to.deep.equal(['SCHEMA_TOO_DEEP']);
      expect(onlyMethod(description).name).to.be.a('string');
    });
  }

  it('says that YAML is nested too deeply', async () => {
    const deep = `openapi: 3.1.0\npaths: ${'{a: '.repeat(10_000)}x${'}'.repeat(10_000)}`;
    expect(await refusal(deep, 'api.yaml')).to.include('is nested too deeply');
    const blocks = Array.from({ length: 5_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    expect(await refusal(blocks, 'api.yaml')).to.include('is nested too deeply');
  });

  it('reads 10 MB of YAML in a single line', async () => {
    const path = (n: number) =>
      `/p${n}: {get: {description: ${'x'.repeat(900)}, responses: {'200': {description: fine}}}}`;
    const paths = Array.from({ length: 10_000 }, (_, n) => path(n)).join(', ');
    const description = await describeFiles({ 'api.yaml': `{openapi: 3.1.0, info: {title: x}, paths: {${paths}}}` });
    expect(description.operations).to.equal(10_000);
    expect(codesOf(description)).to.include('JSON_LENIENT');
  }).timeout(60_000);

  it('reads UTF-16 without a mark, and Windows-1252 with a warning', async () => {
    const text = JSON.stringify(openapi({ '/cafés': { get: giving({ type: 'string' }) } }));
    const plain = await describeFiles({ 'api.json': Buffer.from(text, 'utf16le') });
    expect([plain.operations, codesOf(plain)]).to.deep.equal([1, []]);
    const western = await describeFiles({ 'api.json': Buffer.from(text, 'latin1') });
    expect([western.operations, codesOf(western)]).to.deep.equal([1, ['ENCODING']]);
    expect(JSON.stringify(onlyMethod(western).binding)).to.include('/caf%C3%A9s');
  });

  it('refuses what is cut off, compressed or two documents in one, and says so', async () => {
    const whole = JSON.stringify(openapi({ '/a': { get: giving({ type: 'string' }) } }));
    expect(await refusal(whole.slice(0, -40), 'api.json')).to.match(/is not valid JSON: .*line 1/);
    expect(await refusal(Buffer.from([0x1f, 0x8b, 8, 0]), 'api.json')).to.include('is gzip data');
    expect(await refusal('openapi: 3.1.0\0', 'api.yaml')).to.include('is a binary file');
  });

  it('skips by name what is no operation, and describes the rest', async () => {
    const description = await describeFiles({
      'api.json': openapi({
        '/a': [],
        '/b': { get: null, post: 7, put: giving({ type: 'string' }), parameters: 'x' },
        '/c': { get: { parameters: [null, 7, {}], requestBody: 5, responses: 'x' } },
        '/d': { post: { requestBody: { content: { 'application/json': null, x: 'y' } }, responses: { 200: null } } },
      }),
    });
    const skipped = description.diagnostics.filter(({ severity }) => severity === 'skipped');
    expect(skipped.map(({ operation }) => operation)).to.have.members(['/a', 'GET /b', 'POST /b']);
    expect(description.operations).to.equal(6);
    expect(description.serviceObjects.flatMap(({ methods }) => methods)).to.have.length(3);
  });

  it('takes an enumeration of 100,000 values and an object of 20,000 optional properties', async () => {
    const names = Array.from({ length: 20_000 }, (_, n) => `p${n}`);
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    const schema = { type: 'object', required: names, properties };
    const content = { 'application/json': { schema } };
    const values = Array.from({ length: 100_000 }, (_, n) => `v${n}`);
    const parameters = [{ name: 'value', in: 'query', schema: { type: 'string', enum: values } }];
    const description = await describeFiles({
      'api.json': openapi({ '/a': { post: { parameters, requestBody: { content }, responses: {} } } }),
    });
    expect(JSON.stringify(onlyMethod(description).input).length).to.be.lessThan(5_000_000);
  }).timeout(30_000);
});
