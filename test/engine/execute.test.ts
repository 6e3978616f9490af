import { expect } from 'chai';
import type { Principal } from '../../config/model/principal.js';
import { localPrincipal } from '../../runtime/index.js';
import { type Installation, install } from '../support/installation.js';
import { type JsonService, startService } from '../support/json-service.js';
import { rejection } from '../support/rejection.js';

const json = (schema: object) => ({ description: 'Done', content: { 'application/json': { schema } } });

function descriptor(server: string, more: object = {}) {
  const Order = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer', format: 'int64' },
      product: { type: 'string' },
      count: { type: 'integer', minimum: 1 },
    },
  };
  const order = { $ref: '#/components/schemas/Order' };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int64' } };
  const { id: _, ...withoutId } = Order.properties;
  return {
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1' },
    servers: [{ url: server }],
    paths: {
      '/orders': {
        get: {
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
          responses: { 200: json({ type: 'array', items: order }) },
        },
        post: {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { type: 'object', required: ['product'], properties: withoutId } },
            },
          },
          responses: { 201: json(order) },
        },
      },
      '/orders/{id}': { get: { parameters: [id], responses: { 200: json(order) } } },
      ...more,
    },
    components: { schemas: { Order } },
  };
}

describe('the engine', () => {
  let installation: Installation;
  let service: JsonService;
  let hold: ((aborted: () => void) => void) | undefined;

  before(async () => {
    service = await startService((request, response, body) => {
      if (request.headers.authorization !== 'Bearer a-static-token') {
        response.statusCode = 401;
        return { error: 'no token' };
      }
      if (request.method === 'POST') {
        response.statusCode = 201;
        return { id: 3, ...JSON.parse(body) };
      }
      if (request.url === '/orders/404') {
        response.statusCode = 404;
        return { error: 'no such order' };
      }
      if (request.url === '/orders/9007199254740993') {
        response.setHeader('content-type', 'application/json');
        response.end('{"id":9007199254740993}');
        return undefined;
      }
      if (request.url === '/orders/777') {
        hold?.(() => undefined);
        return new Promise((resolve) => response.on('close', resolve));
      }
      if (request.url?.startsWith('/orders/')) return { id: Number(request.url.slice(8)), product: 'pen' };
      return [
        { id: 1, product: 'pen' },
        { id: 2, product: 'ink' },
      ];
    });
    installation = await install();
    await installation.connect('shop', descriptor(service.url), {
      mode: 'static',
      scheme: 'bearer',
      token: 'a-static-token',
    });
  });

  after(async () => {
    await installation.close();
    await service.close();
  });

  const call = (method: string, input: unknown, principal: Principal = localPrincipal, signal?: AbortSignal) =>
    installation.runtime.engine.execute({ object: 'shop_Order', method, input }, principal, signal);

  it('gives the items of a list and the value of a read', async () => {
    expect(await call('List', { limit: 2 })).to.deep.equal({
      items: [
        { id: 1, product: 'pen' },
        { id: 2, product: 'ink' },
      ],
    });
    expect(await call('Read', { id: 5 })).to.deep.equal({ value: { id: 5, product: 'pen' } });
    expect(service.requests.at(-1)).to.equal('GET /orders/5');
  });

  it('sends the inputs of a create as the body', async () => {
    expect(await call('Create', { product: 'paper', count: 2 })).to.deep.equal({
      value: { id: 3, product: 'paper', count: 2 },
    });
  });

  it('names all faults of the input at once, and calls nobody', async () => {
    const asked = service.requests.length;
    const error = await rejection(call('Create', { count: 0, colour: 'red', Product: 'pen' }));
    expect(error.code).to.equal('INPUT_INVALID');
    expect(error.fields.map(({ pointer }) => pointer)).to.have.members(['/product', '/count', '/colour', '/Product']);
    expect(error.fields.find(({ pointer }) => pointer === '/Product')?.message).to.include('did you mean "product"');
    expect(service.requests.length).to.equal(asked);
  });

  for (const input of [undefined, null, 'text', 7, ['id']]) {
    it(`refuses ${JSON.stringify(input)} as an input`, async () => {
      expect((await rejection(call('Read', input))).code).to.equal('INPUT_INVALID');
    });
  }

  it('says which SmartObject or method is unknown, and which methods there are', async () => {
    const { engine } = installation.runtime;
    const noObject = await rejection(
      engine.execute({ object: 'shop_Nothing', method: 'List', input: {} }, localPrincipal),
    );
    expect(noObject.code).to.equal('NOT_FOUND');
    expect(noObject.message).to.include('shop_Nothing');
    const noMethod = await rejection(call('Burn', {}));
    expect(noMethod.code).to.equal('NOT_FOUND');
    expect(noMethod.message).to.include('List').and.include('Read').and.include('Create');
  });

  it('keeps the status and body of an answer that refuses', async () => {
    const error = await rejection(call('Read', { id: 404 }));
    expect(error.code).to.equal('UPSTREAM_REFUSED');
    expect(error.extensions.upstream).to.deep.include({ status: 404, body: { error: 'no such order' } });
  });

  it('carries integers beyond 2^53 both ways', async () => {
    expect(await call('Read', { id: 9007199254740993n })).to.deep.equal({ value: { id: 9007199254740993n } });
    expect(service.requests.at(-1)).to.equal('GET /orders/9007199254740993');
  });

  it('refuses a caller without the role "user"', async () => {
    const nobody: Principal = { name: 'nobody', credential: 'user:nobody', roles: [], via: 'api-key' };
    expect((await rejection(call('List', {}, nobody))).code).to.equal('FORBIDDEN');
  });

  it('drops the request to the service when the caller goes away', async () => {
    const abort = new AbortController();
    const arrived = new Promise<void>((resolve) => {
      hold = () => resolve();
    });
    const pending = rejection(call('Read', { id: 777 }, localPrincipal, abort.signal));
    await arrived;
    abort.abort();
    expect((await pending).code).to.equal('CANCELLED');
  });

  it('loads a method once when many call it at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => call('List', {})));
    expect(new Set(results.map((result) => JSON.stringify(result)))).to.have.lengthOf(1);
  });

  it('uses a changed description with the next call, on another node soon after', async () => {
    const other = await installation.secondNode();
    const more = {
      '/orders/{id}/lines': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: json({ type: 'array', items: { type: 'string' } }) },
        },
      },
    };
    const before = await other.store.smartObjects.list();
    const changed = new Promise<void>((resolve) => {
      other.onChange(resolve);
    });
    await installation.connect('shop', descriptor(service.url, more), {
      mode: 'static',
      scheme: 'bearer',
      token: 'another-token',
    });
    const refused = await rejection(call('List', {}));
    expect(refused.extensions.upstream).to.deep.include({ status: 401 });
    await changed;
    const elsewhere = await rejection(
      other.engine.execute({ object: 'shop_Order', method: 'List', input: {} }, localPrincipal),
    );
    expect(elsewhere.extensions.upstream).to.deep.include({ status: 401 });
    expect((await other.store.smartObjects.list()).total).to.be.greaterThanOrEqual(before.total);
    await installation.connect('shop', descriptor(service.url), {
      mode: 'static',
      scheme: 'bearer',
      token: 'a-static-token',
    });
  });

  it('notes calls that change something and calls that fail, without waiting for it', async () => {
    await call('Create', { product: 'audited' });
    await rejection(call('Read', { id: 404 }));
    await call('List', {});
    let entries: readonly { action: string; subject: string; outcome: string }[] = [];
    while (!entries.some(({ subject, outcome }) => subject === 'shop_Order.Read' && outcome === 'failed')) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      entries = (await installation.runtime.store.audit.list({ action: 'method.called' })).items;
    }
    expect(entries.some(({ subject, outcome }) => subject === 'shop_Order.Create' && outcome === 'done')).to.equal(
      true,
    );
    expect(entries.some(({ subject, outcome }) => subject === 'shop_Order.List' && outcome === 'done')).to.equal(false);
  });
});
