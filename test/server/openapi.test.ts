import SwaggerParser from '@apidevtools/swagger-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { type Fixture, startFixture } from './fixture.js';

describe('/openapi.json', () => {
  let fixture: Fixture;
  let document: ReturnType<typeof JSON.parse>;

  before(async () => {
    fixture = await startFixture();
    document = (await fixture.ask('/openapi.json')).json;
  });
  after(() => fixture.close());

  it('is a valid OpenAPI 3.1 document', async () => {
    const copy = structuredClone(document);
    await SwaggerParser.validate(copy);
    expect(document.openapi).to.equal('3.1.0');
    expect(document.servers).to.deep.equal([{ url: fixture.url }]);
  });

  it('gives each operation its own id', () => {
    const ids = Object.values<Record<string, { operationId: string }>>(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).to.equal(ids.length).and.greaterThan(30);
  });

  it('describes what the server answers', async () => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    addFormats.default(ajv);
    ajv.addSchema(document, 'openapi');
    const paths = [
      '/api/smartobjects',
      '/api/smartobjects/Probe_Contact',
      '/api/smartmethods',
      '/api/smartmethods/facets',
      '/api/smartobjects/Probe_Contact/read/schema',
      '/api/service-types',
      '/api/service-instances',
      '/api/service-instances/Probe',
      '/api/service-instances/Probe/diagnostics',
      '/api/keys',
      '/api/audit',
      '/api/me',
      '/healthz',
    ];
    for (const path of paths) {
      const { json, status } = await fixture.ask(path, { as: 'admin' });
      expect(status, path).to.equal(200);
      const template = Object.keys(document.paths).find((candidate) => matches(candidate, path)) ?? '';
      const pointer = template
        .replaceAll('~', '~0')
        .replaceAll('/', '~1')
        .replaceAll('{', '%7B')
        .replaceAll('}', '%7D');
      const validate = ajv.compile({
        $ref: `openapi#/paths/${pointer}/get/responses/200/content/application~1json/schema`,
      });
      expect(validate(json), `${path}: ${JSON.stringify(validate.errors)}`).to.equal(true);
    }
    const missing = await fixture.ask('/api/users/nobody', { as: 'admin' });
    const problem = ajv.compile({ $ref: 'openapi#/components/schemas/Problem' });
    expect(problem(missing.json), JSON.stringify(problem.errors)).to.equal(true);
  });
});

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
