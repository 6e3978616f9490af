import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import fc from 'fast-check';
import { deriveSmartObjects, generateModules } from '../../codegen/index.js';
import { Compiled } from '../brokers/rest/compiling.js';
import { describeDocument, openapi } from '../brokers/rest/describing.js';
import { randomSchema } from './random-schema.js';
import { typeCheck } from './type-check.js';

/** Schemas for each run, described as the answers of one document. */
const SCHEMAS = 60;
/** Values tried against each schema. */
const VALUES = 25;

/** Schema and values that are valid to it, by a validator that knows nothing of ours. */
interface Sample {
  readonly schema: unknown;
  /** Made for the schema: no members but those that it names. */
  readonly fitting: readonly unknown[];
  /** Any JSON that happens to be valid. */
  readonly other: readonly unknown[];
}

function samples(seed: number): Sample[] {
  return fc.sample(randomSchema(), { numRuns: SCHEMAS, seed }).map(({ schema, values }, n) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(schema as object);
    const valid = (of: fc.Arbitrary<unknown>): unknown[] =>
      fc.sample(of, { numRuns: VALUES, seed: seed + n }).filter((value) => validate(value));
    return { schema, fitting: valid(values), other: valid(fc.jsonValue({ maxDepth: 2 })) };
  });
}

async function describing(all: readonly Sample[]) {
  const schemas = Object.fromEntries(all.map(({ schema }, n) => [`Type${n}`, schema]));
  const content = (n: number) => ({ 'application/json': { schema: { $ref: `#/components/schemas/Type${n}` } } });
  const paths = Object.fromEntries(
    all.map((_, n) => [`/wrap${n}/{id}`, { get: { responses: { 200: { description: '', content: content(n) } } } }]),
  );
  return describeDocument(openapi(paths, { components: { schemas } }));
}

/** The type that only this value has: assignable wherever the value is. A literal would be refused for what it has in excess. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(typeOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}: ${typeOf(member)}`)
    .join('; ')} }`;
}

describe('random schemas', () => {
  for (const seed of [1, 22]) {
    it(`take every value that they took in the descriptor, as types and in TypeScript (seed ${seed})`, async () => {
      const all = samples(seed);
      expect(all.filter(({ fitting }) => fitting.length > 0).length, 'schemas with values').to.be.greaterThan(
        SCHEMAS / 2,
      );
      const description = await describing(all);
      const compiled = new Compiled(description);
      const assignments: string[] = [];
      for (const [n, { schema, fitting, other }] of all.entries()) {
        const name = `Type${n}`;
        if (description.types[name] === undefined) continue;
        const accepts = compiled.type(name);
        for (const [m, value] of [...fitting, ...other].entries()) {
          const shown = `${JSON.stringify(value)} by ${JSON.stringify(schema)}`;
          expect(accepts(value), shown).to.equal(true);
          if (m < fitting.length)
            assignments.push(`export const take${n}_${m} = (given: ${typeOf(value)}): ${name} => given;`);
        }
      }
      expect(assignments.length).to.be.greaterThan(SCHEMAS);
      const objects = deriveSmartObjects({ name: 'random', displayName: 'Random' }, description);
      const files = generateModules(objects, description.types);
      const used = [...new Set(assignments.map((line) => /: (\w+) => given/.exec(line)?.[1] ?? ''))];
      const consumer = `import type { ${used.join(', ')} } from './random/index.js';\n${assignments.join('\n')}\n`;
      const placed = files.map(({ path, content }) => ({ path: `random/${path}`, content }));
      expect(await typeCheck([...placed, { path: 'consumer.ts', content: consumer }])).to.deep.equal([]);
    }).timeout(120_000);
  }
});
