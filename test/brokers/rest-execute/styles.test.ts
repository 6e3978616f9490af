import { expect } from 'chai';
import fc from 'fast-check';
import { executeRest } from '../../../brokers/rest/execute/index.js';
import type { ParameterPlan, ParameterStyle, RequestPlan } from '../../../brokers/rest/plan.js';
import { rejection } from '../../support/rejection.js';
import { call, context, type EchoServer, echoServer, plan } from './echo-server.js';
import type { Decoded, Shape } from './style-decoder.js';
import * as decode from './style-decoder.js';

const array = ['blue', 'black', 'brown'];
const object = { R: '100', G: '200', B: '150' };
const parameter = (style: ParameterStyle, explode: boolean, more: Partial<ParameterPlan> = {}): ParameterPlan => ({
  name: 'color',
  input: 'color',
  style,
  explode,
  ...more,
});

/** The examples of OpenAPI 3.1.1 §4.8.12.5, as they stand there. */
const table: [ParameterStyle, boolean, string, string, string][] = [
  ['matrix', false, ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
  ['matrix', true, ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
  ['label', false, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
  ['label', true, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  ['simple', false, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['form', false, 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
  ['form', true, 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
  ['spaceDelimited', false, 'color=blue', 'color=blue%20black%20brown', 'color=R%20100%20G%20200%20B%20150'],
  ['pipeDelimited', false, 'color=blue', 'color=blue%7Cblack%7Cbrown', 'color=R%7C100%7CG%7C200%7CB%7C150'],
  ['tsv', false, 'color=blue', 'color=blue%09black%09brown', 'color=R%09100%09G%09200%09B%09150'],
  [
    'deepObject',
    true,
    'color=blue',
    'color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown',
    'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
  ],
];
const inPath = new Set<ParameterStyle>(['matrix', 'label', 'simple']);

describe('parameter styles', () => {
  let server: EchoServer;
  before(async () => {
    server = await echoServer();
  });
  after(() => server.close());

  async function sent(parts: Partial<RequestPlan>, input: Record<string, unknown>) {
    await executeRest(call(plan(server.origin, parts), input), context);
    const last = server.arrived.at(-1);
    if (last === undefined) throw new Error('Nothing arrived.');
    return last;
  }

  for (const [style, explode, ...expected] of table) {
    it(`writes ${style}, explode ${explode}, as the table says`, async () => {
      for (const [index, value] of ['blue', array, object].entries()) {
        const place: Partial<RequestPlan> = inPath.has(style)
          ? { path: ['/x/', parameter(style, explode)] }
          : { query: [parameter(style, explode)] };
        const { target } = await sent(place, { color: value });
        expect(target.slice(inPath.has(style) ? 3 : '/x?'.length)).to.equal(expected[index]);
      }
    });
  }

  it('writes what is empty', async () => {
    expect((await sent({ query: [parameter('form', true)] }, { color: '' })).target).to.equal('/x?color=');
    for (const color of [undefined, null, [], {}, [null]]) {
      expect((await sent({ query: [parameter('form', true)] }, { color })).target).to.equal('/x');
    }
    expect((await sent({ query: [parameter('form', false, { allowEmpty: true })] }, { color: [] })).target).to.equal(
      '/x?color=',
    );
    const absent = { query: [parameter('form', false, { allowEmpty: true })] };
    expect((await sent(absent, {})).target).to.equal('/x');
    expect((await sent(absent, { color: null })).target).to.equal('/x?color=');
    expect((await sent({ path: ['/x/', parameter('matrix', false)] }, { color: '' })).target).to.equal('/x/;color');
  });

  it('nests deepObject', async () => {
    const color = { a: { b: 1, c: [true, 'x'] }, d: [{ e: 2 }] };
    const { target } = await sent({ query: [parameter('deepObject', true)] }, { color });
    expect(decodeURIComponent(target)).to.equal('/x?color[a][b]=1&color[a][c][]=true&color[a][c][]=x&color[d][0][e]=2');
  });

  it('lets reserved characters stand where the plan allows it, but none that would end the value', async () => {
    const reserved = "a/b?c:d@e!$'(*),;=f&g+h#i j%20[k]";
    const open = await sent({ query: [parameter('form', true, { allowReserved: true })] }, { color: reserved });
    expect(open.target).to.equal('/x?color=a/b?c:d@e!$%27(*),;=f%26g%2Bh%23i%20j%20[k]');
    const closed = await sent(
      { path: ['/x/', parameter('simple', false, { allowReserved: true })] },
      { color: 'a/b?c:d#e' },
    );
    expect(closed.target).to.equal('/x/a%2Fb%3Fc:d%23e');
  });

  it('serialises content parameters in their media type', async () => {
    const json = parameter('form', true, { mediaType: 'application/json' });
    const form = parameter('form', true, { mediaType: 'application/x-www-form-urlencoded' });
    expect(decodeURIComponent((await sent({ query: [json] }, { color: { a: [1] } })).target)).to.equal(
      '/x?color={"a":[1]}',
    );
    expect((await sent({ query: [form] }, { color: { a: '1 2' } })).target).to.equal('/x?color=a%3D1%25202');
    const headers = [parameter('simple', false, { mediaType: 'application/json' })];
    expect((await sent({ headers }, { color: ['x'] })).headers.color).to.equal('["x"]');
  });

  it('writes header and cookie parameters', async () => {
    for (const [explode, value, expected] of [
      [false, array, 'blue,black,brown'],
      [true, object, 'R=100,G=200,B=150'],
      [false, object, 'R,100,G,200,B,150'],
    ] as const) {
      expect((await sent({ headers: [parameter('simple', explode)] }, { color: value })).headers.color).to.equal(
        expected,
      );
    }
    expect((await sent({ cookies: [parameter('form', false)] }, { color: array })).headers.cookie).to.equal(
      'color=blue,black,brown',
    );
    expect((await sent({ cookies: [parameter('form', true)] }, { color: object })).headers.cookie).to.equal(
      'R=100; G=200; B=150',
    );
  });

  it('keeps a path value in its segment', async () => {
    const path = ['/x/', parameter('simple', false), '/y'] as const;
    expect((await sent({ path }, { color: '../a?b#c' })).target).to.equal('/x/..%2Fa%3Fb%23c/y');
    const count = server.arrived.length;
    for (const color of ['.', '..', '']) {
      const error = await rejection(sent({ path }, { color }), 'INPUT_INVALID');
      expect(error.fields[0]?.pointer).to.equal('/color');
    }
    expect(server.arrived).to.have.length(count);
  });

  it('refuses what text or a header cannot hold, and names the input', async () => {
    const broken = await rejection(sent({ query: [parameter('form', true)] }, { color: '\ud800' }), 'INPUT_INVALID');
    expect(broken.fields[0]?.pointer).to.equal('/color');
    await rejection(sent({ headers: [parameter('simple', false)] }, { color: 'a\r\nx: y' }), 'INPUT_INVALID');
  });

  describe('read back by a server of its own', () => {
    const characters = [...'az09-_~. %&=+?#/,;:|@!$\'()*"<>[]{}\\^`é漢😀\t'];
    const word = fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 });
    const safeWord = (excluded: RegExp) => word.map((text) => `v${text}`.replace(excluded, '_'));
    const values = (excluded: RegExp) => {
      const one = safeWord(excluded);
      return fc.oneof(
        one.map((value): [Shape, Decoded] => ['primitive', value]),
        fc.array(one, { minLength: 1, maxLength: 4 }).map((value): [Shape, Decoded] => ['array', value]),
        fc
          .dictionary(one, one, { minKeys: 1, maxKeys: 4, noNullPrototype: true })
          .map((value): [Shape, Decoded] => ['object', value]),
      );
    };
    const none = /(?!)/;

    const readers: Partial<Record<ParameterStyle, (raw: string, explode: boolean, shape: Shape) => Decoded>> = {
      simple: decode.simple,
      label: decode.label,
      matrix: (raw, explode, shape) => decode.matrix(raw, 'color', explode, shape),
    };
    for (const [style, read] of Object.entries(readers)) {
      it(`a path parameter in ${style}`, async () => {
        // A dot is not escaped anywhere, so `label` cannot carry one in an exploded value.
        const property = fc.asyncProperty(values(/\./g), fc.boolean(), async ([shape, color], explode) => {
          const path = ['/x/', parameter(style as ParameterStyle, explode)];
          const { target } = await sent({ path }, { color });
          expect(read(target.slice(3), explode, shape)).to.deep.equal(color);
        });
        await fc.assert(property, { numRuns: 60 });
      });
    }

    for (const style of ['form', 'spaceDelimited', 'pipeDelimited', 'tsv', 'deepObject'] as const) {
      it(`a query parameter in ${style}`, async () => {
        const delimiter = {
          form: none,
          spaceDelimited: / /g,
          pipeDelimited: /\|/g,
          tsv: /\t/g,
          deepObject: /[[\]]/g,
        };
        const property = fc.asyncProperty(values(delimiter[style]), fc.boolean(), async ([shape, color], exploded) => {
          const explode = style === 'deepObject' || exploded;
          if (style === 'deepObject' && shape !== 'object') return;
          const { target } = await sent({ query: [parameter(style, explode)] }, { color });
          const pairs = decode.pairsOf(target.slice('/x?'.length));
          expect(decode.query(pairs, 'color', style, explode, shape)).to.deep.equal(color);
        });
        await fc.assert(property, { numRuns: 60 });
      });
    }

    it('a cookie parameter', async () => {
      const property = fc.asyncProperty(values(none), fc.boolean(), async ([shape, color], explode) => {
        if (shape === 'object' && explode) return;
        const { headers } = await sent({ cookies: [parameter('form', explode)] }, { color });
        const pairs = decode.pairsOf(headers.cookie ?? '', '; ');
        expect(decode.query(pairs, 'color', 'form', explode, shape)).to.deep.equal(color);
      });
      await fc.assert(property, { numRuns: 60 });
    });
  });
});
