import { expect } from 'chai';
import { deriveSmartObjects, generateModules } from '../../codegen/index.js';
import { describeDocument, openapi } from '../brokers/rest/describing.js';
import { typeCheck } from './type-check.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

/** Describes a document whose one operation takes and gives `T0`, and generates its modules. */
async function modulesOf(schemas: Record<string, unknown>) {
  const content = { content: { 'application/json': { schema: ref('T0') } } };
  const put = { requestBody: { required: true, ...content }, responses: { 200: { description: '', ...content } } };
  const description = await describeDocument(openapi({ '/things/{id}': { put } }, { components: { schemas } }));
  expect(description.diagnostics.filter(({ severity }) => severity === 'skipped')).to.deep.equal([]);
  expect(description.serviceObjects[0]?.methods).to.have.length(1);
  return generateModules(deriveSmartObjects({ name: 'deep', displayName: 'Deep' }, description), description.types);
}

const many = (count: number, schema: (n: number) => unknown): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`T${n}`, schema(n)]));

describe('types composed without end', () => {
  it('extend one another five thousand times', async () => {
    const last = 4_999;
    const schemas = many(5_000, (n) =>
      n === last ? object({ end: text }) : { allOf: [ref(`T${n + 1}`), object({ [`own${n}`]: text })] },
    );
    expect((await modulesOf(schemas)).some(({ content }) => content.includes('end?: string;'))).to.equal(true);
  }).timeout(60_000);

  it('have members that each extend the next type, five thousand times', async () => {
    const schemas = many(5_000, (n) =>
      object({ id: text, inner: { allOf: [ref(`T${(n + 1) % 5_000}`), object({ inner: object({ note: text }) })] } }),
    );
    expect((await modulesOf(schemas)).length).to.be.greaterThan(1);
  }).timeout(60_000);

  it('are closed, and extend two that extend two that …', async () => {
    const closed = (n: number) => ({
      allOf: [ref(`T${n + 2 - (n % 2)}`), ref(`T${n + 3 - (n % 2)}`), object({ [`own${n}`]: text })],
      additionalProperties: false,
    });
    const schemas = many(120, (n) => (n > 117 ? object({ end: text }, { additionalProperties: false }) : closed(n)));
    expect(await typeCheck(await modulesOf(schemas))).to.deep.equal([]);
  }).timeout(60_000);

  it('extend themselves through others, closed or not', async () => {
    for (const additionalProperties of [true, false]) {
      const schemas = {
        T0: { allOf: [ref('T1'), object({ a: text })], additionalProperties },
        T1: { allOf: [ref('T0'), object({ b: text })], additionalProperties },
      };
      expect(await typeCheck(await modulesOf(schemas))).to.deep.equal([]);
    }
  });

  it('extend three hundred types that contradict each other', async () => {
    const types = ['string', 'number', 'boolean'];
    const schemas = {
      ...many(300, (n) => object({ a: { type: types[n % 3] }, [`own${n}`]: text })),
      T0: { allOf: Array.from({ length: 299 }, (_, n) => ref(`T${n + 1}`)) },
    };
    expect(await typeCheck(await modulesOf(schemas))).to.deep.equal([]);
  }).timeout(60_000);

  it('extend one base by two ways', async () => {
    const schemas = {
      T0: { allOf: [ref('Left'), ref('Right')] },
      Left: { allOf: [ref('Base'), object({ left: text })] },
      Right: { allOf: [ref('Base'), object({ right: text })] },
      Base: object({ id: text }, { required: ['id'] }),
    };
    const files = await modulesOf(schemas);
    const thing = files.find(({ path }) => path === 'thing.ts')?.content ?? '';
    expect(thing).to.include('left?: string;').and.include('right?: string;');
    expect(await typeCheck(files)).to.deep.equal([]);
  });
});
