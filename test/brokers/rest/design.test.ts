import { expect } from 'chai';
import { designFacts } from '../../../config/model/designer.js';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { Description, ServiceMethod } from '../../../config/model/service-object.js';
import { codesOf, describeDocument, giving, methodOf, onlyMethod, openapi, taking } from './describing.js';

const text = { type: 'string' };
const inputOf = ({ input }: ServiceMethod, name: string): JsonSchemaObject =>
  ((input as JsonSchemaObject).properties?.[name] ?? {}) as JsonSchemaObject;
const factsOf = (description: Description, method: string, input: string) =>
  designFacts(inputOf(methodOf(description, method), input), description.types);

describe('REST: what designers’ tools are told', () => {
  it('names and prominence of methods, inputs and properties', async () => {
    const get = {
      ...giving({ type: 'object', properties: { secret: { ...text, 'x-internal': true } } }),
      'x-ms-summary': 'Look up',
      'x-ms-visibility': 'important',
      'x-ms-trigger': 'batch',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: text, 'x-ms-summary': 'Contact', 'x-ms-visibility': 'none' },
        { name: 'etag', in: 'query', schema: text, 'x-display-name': 'Version tag', 'x-ms-visibility': 'advanced' },
        { name: 'trace', in: 'header', schema: { ...text, 'x-ms-visibility': 'internal' } },
        { name: 'api-version', in: 'query', schema: text, 'x-ms-parameter-location': 'client' },
      ],
    };
    const description = await describeDocument(openapi({ '/contacts/{id}': { get } }));
    const method = onlyMethod(description);
    expect(method).to.deep.include({ displayName: 'Look up', visibility: 'important', trigger: 'batch' });
    expect(inputOf(method, 'id')).to.deep.equal({ type: 'string', title: 'Contact', minLength: 1 });
    expect(inputOf(method, 'etag')).to.deep.equal({
      type: 'string',
      title: 'Version tag',
      'x-smartwright-visibility': 'advanced',
    });
    const seen = ['etag', 'trace', 'api-version'].map(
      (name) => designFacts(inputOf(method, name), description.types).visibility,
    );
    expect(seen).to.deep.equal(['advanced', 'internal', 'advanced']);
    const [secret] = description.serviceObjects[0]?.properties.filter(({ name }) => name === 'secret') ?? [];
    expect(designFacts(secret?.schema ?? true, description.types)).to.deep.equal({ visibility: 'internal' });
  });

  it('the values of an enum with their names and descriptions, of Swagger 2.0 with null too', async () => {
    const parameters = [
      { name: 'a', in: 'query', type: 'integer', enum: [1, 2], 'x-enum-varnames': ['One', 'Two'] },
      { name: 'b', in: 'query', type: 'string', enum: ['x', 'y'], 'x-enumNames': ['X', 'Y'], 'x-nullable': true },
      { name: 'c', in: 'query', type: 'string', enum: ['p', 'q'], 'x-enum-descriptions': ['Plus', ''] },
      {
        name: 'd',
        in: 'query',
        type: 'array',
        items: { type: 'string', enum: ['s'], 'x-ms-enum': { values: [{ value: 's', name: 'S', description: 'Es' }] } },
      },
      { name: 'e', in: 'query', type: 'string' },
    ];
    const description = await describeDocument({
      swagger: '2.0',
      info: {},
      host: 'x.example.com',
      paths: { '/things': { get: { parameters, responses: { 204: { description: '' } } } } },
    });
    const method = onlyMethod(description);
    const choices = (name: string) => designFacts(inputOf(method, name), description.types).choices;
    expect(choices('a')).to.deep.equal([
      { value: 1, displayName: 'One' },
      { value: 2, displayName: 'Two' },
    ]);
    expect(choices('b')?.map(({ displayName }) => displayName)).to.deep.equal(['X', 'Y']);
    expect(choices('c')).to.deep.equal([
      { value: 'p', displayName: 'p', description: 'Plus' },
      { value: 'q', displayName: 'q' },
    ]);
    expect(choices('d')).to.deep.equal([{ value: 's', displayName: 'S', description: 'Es' }]);
    expect(choices('e')).to.equal(undefined);
  });

  const item = { type: 'object', properties: { id: text, properties: { type: 'object', properties: { name: text } } } };
  const lists = {
    '/sites': {
      get: {
        ...giving({ type: 'object', properties: { value: { type: 'array', items: item } } }),
        operationId: 'GetSites',
      },
    },
    '/sites/{site-id}/lists': {
      get: {
        ...giving({ type: 'array', items: item }),
        operationId: 'GetLists',
        parameters: [
          { name: 'site-id', in: 'path', required: true, schema: text },
          { name: '$next', in: 'query', schema: text },
        ],
      },
    },
    '/sites/{site}/lists/{list}/fields': {
      get: { ...giving({ type: 'object', properties: { schema: {} } }), operationId: 'GetFields', parameters: [] },
    },
  };

  it('choices that another method gives: object, method, inputs, and where value and title are', async () => {
    const dynamicSite = {
      operationId: 'GetSites',
      'value-collection': 'value',
      'value-path': 'id',
      'value-title': 'properties/name',
    };
    const dynamicList = {
      operationId: 'GetLists',
      parameters: {
        'site-id': { parameterReference: 'query/site' },
        $next: { value: 'first' },
        kind: 'all',
      },
      itemValuePath: 'id',
      itemTitlePath: 'properties/name',
    };
    const items = {
      get: {
        ...giving({ type: 'array', items: item }),
        parameters: [
          { name: 'site', in: 'query', schema: text, 'x-ms-dynamic-values': dynamicSite },
          { name: 'list', in: 'query', schema: { ...text, 'x-ms-dynamic-list': dynamicList } },
          {
            name: 'old',
            in: 'query',
            schema: text,
            'x-ms-dynamic-values': {
              operationId: 'GetLists',
              parameters: { 'site-id': { parameter: 'site' } },
              'value-path': 'id',
            },
          },
        ],
      },
    };
    const description = await describeDocument(openapi({ ...lists, '/items': items }));
    expect(factsOf(description, 'Item.List', 'site').choicesFrom).to.deep.equal({
      object: 'Site',
      method: 'List',
      inputs: {},
      items: [],
      value: ['id'],
      title: ['properties', 'name'],
    });
    expect(factsOf(description, 'Item.List', 'list').choicesFrom).to.deep.equal({
      object: 'SiteList',
      method: 'List',
      // `$next` is the runtime's own input; the parameter that is called so has another.
      inputs: { 'site-id': { input: 'site' }, _next: { value: 'first' }, kind: { value: 'all' } },
      items: [],
      value: ['id'],
      title: ['properties', 'name'],
    });
    expect(factsOf(description, 'Item.List', 'old').choicesFrom).to.deep.include({
      inputs: { 'site-id': { input: 'site' } },
      value: ['id'],
      title: ['id'],
    });
    expect(JSON.stringify(description)).to.not.include('x-ms-dynamic');
  });

  it('types that another method tells, in bodies and in types that several methods share', async () => {
    const body = {
      type: 'object',
      properties: {
        list: {
          ...text,
          'x-ms-dynamic-values': {
            operationId: 'GetLists',
            'value-path': 'id',
            parameters: { 'site-id': { parameterReference: 'body/address/site' } },
          },
        },
        item: {
          type: 'object',
          'x-ms-dynamic-schema': {
            operationId: 'GetFields',
            parameters: { list: { parameter: 'list' } },
            'value-path': 'schema/items',
          },
        },
      },
    };
    const schema = { $ref: '#/components/schemas/NewItem' };
    const description = await describeDocument(
      openapi(
        { ...lists, '/items': { post: { ...taking(schema), ...giving(schema) } } },
        { components: { schemas: { NewItem: body } } },
      ),
    );
    expect(factsOf(description, 'Item.Create', 'item').schemaFrom).to.deep.equal({
      object: 'SiteListField',
      method: 'Get',
      inputs: { list: { input: 'list' } },
      schema: ['schema', 'items'],
    });
    expect(factsOf(description, 'Item.Create', 'list').choicesFrom?.inputs).to.deep.equal({
      'site-id': { input: 'address.site' },
    });
    const type = description.types.NewItem as JsonSchemaObject;
    expect(designFacts(type.properties?.item ?? true, description.types).schemaFrom).to.deep.include({
      object: 'SiteListField',
    });
  });

  it('nothing to choose from where the operation is not described, with a diagnostic', async () => {
    const get = {
      ...giving({ type: 'array', items: item }),
      parameters: [
        { name: 'a', in: 'query', schema: text, 'x-ms-dynamic-values': { operationId: 'Gone', 'value-path': 'id' } },
        {
          name: 'b',
          in: 'query',
          schema: text,
          'x-ms-dynamic-values': { capability: 'file-picker', 'value-path': 'Id' },
        },
      ],
    };
    const description = await describeDocument(openapi({ '/items': { get } }));
    expect(factsOf(description, 'Item.List', 'a')).to.deep.equal({});
    expect(factsOf(description, 'Item.List', 'b')).to.deep.equal({});
    expect(codesOf(description)).to.deep.equal(['DYNAMIC_UNRESOLVED']);
    expect(description.diagnostics[0]?.message).to.include('"Gone"');
  });
});
