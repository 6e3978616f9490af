import { expect } from 'chai';
import {
  codesOf,
  describeDocument,
  giving,
  kindsOf,
  methodOf,
  objectOf,
  onlyMethod,
  openapi,
  planOf,
  taking,
} from './describing.js';

const contact = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
const list = giving({ type: 'array', items: contact });
const one = giving(contact);
const done = { responses: { 204: { description: 'Done' } } };

describe('REST: objects and methods', () => {
  it('group operations by resource and tell kinds by the conventions of REST', async () => {
    const description = await describeDocument(
      openapi({
        '/api/v2/contacts': { get: list, post: { ...taking(contact), ...one } },
        '/api/v2/contacts/{contactId}': { get: one, put: taking(contact), delete: done },
        '/api/v2/contacts/{contactId}/notes': { get: list },
        '/api/v2/contacts/{contactId}/notes/{id}': { patch: taking(contact) },
        '/api/v2/contacts/{contactId}/photo': { get: one, put: taking(contact), delete: done },
        '/api/v2/contacts/{contactId}/archive': { post: done },
        '/api/v2/contacts/search': { get: list, post: taking(contact) },
        '/api/v2/contacts/{contactId}:merge': { post: done },
        '/api/v2/users/me': { get: one },
        '/api/v2/users/{id}': { get: one },
        '/api/v2/settings': { get: one, put: taking(contact) },
      }),
    );
    expect(kindsOf(description)).to.deep.equal({
      'Contact.List': 'list',
      'Contact.Create': 'create',
      'Contact.Read': 'read',
      'Contact.Update': 'update',
      'Contact.Delete': 'delete',
      'ContactNote.List': 'list',
      'ContactNote.Update': 'update',
      'Contact.ReadPhoto': 'read',
      'Contact.UpdatePhoto': 'execute',
      'Contact.DeletePhoto': 'execute',
      'Contact.Archive': 'execute',
      'Contact.Search': 'list',
      'Contact.PostSearch': 'execute',
      'Contact.Merge': 'execute',
      'UserMe.Read': 'read',
      'User.Read': 'read',
      'Setting.Read': 'read',
      'Setting.Update': 'update',
    });
  });

  it('have the properties of what is read and listed, the key marked', async () => {
    const withTitle = {
      ...contact,
      properties: { ...contact.properties, name: { type: 'string', title: 'Full name', description: 'As written.' } },
    };
    const description = await describeDocument(
      openapi({
        '/contacts': { get: giving({ type: 'array', items: { type: 'object', properties: { phone: {} } } }) },
        '/contacts/{contactId}': { get: giving(withTitle) },
        '/places/{code}': { delete: done },
      }),
    );
    expect(objectOf(description, 'Contact').properties).to.deep.equal([
      { name: 'phone', displayName: 'Phone', schema: {} },
      { name: 'id', displayName: 'Id', schema: { type: 'string' }, key: true },
      { name: 'name', displayName: 'Full name', description: 'As written.', schema: withTitle.properties.name },
    ]);
    expect(objectOf(description, 'Place').properties).to.deep.equal([
      { name: 'code', displayName: 'Code', schema: { type: 'string', minLength: 1 }, key: true },
    ]);
  });

  it('tolerate duplicate operation ids, one method for each operation', async () => {
    const same = { ...one, operationId: 'get' };
    const description = await describeDocument(
      openapi({
        '/a1/{x}': { get: same },
        '/a1/{x}/{y}': { get: same },
        '/v1/a1/{z}': { get: same },
        '/b1/{x}': { get: same },
      }),
    );
    expect(description.operations).to.equal(4);
    const names = Object.keys(kindsOf(description));
    expect(names).to.have.length(4);
    expect(new Set(names.map((name) => name.toLowerCase())).size).to.equal(4);
  });

  it('read remote procedures: dots, fragments, queries, and paths that are verbs', async () => {
    const description = await describeDocument(
      openapi(
        {
          '/chat.postMessage': { post: done },
          '/files/{id}#add_link': { put: done },
          '/?Action=CreateUser': { post: { ...done, tags: ['users'] } },
          '/sendMessage': { post: done },
          '/containers/{id}/json': { get: one },
        },
        { info: { title: 'Acme Bot API v2', version: '2' } },
      ),
    );
    expect(kindsOf(description)).to.deep.equal({
      'Chat.PostMessage': 'execute',
      'File.AddLink': 'execute',
      'User.CreateUser': 'execute',
      'AcmeBot.SendMessage': 'execute',
      'Container.Read': 'read',
    });
    expect(planOf(methodOf(description, 'User.CreateUser')).path).to.deep.equal(['/?Action=CreateUser']);
    expect(planOf(methodOf(description, 'File.AddLink')).path).to.deep.equal([
      '/files/',
      { name: 'id', input: 'id', style: 'simple', explode: false },
    ]);
  });

  it('tell an update by POST from what is said of it', async () => {
    const description = await describeDocument(
      openapi({
        '/charges/{id}': {
          post: { ...taking(contact), operationId: 'PostChargesCharge', description: '<p>Updates the charge.</p>' },
        },
        '/refunds/{id}': { post: { ...done, operationId: 'cancelRefund' } },
      }),
    );
    expect(kindsOf(description)).to.deep.equal({ 'Charge.Update': 'update', 'Refund.Cancel': 'execute' });
  });

  it('have display names, descriptions and deprecation from the document', async () => {
    const get = { ...one, summary: 'Look up a contact.', description: 'Long text.', deprecated: true };
    const method = onlyMethod(await describeDocument(openapi({ '/contacts/{id}': { get } })));
    expect(method).to.deep.include({ displayName: 'Look up a contact', description: 'Long text.', deprecated: true });
    const bare = onlyMethod(await describeDocument(openapi({ '/contacts/{id}': { get: one } })));
    expect(bare).to.deep.include({ displayName: 'Read' });
    expect(bare).to.not.have.any.keys('description', 'deprecated');
  });

  it('count operations in any verb, OpenAPI 3.2’s own included', async () => {
    const description = await describeDocument(
      openapi(
        { '/a1': { query: list, additionalOperations: { PURGE: done }, head: done, options: done } },
        {},
        '3.2.0',
      ),
    );
    expect(description.operations).to.equal(4);
    expect(
      description.serviceObjects.flatMap(({ methods }) => methods.map((method) => planOf(method).verb)),
    ).to.have.members(['QUERY', 'PURGE', 'HEAD', 'OPTIONS']);
  });

  it('say that there is nothing to call, or no server to call it on', async () => {
    const empty = await describeDocument({ openapi: '3.1.0', info: {}, webhooks: { x: { post: done } } });
    expect([empty.operations, codesOf(empty)]).to.deep.equal([0, ['NO_OPERATIONS']]);
    expect(codesOf(await describeDocument(openapi({ '/a1': { get: list } }, { servers: [] })))).to.deep.equal([
      'NO_SERVER',
    ]);
  });

  it('skip what is no operation and go on', async () => {
    const description = await describeDocument(
      openapi({ '/a1': { get: 'x', post: done }, '/b1': 7, 'no-slash': { get: list } }),
    );
    expect(
      description.diagnostics.filter(({ severity }) => severity === 'skipped').map(({ operation }) => operation),
    ).to.deep.equal(['GET /a1', '/b1']);
    expect(description.operations).to.equal(4);
    expect(Object.keys(kindsOf(description))).to.deep.equal(['A1.Create', 'NoSlash.List']);
  });
});

