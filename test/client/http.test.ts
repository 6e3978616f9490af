import { expect } from 'chai';
import { connect, type FlatValues, listMethod, method, Problem } from '../../runtime/client/index.js';
import { type Answer, json, withServer } from './server.js';

/** The problem that a call rejects with. */
async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error('the call did not reject with a problem', { cause: error });
}

const problemAnswer = (answer: Answer, timeout?: number): Promise<Problem> =>
  withServer(answer, (url) => problemOf(connect({ url }).call('Crm_Contact', 'Read', {}, { timeout })));

describe('calls over HTTP', () => {
  it('post the input as JSON with the key as a bearer token, and give the value', async () => {
    await withServer(
      (_request, response) => json(response, 200, '{"name":"Ann"}'),
      async (url, received) => {
        const transport = connect({ url: `${url}/base/`, apiKey: 'swk_1', headers: { 'x-trace': 't' } });
        const read = method<{ id: number }, { name: string }>(transport, 'Crm_Größe', 'Read/All');
        expect(await read({ id: 7 })).to.deep.equal({ name: 'Ann' });
        const [request] = received;
        expect(request).to.include({
          method: 'POST',
          path: '/base/api/smartobjects/Crm_Gr%C3%B6%C3%9Fe/Read%2FAll',
          body: '{"id":7}',
        });
        expect(request?.headers).to.include({
          authorization: 'Bearer swk_1',
          'content-type': 'application/json',
          'x-trace': 't',
        });
      },
    );
  });

  it('ask for flat results, of which the types know', () =>
    withServer(
      (_request, response) => json(response, 200, '{"address.city":"Ulm"}'),
      async (url, received) => {
        const read = method<{ id: number }, { address: { city: string } }>(connect({ url }), 'Crm_Contact', 'Read');
        const flat: FlatValues = await read({ id: 1 }, { shape: 'flat' });
        expect(flat['address.city']).to.equal('Ulm');
        const nested: { address: { city: string } } = await read({ id: 1 });
        expect(nested).to.deep.equal(flat);
        expect(received.map(({ path }) => path)).to.deep.equal([
          '/api/smartobjects/Crm_Contact/Read?shape=flat',
          '/api/smartobjects/Crm_Contact/Read',
        ]);
      },
    ));

  it('send an empty object when there is no input, and no authorization when there is no key', async () => {
    await withServer(
      (_request, response) => response.writeHead(204).end(),
      async (url, received) => {
        expect(await connect({ url }).call('A', 'B', undefined)).to.equal(undefined);
        expect(received[0]?.body).to.equal('{}');
        expect(received[0]?.headers).not.to.have.property('authorization');
      },
    );
  });

  it('keep every digit of big integers, both ways', async () => {
    await withServer(
      ({ body }, response) => json(response, 200, `{"id":9007199254740993,"sent":${body}}`),
      async (url) => {
        const value = await connect({ url }).call('A', 'B', { id: 2n ** 64n });
        expect(value).to.deep.equal({ id: 9007199254740993n, sent: { id: 18446744073709551616n } });
      },
    );
  });

  it('reject with the problem that the server answered', async () => {
    const document = {
      type: 'urn:smartwright:problem:authorization-required',
      title: 'Authorization required',
      status: 403,
      detail: 'Consent is missing.',
      code: 'AUTHORIZATION_REQUIRED',
      fields: [{ pointer: '/id', message: 'must be a number' }],
      authorizationUrl: 'http://localhost/oauth/authorize/crm',
      upstream: { status: 418, headers: { a: 'b' }, body: { c: 1 } },
      resource: 'crm',
    };
    const problem = await problemAnswer((_request, response) =>
      json(response, 403, JSON.stringify(document), 'application/problem+json; charset=utf-8'),
    );
    expect(problem).to.include({ status: 403, code: document.code, type: document.type, detail: document.detail });
    expect(problem).to.have.property('message', document.detail);
    expect(problem.fields).to.deep.equal(document.fields);
    expect(problem.authorizationUrl).to.equal(document.authorizationUrl);
    expect(problem.upstream).to.deep.equal(document.upstream);
    expect(problem.extensions).to.deep.equal({ resource: 'crm' });
  });

  it('tell a broken answer from a problem', async () => {
    const answers: [number, string, string][] = [
      [502, '<h1>Bad gateway</h1>', 'text/html'],
      [200, '<html></html>', 'text/html'],
      [200, '{"a":', 'application/json'],
      [500, '"oops"', 'application/json'],
    ];
    for (const [status, body, type] of answers) {
      const problem = await problemAnswer((_request, response) => json(response, status, body, type));
      expect(problem, body).to.include({ code: 'ANSWER_UNREADABLE', status });
      expect(problem.message).not.to.include('<h');
    }
  });

  it('fill in what a problem document leaves out', async () => {
    const problem = await problemAnswer((_request, response) => json(response, 429, '{}'));
    expect(problem).to.include({ status: 429, code: 'HTTP_429', type: 'about:blank', title: 'Http 429' });
    expect(problem.fields).to.deep.equal([]);
  });

  it('say that the server cannot be reached, with the reason', async () => {
    const url = await withServer(
      () => undefined,
      async (free) => free,
    );
    const problem = await problemOf(connect({ url }).call('A', 'B', {}));
    expect(problem).to.include({ code: 'NETWORK', status: 0 });
    expect(problem.message).to.include(url).and.include('ECONNREFUSED');
    expect(problem.cause).to.be.instanceOf(Error);
  });

  it('say that the connection broke in the middle of an answer', async () => {
    const problem = await problemAnswer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    });
    expect(problem.code).to.equal('NETWORK');
  });

  it('end at their deadline', async () => {
    const problem = await problemAnswer(() => undefined, 20);
    expect(problem).to.include({ code: 'TIMEOUT', status: 0 });
    expect(problem.message).to.include('20 ms');
  });

  it('end when the caller aborts, at the server too', async () => {
    const caller = new AbortController();
    let gone: Promise<unknown> = Promise.resolve();
    await withServer(
      (_request, response) => {
        gone = new Promise((closed) => response.on('close', closed));
        caller.abort();
      },
      async (url) => {
        const problem = await problemOf(
          connect({ url }).call('A', 'B', {}, { signal: caller.signal, timeout: 60_000 }),
        );
        expect(problem.code).to.equal('CANCELLED');
        await gone;
      },
    );
  });

  it('send the browser’s credentials as asked, through the fetch that is given', async () => {
    const sent: unknown[] = [];
    const transport = connect({
      url: '',
      credentials: 'include',
      fetch: async (url, init) => {
        sent.push([url, init.credentials]);
        return new Response('[]', { headers: { 'content-type': 'application/json' } });
      },
    });
    expect(await transport.call('A', 'B', {})).to.deep.equal([]);
    expect(sent).to.deep.equal([['/api/smartobjects/A/B', 'include']]);
  });
});

