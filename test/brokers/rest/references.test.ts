import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { restBroker } from '../../../brokers/rest/index.js';
import { rejection } from '../../support/rejection.js';
import {
  codesOf,
  contextFor,
  describeDocument,
  describeFiles,
  giving,
  methodOf,
  onlyMethod,
  openapi,
  planOf,
  withFiles,
  withSchemas,
} from './describing.js';

const pet = { type: 'object', properties: { name: { type: 'string' } } };
const getting = (schema: unknown) => openapi({ '/pets/{id}': { get: giving(schema) } });
const typesOf = async (files: Readonly<Record<string, unknown>>) => (await describeFiles(files)).types;

describe('REST: references', () => {
  it('follow files, fragments in them, and back', async () => {
    const types = await typesOf({
      'api.yaml': JSON.stringify(
        openapi(
          { '/pets/{id}': { $ref: 'paths/pet.yaml' } },
          { components: { schemas: { Pet: { $ref: 'types/pet.yaml#/Pet' } } } },
        ),
      ),
      'paths/pet.yaml':
        'get:\n  responses:\n    200:\n      description: OK\n      content:\n        application/json:\n          schema: { $ref: "../api.yaml#/components/schemas/Pet" }\n',
      'types/pet.yaml': 'Pet:\n  type: object\n  properties:\n    owner: { $ref: "person.json" }\n',
      'types/person.json': {
        title: 'Person',
        type: 'object',
        properties: { pets: { type: 'array', items: { $ref: 'pet.yaml#/Pet' } } },
      },
    });
    expect(types).to.deep.equal({
      Pet: { type: 'object', properties: { owner: { $ref: '#/types/Person' } } },
      Person: {
        title: 'Person',
        type: 'object',
        properties: { pets: { type: 'array', items: { $ref: '#/types/Pet' } } },
      },
    });
  });

  it('pass through aliases, encoded pointers and places outside the components', async () => {
    const description = await describeDocument(
      openapi(
        {
          '/foo bar/{id}': { get: giving({ $ref: '#/components/schemas/A~1B%20C' }) },
          '/other/{id}': {
            get: giving({ $ref: '#/paths/~1third/get/responses/200/content/application~1json/schema' }),
          },
          '/third': { get: giving(pet) },
        },
        { components: { schemas: { 'A/B C': { $ref: '#/components/schemas/Real' }, Real: pet } } },
      ),
    );
    expect(Object.keys(description.types)).to.deep.equal(['Real', 'ThirdGet']);
    expect(codesOf(description).filter((code) => code !== 'PATH_PARAMETER')).to.deep.equal([]);
  });

  it('keep annotations and constraints that stand beside them', async () => {
    const { types } = await describeDocument(
      withSchemas({
        Pet: pet,
        Noted: {
          type: 'object',
          properties: { pet: { $ref: '#/components/schemas/Pet', description: 'Mine.', deprecated: true } },
        },
        Narrowed: { $ref: '#/components/schemas/Pet', required: ['name'] },
      }),
    );
    expect(types.Noted).to.deep.equal({
      type: 'object',
      properties: { pet: { $ref: '#/types/Pet', description: 'Mine.', deprecated: true } },
    });
    expect(types.Narrowed).to.deep.equal({ allOf: [{ $ref: '#/types/Pet' }, { required: ['name'] }] });
  });

  it('resolve $id and $anchor', async () => {
    const { types, diagnostics } = await describeDocument(
      withSchemas({
        Holder: {
          type: 'object',
          properties: {
            byId: { $ref: 'https://example.com/schemas/pet' },
            byAnchor: { $ref: 'https://example.com/schemas/pet#tag' },
            byName: { $ref: '#plain' },
          },
        },
        Pet: {
          $id: 'https://example.com/schemas/pet',
          type: 'object',
          properties: { tag: { $ref: '#tag' } },
          $defs: { Tag: { $anchor: 'tag', type: 'string' } },
        },
        Plain: { $anchor: 'plain', type: 'integer' },
      }),
    );
    expect(diagnostics.filter(({ code }) => code.startsWith('REFERENCE'))).to.deep.equal([]);
    expect(types.Holder).to.deep.equal({
      type: 'object',
      properties: {
        byId: { $ref: '#/types/Pet' },
        byAnchor: { $ref: '#/types/Tag' },
        byName: { $ref: '#/types/Plain' },
      },
    });
  });

  it('that dangle become an untyped value and a warning that names the place', async () => {
    const description = await describeDocument(
      getting({ type: 'object', properties: { owner: { $ref: '#/components/schemas/Owner' } } }),
    );
    expect(onlyMethod(description).output).to.deep.equal({ type: 'object', properties: { owner: {} } });
    const finding = description.diagnostics.find(({ code }) => code === 'REFERENCE_DANGLING');
    expect(finding?.message).to.include('#/components/schemas/Owner');
    expect(finding?.location).to.match(
      /api\.json#\/paths\/~1pets~1\{id\}\/get\/responses\/200\/content\/application~1json\/schema\/properties\/owner$/,
    );
  });

  it('that dangle under a path skip its operations by name, and only those', async () => {
    const description = await describeDocument(openapi({ '/a': { $ref: '#/nowhere' }, '/b': { get: giving(pet) } }));
    expect(description.operations).to.equal(2);
    expect(
      description.diagnostics.filter(({ severity }) => severity === 'skipped').map(({ operation }) => operation),
    ).to.deep.equal(['/a']);
    expect(onlyMethod(description).name).to.equal('Read');
  });

  it('that lead to themselves are reported', async () => {
    const schemas = { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } };
    expect(codesOf(await describeDocument(withSchemas(schemas)))).to.include('REFERENCE_ENDLESS');
  });

  it('follow one another a thousand times, and end where they go round', async () => {
    const chain = (length: number, last: unknown) =>
      Object.fromEntries(
        Array.from({ length }, (_, n) => [
          `S${n}`,
          n === length - 1 ? last : { $ref: `#/components/schemas/S${n + 1}` },
        ]),
      );
    const document = (schemas: object) =>
      openapi({ '/pets/{id}': { get: giving({ $ref: '#/components/schemas/S0' }) } }, { components: { schemas } });
    expect(Object.values((await describeDocument(document(chain(1_000, pet)))).types)).to.deep.equal([pet]);
    const round = await describeDocument(document(chain(1_000, { $ref: '#/components/schemas/S500' })));
    expect(codesOf(round)).to.include('REFERENCE_ENDLESS').and.not.to.include('REFERENCE_DANGLING');
  });

  it('are resolved against $self, with files beside the document before any of that name elsewhere', async () => {
    const types = await typesOf({
      'api.json': {
        ...openapi({ '/pets/{id}': { get: giving({ $ref: 'parts/pet.json' }) } }, {}, '3.2.0'),
        $self: 'https://example.invalid/v1/api.json',
      },
      'parts/pet.json': { ...pet, properties: { owner: { $ref: '../api.json#/components/schemas/Owner' } } },
    });
    expect(Object.keys(types)).to.deep.equal(['Pet']);
    const inside = await typesOf({
      'api.json': {
        ...openapi(
          { '/pets/{id}': { get: giving({ $ref: 'https://example.invalid/v1/api.json#/components/schemas/Pet' }) } },
          { components: { schemas: { Pet: pet } } },
          '3.2.0',
        ),
        $self: 'https://example.invalid/v1/api.json',
      },
    });
    expect(inside).to.deep.equal({ Pet: pet });
  });

  it('in examples, defaults and enums are data', async () => {
    const context = contextFor();
    let sent = 0;
    const counting = { ...context, http: { send: () => Promise.reject(new Error(`sent ${++sent}`)) } };
    const schema = {
      type: 'object',
      example: { $ref: 'http://127.0.0.1/a' },
      default: { $ref: 'b.json' },
      properties: { example: { $ref: 'pet.json' }, kind: { enum: [{ $ref: 'http://127.0.0.1/c' }] } },
    };
    const description = await describeFiles({ 'api.json': getting(schema), 'pet.json': pet }, {}, counting);
    expect(sent).to.equal(0);
    expect(codesOf(description)).to.deep.equal(['PATH_PARAMETER']);
    expect(description.types).to.deep.equal({ Pet: pet });
  });

  it('of components that no operation uses load nothing', async () => {
    const document = openapi(
      { '/pets/{id}': { get: giving({ $ref: 'pet.json' }) } },
      { components: { schemas: { Unused: { $ref: 'missing.json' } } } },
    );
    expect(codesOf(await describeFiles({ 'api.json': document, 'pet.json': pet }))).to.deep.equal(['PATH_PARAMETER']);
  });

  it('fault 21: do not leave the folder of the descriptor, by dots, by an absolute path or by a link', async () => {
    await withFiles({ 'secret.json': { type: 'string', const: 'secret' } }, async (folder) => {
      const inner = join(folder, 'inner');
      await mkdir(inner);
      await symlink(join(folder, 'secret.json'), join(inner, 'link.json'));
      for (const ref of ['../secret.json', join(folder, 'secret.json'), `file://${folder}/secret.json`, 'link.json']) {
        await writeFile(join(inner, 'api.json'), JSON.stringify(getting({ $ref: ref })));
        const description = await restBroker.describe({ descriptor: join(inner, 'api.json') }, contextFor());
        expect(JSON.stringify(description.serviceObjects) + JSON.stringify(description.types)).to.not.include('secret');
        expect(description.diagnostics.find(({ code }) => code === 'REFERENCE_UNAVAILABLE')?.message).to.include(
          'lies outside',
        );
      }
    });
  });

  it('may go anywhere in the repository that holds the descriptor', async () => {
    await withFiles(
      { 'apis/pets/api.json': getting({ $ref: '../../common/pet.json' }), 'common/pet.json': pet, '.git/HEAD': '' },
      async (folder) => {
        const description = await restBroker.describe({ descriptor: join(folder, 'apis/pets/api.json') }, contextFor());
        expect(description.types).to.deep.equal({ Pet: pet });
      },
    );
  });
});