describe('REST: servers', () => {
  const serverOf = async (more: object, operation: object = {}) =>
    planOf(onlyMethod(await describeDocument(openapi({ '/a1': { get: { ...list, ...operation } } }, more)))).server;

  it('fill variables with their defaults', async () => {
    const servers = [
      {
        url: 'https://{region}.example.com/{base}/',
        variables: { region: { default: 'eu' }, base: { enum: ['v1', 'v2'] } },
      },
    ];
    expect(await serverOf({ servers })).to.equal('https://eu.example.com/v1');
    const open = await describeDocument(openapi({ '/a1': { get: list } }, { servers: [{ url: 'https://{host}/' }] }));
    expect(codesOf(open)).to.deep.equal(['SERVER_INCOMPLETE', 'NO_SERVER']);
  });

  it('of an operation win, and credentials go to all of them', async () => {
    expect(await serverOf({}, { servers: [{ url: 'https://files.example.com' }] })).to.equal(
      'https://files.example.com',
    );
    const description = await describeDocument(
      openapi({ '/a1': { get: list }, '/b1': { servers: [{ url: 'https://up.example.com:8443/x' }], get: list } }),
    );
    expect(description.hosts).to.deep.equal(['api.example.com', 'up.example.com:8443']);
  });

  it('of an operation are relative to the one that the document names, where the document is a file', async () => {
    const paths = {
      '/things': { get: { ...done, servers: [{ url: '/v2' }] }, post: { ...done, servers: [{ url: './beta' }] } },
    };
    const description = await describeDocument(openapi(paths, { servers: [{ url: 'https://api.example.com/v1/' }] }));
    const servers = description.serviceObjects.flatMap(({ methods }) => methods.map((method) => planOf(method).server));
    expect(servers).to.have.members(['https://api.example.com/v2', 'https://api.example.com/v1/beta']);
  });

  it('of Swagger 2.0 are put together, HTTPS first', async () => {
    const swagger = {
      swagger: '2.0',
      info: {},
      host: 'api.example.com',
      basePath: 'v1/',
      schemes: ['http', 'https'],
      paths: { '/a1': { get: { responses: { 200: { description: '' } } } } },
    };
    expect(planOf(onlyMethod(await describeDocument(swagger))).server).to.equal('https://api.example.com/v1');
  });

  it('give way to Service URL', async () => {
    const description = await describeDocument(openapi({ '/a1': { get: list } }), {
      serviceUrl: 'http://localhost:9000/x',
    });
    expect(description.hosts).to.deep.equal(['localhost:9000']);
  });
});