describe('lists over HTTP', () => {
  const pages: Answer = ({ body }, response) => {
    const { $next, limit } = JSON.parse(body) as { $next?: string; limit?: number };
    const page = Number($next ?? 0);
    const items = [page * 2, page * 2 + 1];
    json(response, 200, JSON.stringify({ items, ...(page < 2 ? { next: `${page + 1}` } : {}), meta: { limit } }));
  };

  it('give one page, and the next by its cursor', async () => {
    await withServer(pages, async (url) => {
      const list = listMethod<{ limit?: number }, number, { limit: number }>(connect({ url }), 'A', 'List');
      const first = await list({ limit: 5 });
      expect(first).to.deep.equal({ items: [0, 1], next: '1', meta: { limit: 5 } });
      expect((await list({ limit: 5, $next: first.next })).items).to.deep.equal([2, 3]);
    });
  });

  it('give all items lazily, with the input repeated for each page', async () => {
    await withServer(pages, async (url, received) => {
      const list = listMethod<{ limit?: number }, number>(connect({ url }), 'A', 'List');
      const items: number[] = [];
      for await (const item of list.all({ limit: 9 })) items.push(item);
      expect(items).to.deep.equal([0, 1, 2, 3, 4, 5]);
      expect(received.map(({ body }) => body)).to.deep.equal([
        '{"limit":9}',
        '{"limit":9,"$next":"1"}',
        '{"limit":9,"$next":"2"}',
      ]);
      for await (const item of list.all()) if (item === 1) break;
      expect(received).to.have.length(4);
    });
  });

  it('stop at a page that names itself as the next', async () => {
    await withServer(
      (_request, response) => json(response, 200, '{"items":[1],"next":"same"}'),
      async (url, received) => {
        const seen: number[] = [];
        const list = listMethod<object, number>(connect({ url }), 'A', 'List');
        const problem = await problemOf(
          (async () => {
            for await (const item of list.all()) seen.push(item);
          })(),
        );
        expect(problem.code).to.equal('PAGING_LOOP');
        expect(seen).to.deep.equal([1, 1]);
        expect(received).to.have.length(2);
      },
    );
  });
});
