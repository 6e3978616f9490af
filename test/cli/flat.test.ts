import { expect } from 'chai';
import { type JsonService, startService } from '../support/json-service.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

const document = (url: string) => {
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      address: { type: 'object', properties: { city: { type: 'string' } } },
    },
  };
  const content = { 'application/json': { schema } };
  return {
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    servers: [{ url }],
    paths: {
      '/people': {
        post: { requestBody: { required: true, content }, responses: { 201: { description: 'Made.', content } } },
      },
    },
  };
};

describe('call --flat', () => {
  const folder = temporaryFolder();
  const input = ['--input', '{"name":"Ada","address.city":"Ulm"}', '--json'];
  let service: JsonService;
  let descriptor: string;
  before(async () => {
    service = await startService((_request, response, body) => {
      response.statusCode = 201;
      return JSON.parse(body);
    });
    descriptor = folder.write('people.json', JSON.stringify(document(service.url)));
  });
  after(() => service.close());

  const both = async (...args: string[]) => {
    const flat = await runCli([...args, ...input, '--flat']);
    expect(flat.code, flat.stderr).to.equal(0);
    const nested = await runCli([...args, ...input]);
    return [flat.json(), nested.json()];
  };

  const expected = [
    { name: 'Ada', 'address.city': 'Ulm' },
    { name: 'Ada', address: { city: 'Ulm' } },
  ];

  it('flattens the result of a service on its description alone', async () => {
    expect(
      await both(
        'call',
        '--type',
        'rest',
        '--key',
        `descriptor=${descriptor}`,
        'Person.Create',
        '--allow-host',
        '127.0.0.1',
      ),
    ).to.deep.equal(expected);
  });

  it('flattens the result of a SmartObject', async () => {
    const data = ['--data', folder.path('data')];
    const instance = { kind: 'ServiceInstance', name: 'hr', type: 'rest', authentication: { mode: 'none' } };
    const file = folder.write(
      'hr.json',
      JSON.stringify({ ...instance, keys: { descriptor }, allowedHosts: ['127.0.0.1'] }),
    );
    expect((await runCli(['apply', file, ...data])).code).to.equal(0);
    expect(await both('call', 'hr_Person.Create', ...data)).to.deep.equal(expected);
  });
});