describe('REST: security schemes', () => {
  it('become a proposal, in one shape', async () => {
    const flows = {
      authorizationCode: {
        authorizationUrl: 'https://id.example.com/auth',
        tokenUrl: '/token',
        refreshUrl: 'https://id.example.com/refresh',
        scopes: { read: 'Read all' },
      },
      implicit: {},
    };
    const securitySchemes = {
      oauth: { type: 'oauth2', flows },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      basic: { type: 'http', scheme: 'Basic' },
      bearer: { type: 'http', scheme: 'bearer' },
    };
    const servers = [{ url: 'https://api.example.com' }];
    const { security } = await describeDocument(
      openapi({ '/a1': { get: list } }, { servers, components: { securitySchemes } }),
    );
    const flow = {
      grant: 'authorization_code',
      authorizationEndpoint: 'https://id.example.com/auth',
      refreshEndpoint: 'https://id.example.com/refresh',
      scopes: { read: 'Read all' },
    };
    expect(security).to.deep.equal([
      { name: 'oauth', scheme: 'oauth', flows: [flow] },
      { name: 'key', scheme: 'header', parameter: 'X-Key' },
      { name: 'basic', scheme: 'basic' },
      { name: 'bearer', scheme: 'bearer' },
    ]);
  });

  it('of Swagger 2.0 too', async () => {
    const securityDefinitions = {
      oauth: { type: 'oauth2', flow: 'application', tokenUrl: 'https://id.example.com/token', scopes: {} },
      basic: { type: 'basic' },
    };
    const { security } = await describeDocument({ swagger: '2.0', info: {}, paths: {}, securityDefinitions });
    expect(security).to.deep.equal([
      {
        name: 'oauth',
        scheme: 'oauth',
        flows: [{ grant: 'client_credentials', tokenEndpoint: 'https://id.example.com/token', scopes: {} }],
      },
      { name: 'basic', scheme: 'basic' },
    ]);
  });

  it('that repeat a parameter keep it out of the input', async () => {
    const get = {
      ...list,
      parameters: [
        { name: 'api_key', in: 'query', schema: { type: 'string' } },
        { name: 'limit', in: 'query', schema: { type: 'integer' } },
      ],
    };
    const components = { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } };
    const { input } = onlyMethod(await describeDocument(openapi({ '/a1': { get } }, { components })));
    expect(input).to.deep.equal({
      type: 'object',
      properties: { limit: { type: 'integer' } },
      additionalProperties: false,
    });
  });
});
