import { expect } from 'chai';
import type { CallShape } from '../../runtime/engine/flat-input.js';
import { localPrincipal } from '../../runtime/index.js';
import { type Installation, install } from '../support/installation.js';
import { type JsonService, startService } from '../support/json-service.js';
import { rejection } from '../support/rejection.js';

const person = {
  type: 'object',
  required: ['name', 'address'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    address: {
      type: 'object',
      required: ['city'],
      additionalProperties: false,
      properties: { city: { type: 'string' }, zip: { type: 'string' }, geo: { $ref: '#/components/schemas/Geo' } },
    },
    boss: { $ref: '#/components/schemas/Person' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    contact: { oneOf: [{ type: 'string' }, { type: 'object', properties: { mail: { type: 'string' } } }] },
    tags: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } },
    'address.city': { type: 'string', description: 'A name with a dot of its own.' },
  },
};

const descriptor = (url: string) => {
  const schema = { $ref: '#/components/schemas/Person' };
  const content = { 'application/json': { schema } };
  const result = { description: 'Done', content };
  const withoutDot = { ...person, properties: { ...person.properties, 'address.city': undefined } };
  return {
    openapi: '3.0.3',
    info: { title: 'People', version: '1' },
    servers: [{ url }],
    paths: {
      '/people': {
        get: {
          responses: {
            200: { ...result, content: { 'application/json': { schema: { type: 'array', items: schema } } } },
          },
        },
        post: { requestBody: { required: true, content }, responses: { 201: result } },
      },
      '/dotted': {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: person } } },
          responses: { 201: { ...result, content: { 'application/json': { schema: person } } } },
        },
      },
    },
    components: {
      schemas: {
        Person: withoutDot,
        Geo: { type: 'object', additionalProperties: false, properties: { lat: { type: 'number' } } },
      },
    },
  };
};

describe('flat names', () => {
  let installation: Installation;
  let service: JsonService;
  const bodies: unknown[] = [];

  before(async () => {
    service = await startService((request, response, body) => {
      if (request.method === 'GET')
        return [{ name: 'Ada', address: { city: 'Ulm', geo: { lat: 48 } }, tags: [{ text: 'x' }] }];
      response.statusCode = 201;
      bodies.push(JSON.parse(body));
      return JSON.parse(body);
    });
    installation = await install();
    await installation.connect('hr', descriptor(service.url));
  });
  after(async () => {
    await installation.close();
    await service.close();
  });

  const call = (object: string, method: string, input: unknown, shape?: CallShape) =>
    installation.runtime.engine.execute({ object: `hr_${object}`, method, input, shape }, localPrincipal);
  const create = (input: unknown, shape?: CallShape) => call('Person', 'Create', input, shape);
  const ada = { name: 'Ada', address: { city: 'Ulm', zip: '89073' } };

  it('are taken for nested inputs, beside nested ones', async () => {
    expect(await create({ name: 'Ada', 'address.city': 'Ulm', 'address.zip': '89073' })).to.deep.equal({ value: ada });
    const mixed = { name: 'Ada', address: { city: 'Ulm' }, 'address.zip': '89073', 'address.geo.lat': 48 };
    expect(await create(mixed)).to.deep.equal({
      value: { name: 'Ada', address: { ...ada.address, geo: { lat: 48 } } },
    });
    expect(mixed.address).to.deep.equal({ city: 'Ulm' });
    expect(bodies.at(-1)).to.deep.equal({ name: 'Ada', address: { ...ada.address, geo: { lat: 48 } } });
  });

  it('reach into recursive types, maps and choices at any depth', async () => {
    const input = { ...ada, 'boss.boss.name': 'Eve', 'boss.boss.address.city': 'Rom', 'boss.name': 'Bob' };
    const { value } = (await create({
      ...input,
      'boss.address.city': 'Ulm',
      'labels.a\\.b': 'c',
      'contact.mail': 'm',
    })) as {
      value: unknown;
    };
    expect(value).to.deep.equal({
      ...ada,
      boss: { boss: { name: 'Eve', address: { city: 'Rom' } }, name: 'Bob', address: { city: 'Ulm' } },
      labels: { 'a.b': 'c' },
      contact: { mail: 'm' },
    });
  });

  it('that contradict are refused, each by its name, and nobody is called', async () => {
    const before = bodies.length;
    const error = await rejection(
      create({ ...ada, 'address.city': 'Bonn', 'name.first': 'A', boss: null, 'boss.name': 'E' }),
    );
    expect(error.code).to.equal('INPUT_INVALID');
    expect(error.fields.map(({ pointer }) => pointer)).to.deep.equal(['/address.city', '/boss.name']);
    expect(bodies).to.have.length(before);
  });

  it('that lead nowhere are unknown inputs', async () => {
    const error = await rejection(create({ ...ada, 'name.first': 'A', 'tags.0': 1, 'nothing.x': 1 }));
    expect(error.fields.map(({ pointer }) => pointer)).to.have.members(['/name.first', '/tags.0', '/nothing.x']);
  });

  it('are what faults are named by where the caller used them', async () => {
    const error = await rejection(create({ name: 'Ada', 'address.geo.lat': 'x', 'address.zap': 1 }, 'flat'));
    expect(error.fields.map(({ pointer }) => pointer)).to.have.members([
      '/address.city',
      '/address.zap',
      '/address.geo.lat',
    ]);
    const nested = await rejection(create({ name: 'Ada', address: {}, 'address.zip': 5 }));
    expect(nested.fields.map(({ pointer }) => pointer)).to.have.members(['/address/city', '/address.zip']);
  });

  it('are given back on request, and lists of objects stay lists', async () => {
    expect(await create({ ...ada, labels: { x: 'y' } }, 'flat')).to.deep.equal({
      value: { name: 'Ada', 'address.city': 'Ulm', 'address.zip': '89073', labels: { x: 'y' } },
    });
    expect(await call('Person', 'List', {}, 'flat')).to.deep.equal({
      items: [{ name: 'Ada', 'address.city': 'Ulm', 'address.geo.lat': 48, tags: [{ text: 'x' }] }],
    });
  });

  it('give way to a declared name with a dot, unless the whole call is flat', async () => {
    const both = { name: 'Ada', address: { city: 'Ulm' }, 'address.city': 'Bonn' };
    const echoed = await call('Dotted', 'Create', both);
    expect(echoed).to.deep.equal({ value: both });
    const { value: flat } = (await call('Dotted', 'Create', both).then(() =>
      call('Dotted', 'Create', { name: 'Ada', 'address.city': 'Ulm', 'address\\.city': 'Bonn' }, 'flat'),
    )) as { value: unknown };
    expect(flat).to.deep.equal({ name: 'Ada', 'address.city': 'Ulm', 'address\\.city': 'Bonn' });
    expect(bodies.at(-1)).to.deep.equal(both);
  });
});