describe('REST: a descriptor behind a URL', () => {
  const asked: string[] = [];
  let pages: Record<string, unknown> = {};
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const page = pages[request.url ?? ''];
    if (request.url === '/moved.json') return response.writeHead(302, { location: '/v2/api.json' }).end();
    return page === undefined
      ? response.writeHead(404).end()
      : response.end(typeof page === 'string' ? page : JSON.stringify(page));
  });
  let origin = '';
  before(() =>
    new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)).then(() => {
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }),
  );
  beforeEach(() => asked.splice(0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const describeUrl = (path: string, context = contextFor({ allowedHosts: ['127.0.0.1'] })) =>
    restBroker.describe({ descriptor: origin + path }, context);

  it('is fetched with what it refers to, once each; relative servers stand where it came from', async () => {
    const operations = {
      get: giving({ $ref: 'types/pet.json' }),
      put: { requestBody: { $ref: 'types/pet.json#/body' }, responses: {} },
    };
    pages = {
      '/v2/api.json': openapi({ '/pets/{id}': operations }, { servers: [{ url: '../rest' }] }),
      '/v2/types/pet.json': { ...pet, body: { content: {} } },
    };
    const description = await describeUrl('/moved.json');
    expect(asked).to.deep.equal(['/moved.json', '/v2/api.json', '/v2/types/pet.json']);
    expect(planOf(methodOf(description, 'Pet.Read')).server).to.equal(`${origin}/rest`);
    expect(description.hosts).to.deep.equal([origin.slice('http://'.length)]);
    expect(description.types).to.deep.equal({ Pet: pet });
  });

  it('sends the default headers', async () => {
    let seen: string | undefined;
    const keyed = createServer((request, response) => {
      seen = request.headers['x-key'] as string | undefined;
      response.end(JSON.stringify(openapi({})));
    });
    await new Promise<void>((resolve) => keyed.listen(0, '127.0.0.1', resolve));
    const descriptor = `http://127.0.0.1:${(keyed.address() as AddressInfo).port}/`;
    await restBroker.describe(
      { descriptor, defaultHttpRequestHeaders: 'X-Key: abc' },
      contextFor({ allowedHosts: ['127.0.0.1'] }),
    );
    keyed.closeAllConnections();
    keyed.close();
    expect(seen).to.equal('abc');
  });

  it('fault 21: reaches no local file', async () => {
    await withFiles({ 'secret.json': { const: 'secret' } }, async (folder) => {
      pages = { '/api.json': getting({ $ref: `file://${folder}/secret.json` }) };
      const description = await describeUrl('/api.json');
      expect(JSON.stringify(description.types)).to.not.include('secret');
      expect(description.diagnostics.find(({ code }) => code === 'REFERENCE_UNAVAILABLE')?.message).to.include(
        'is a local file',
      );
    });
  });

  it('reaches no local file through a local descriptor that refers to it', async () => {
    await withFiles({ 'api.json': '', 'secret.json': { const: 'secret' } }, async (folder) => {
      pages = { '/part.json': { properties: { a: { $ref: `file://${folder}/secret.json` } } } };
      await writeFile(join(folder, 'api.json'), JSON.stringify(getting({ $ref: `${origin}/part.json` })));
      const context = contextFor({ allowedHosts: ['127.0.0.1'] });
      const description = await restBroker.describe({ descriptor: join(folder, 'api.json') }, context);
      expect(asked).to.deep.equal(['/part.json']);
      expect(JSON.stringify(description.types)).to.not.include('secret');
      expect(description.diagnostics.find(({ code }) => code === 'REFERENCE_UNAVAILABLE')?.message).to.include(
        'is a local file, and a remote document may not refer to one',
      );
    });
  });

  it('reaches no private address that is not allowed', async () => {
    pages = { '/api.json': getting({ $ref: 'http://127.0.0.2:9/x.json' }) };
    const description = await describeUrl('/api.json');
    expect(description.diagnostics.map(({ code }) => code)).to.include.members([
      'REFERENCE_UNAVAILABLE',
      'REFERENCE_DANGLING',
    ]);
    await rejection(describeUrl('/api.json', contextFor()), 'ADDRESS_REFUSED');
  });

  it('that cannot be had says why, without what the query may hide', async () => {
    const missing = await rejection(describeUrl('/none.json?key=secret'), 'DESCRIPTOR_UNAVAILABLE');
    expect(missing.message).to.equal(`${origin}/none.json answered with status 404; check the address.`);
    const nowhere = restBroker.describe(
      { descriptor: 'http://127.0.0.1:1/x' },
      contextFor({ allowedHosts: ['127.0.0.1'] }),
    );
    expect((await rejection(nowhere, 'DESCRIPTOR_UNAVAILABLE')).message).to.include('cannot be fetched');
  });

  it('that is an HTML page, or too large, says so', async () => {
    pages = { '/page': '<html><body>Sign in</body></html>', '/big': ' '.repeat(5_000) };
    expect((await rejection(describeUrl('/page'), 'DESCRIPTOR_INVALID')).message).to.include('HTML page');
    const limited = contextFor({ allowedHosts: ['127.0.0.1'], descriptorBytes: 1_000 });
    expect((await rejection(describeUrl('/big', limited), 'DESCRIPTOR_INVALID')).message).to.include('too large');
  });
});
