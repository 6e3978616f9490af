import { expect } from 'chai';
import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { ServiceMethod } from '../../../config/model/service-object.js';
import { compileInput } from '../../../runtime/engine/validate.js';
import { describeDocument, onlyMethod, openapi, planOf, previewOf } from './describing.js';

const text = { type: 'string' };
const done = { responses: { 204: { description: 'Done' } } };

async function method(path: string, operation: object): Promise<ServiceMethod> {
  return onlyMethod(await describeDocument(openapi({ [path]: { put: { ...done, ...operation } } })));
}

const inputOf = ({ input }: ServiceMethod) => input as JsonSchemaObject;
const json = (schema: object, more: object = {}) => ({
  requestBody: { content: { 'application/json': { schema } }, ...more },
});
const faults = (found: ServiceMethod, input: object) =>
  compileInput(found.input, {})(input).map(({ pointer, message }) => `${pointer} ${message}`);

describe('REST: what inputs must be given', () => {
  it('is sent as the document says where it has a default or but one choice', async () => {
    const parameters = [
      { name: 'version', in: 'header', required: true, schema: { type: 'string', enum: ['2024-01'] } },
      { name: 'page', in: 'query', required: true, schema: { type: 'integer', default: 1 } },
      { name: 'odd', in: 'query', required: true, schema: { type: 'integer', default: 'x' } },
      { name: 'optional', in: 'query', schema: { type: 'string', default: 'server side' } },
    ];
    const schema = {
      type: 'object',
      required: ['kind', 'agreed'],
      properties: { kind: { const: 'pet' }, agreed: { type: 'boolean', const: true } },
    };
    const found = await method('/things', { parameters, ...json(schema, { required: true }) });
    expect(inputOf(found).required).to.deep.equal(['odd', 'agreed']);
    expect(planOf(found).defaults).to.deep.equal({ version: '2024-01', page: 1, kind: 'pet' });
    const silent = await previewOf(found, { odd: 2, agreed: true });
    expect(silent.url).to.equal('https://api.example.com/things?page=1&odd=2');
    expect(silent.headers.version).to.equal('2024-01');
    expect(JSON.parse(silent.body ?? '')).to.deep.equal({ kind: 'pet', agreed: true });
    expect((await previewOf(found, { odd: 2, agreed: true, page: 7 })).url).to.include('page=7');
  });

  it('is the whole of an optional body, or nothing of it', async () => {
    const schema = { type: 'object', required: ['name', 'size'], properties: { name: text, size: text, note: text } };
    const found = await method('/things/{id}', {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      ...json(schema),
    });
    expect(inputOf(found).required).to.deep.equal(['id']);
    expect(faults(found, { id: '1' })).to.deep.equal([]);
    expect(faults(found, { id: '1', note: 'x' })).to.deep.equal(['/name is required', '/size is required']);
    expect(faults(found, { id: '1', name: 'a', size: 'b' })).to.deep.equal([]);
    expect((await previewOf(found, { id: '1' })).body).to.equal(null);
  });

  it('does not make an optional body of what the path needs anyway', async () => {
    const schema = { type: 'object', required: ['name'], properties: { id: text, name: text } };
    const found = await method('/things/{id}', json(schema));
    expect((await previewOf(found, { id: '1' })).body).to.equal(null);
    expect((await previewOf(found, { id: '1', name: 'x' })).body).to.equal('{"id":"1","name":"x"}');
  });

  it('has the limits of both places where path and body share it, and is told apart where they differ', async () => {
    const schema = { type: 'object', properties: { id: { type: 'string', pattern: '^x' }, name: text } };
    const path = [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 5 } }];
    const shared = await method('/things/{id}', { parameters: path, ...json(schema) });
    expect(inputOf(shared).properties?.id).to.deep.equal({ type: 'string', maxLength: 5, minLength: 1, pattern: '^x' });
    const other = { type: 'object', properties: { id: { type: 'string', enum: ['guide'] }, name: text } };
    const guides = [{ name: 'id', in: 'path', required: true, schema: { type: 'string', enum: ['guides'] } }];
    const apart = await method('/things/{id}', { parameters: guides, ...json(other) });
    expect(Object.keys(inputOf(apart).properties ?? {})).to.deep.equal(['id', 'body']);
  });

  it('is anything where the body requires what it does not declare', async () => {
    const schema = { type: 'object', required: ['grant_type'], properties: { token: text } };
    const found = await method('/things', json(schema, { required: true }));
    expect(inputOf(found)).to.deep.include({ properties: { token: text, grant_type: {} }, required: ['grant_type'] });
  });

  it('is not empty in a path', async () => {
    const list = { type: 'array', items: text };
    const found = await method('/things/{ids}/{name}', {
      parameters: [
        { name: 'ids', in: 'path', required: true, schema: list },
        { name: 'name', in: 'path', required: true, schema: text },
      ],
    });
    expect(faults(found, { ids: [], name: '' })).to.deep.equal(['/ids must not be empty', '/name must not be empty']);
  });
});
