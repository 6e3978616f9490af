import { expect } from 'chai';
import { type Fixture, keyOf, signIn, startFixture, until } from './fixture.js';

describe('POST /api/smartobjects/{object}/{method}', () => {
  let fixture: Fixture;
  const call = (method: string, options: Parameters<Fixture['ask']>[1] = {}) =>
    fixture.ask(`/api/smartobjects/Probe_Contact/${method}`, { method: 'POST', as: 'user', ...options });

  before(async () => {
    fixture = await startFixture({ allowedOrigins: ['https://forms.example'] });
  });
  after(() => fixture.close());

  it('answers a single result as the object itself', async () => {
    const { status, json, headers } = await call('read', { body: { id: 7 } });
    expect(status).to.equal(200);
    expect(json).to.deep.equal({ id: 7, name: 'Ada' });
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('x-request-id')).to.match(/^[0-9a-f]{10}-/);
  });

  it('answers a list as a page of items, and the page that follows by its cursor', async () => {
    const first = await call('list', { body: { limit: 2 } });
    expect(first.json).to.deep.equal({ items: [{ id: 1 }, { id: 2 }], next: 'p2', meta: { total: 3 } });
    const second = await call('list', { body: { limit: 2, $next: first.json.next } });
    expect(second.json).to.deep.equal({ items: [{ id: 1 }, { id: 2 }], meta: { total: 3 } });
  });

  it('answers 204 when the method has no result', async () => {
    const { status, text } = await call('delete', { body: { id: 7 } });
    expect([status, text]).to.deep.equal([204, '']);
  });

  it('takes an empty body for an empty input', async () => {
    expect((await call('list')).status).to.equal(200);
    expect((await call('read')).json).to.deep.include({
      code: 'INPUT_INVALID',
      fields: [{ pointer: '/id', message: 'is required' }],
    });
  });

  it('carries integers beyond 2^53 exactly, both ways', async () => {
    const { text } = await call('echo', { body: '{"value":{"id":9007199254740993}}' });
    expect(text).to.equal('{"id":9007199254740993}');
  });

  it('ignores a query and takes encoded names', async () => {
    const { status } = await fixture.ask('/api/smartobjects/Probe%5FContact/read?x=1', { as: 'user', body: { id: 1 } });
    expect(status).to.equal(200);
  });

  it('takes and gives flat names with ?shape=flat, and knows no other shape', async () => {
    const read = (query: string) =>
      fixture.ask(`/api/smartobjects/Probe_Contact/echo${query}`, { as: 'user', body: { 'value.a\\.b': 1 } });
    expect((await read('?shape=flat')).json).to.deep.equal({ 'a\\.b': 1 });
    expect((await read('?shape=nested')).json).to.deep.equal({ 'a.b': 1 });
    expect((await read('')).json).to.deep.equal({ 'a.b': 1 });
    const odd = await read('?shape=round');
    expect([odd.status, odd.json.code]).to.deep.equal([400, 'REQUEST_INVALID']);
    expect(odd.json.detail).to.contain('nested or flat');
  });

  it('says what is wrong with the input, field by field', async () => {
    const { status, json, headers } = await call('read', { body: { id: 'x', ID: 1 } });
    expect(status).to.equal(422);
    expect(headers.get('content-type')).to.equal('application/problem+json');
    expect(json).to.deep.include({
      type: 'urn:smartwright:problem:input-invalid',
      title: 'Input invalid',
      status: 422,
      code: 'INPUT_INVALID',
    });
    expect(json.instance).to.equal(`urn:smartwright:request:${headers.get('x-request-id')}`);
    expect(json.fields.map(({ pointer }: { pointer: string }) => pointer)).to.have.members(['/id', '/ID']);
  });

  it('says where malformed JSON is malformed', async () => {
    const { status, json } = await call('read', { body: '{"id": }' });
    expect(status).to.equal(400);
    expect(json).to.include({ code: 'REQUEST_INVALID', position: 7 });
    expect(json.detail).to.contain('line 1, column 8');
  });

  it('refuses bodies that are not JSON in UTF-8', async () => {
    for (const type of [
      'text/plain',
      'application/jsonp',
      'application/json; charset=latin1',
      'application/x-www-form-urlencoded',
    ]) {
      const { status, json } = await call('read', { body: '{}', headers: { 'content-type': type } });
      expect([status, json.code], type).to.deep.equal([415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
    for (const type of ['application/json; charset=UTF-8', 'application/vnd.crm+json', 'Application/JSON']) {
      expect((await call('read', { body: '{"id":1}', headers: { 'content-type': type } })).status, type).to.equal(200);
    }
    const bytes = Buffer.from([0x22, 0xff, 0xfe, 0x22]);
    const response = await fetch(`${fixture.url}/api/smartobjects/Probe_Contact/echo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keyOf('user')}`, 'content-type': 'application/json' },
      body: bytes,
    });
    expect(response.status).to.equal(400);
    expect(await response.text()).to.contain('not UTF-8');
  });

  it('names what there is when the object or method is unknown', async () => {
    const unknown = await fixture.ask('/api/smartobjects/Nothing/read', { as: 'user', body: {} });
    expect(unknown.json).to.include({ status: 404, code: 'NOT_FOUND' });
    expect((await call('nothing', { body: {} })).json.detail).to.contain('read');
  });

  it('lets nobody in without a key, with a wrong one, or without the role', async () => {
    const url = '/api/smartobjects/Probe_Contact/read';
    const anonymous = await fixture.ask(url, { body: { id: 1 } });
    expect([anonymous.status, anonymous.json.code]).to.deep.equal([401, 'AUTHENTICATION_REQUIRED']);
    expect(anonymous.headers.get('www-authenticate')).to.contain('Bearer');
    expect(
      (await fixture.ask(url, { body: { id: 1 }, headers: { authorization: 'Bearer swk_wrong' } })).status,
    ).to.equal(401);
  });

  it('passes the upstream’s error on as a field, and tells a defect only by its id', async () => {
    const refused = await call('refuse', { body: { id: 1 } });
    expect(refused.status).to.equal(502);
    expect(refused.json).to.deep.include({
      code: 'UPSTREAM_REFUSED',
      upstream: { status: 409, headers: {}, body: { reason: 'canary-upstream' } },
    });
    expect(refused.json.detail).not.to.contain('canary');
    const defect = await call('defect', { body: { id: 1 } });
    expect([defect.status, defect.json.code]).to.deep.equal([500, 'INTERNAL']);
    expect(defect.text).not.to.contain('canary');
    const id = defect.headers.get('x-request-id');
    expect(defect.json.detail).to.contain(id);
    expect(fixture.lines().find((line) => line.id === id && line.level === 'error')?.error).to.contain(
      'canary-of-a-defect',
    );
  });

  it('aborts the upstream call when the caller goes away', async () => {
    const caller = new AbortController();
    const gone = call('slow', { body: { id: 1 }, signal: caller.signal }).catch(() => 'gone');
    await until(() => fixture.service.held.length === 1);
    caller.abort();
    expect(await gone).to.equal('gone');
    await until(() => fixture.service.aborted === 1);
    await until(() => fixture.lines().some(({ status }) => status === 499));
  });

  it('takes a person’s session from its own pages and from allowed origins only', async () => {
    const cookie = await signIn(fixture, 'alice', ['user']);
    const from = (headers: Record<string, string>) =>
      fetch(`${fixture.url}/api/smartobjects/Probe_Contact/read`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: '{"id":1}',
      });
    expect((await from({ origin: fixture.url })).status).to.equal(200);
    const shared = await from({ origin: 'https://forms.example' });
    expect(shared.status).to.equal(200);
    expect(shared.headers.get('access-control-allow-origin')).to.equal('https://forms.example');
    expect(shared.headers.get('access-control-allow-credentials')).to.equal('true');
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[]) {
      const refused = await from(headers);
      expect(refused.status, JSON.stringify(headers)).to.equal(403);
      expect(refused.headers.get('access-control-allow-origin')).to.equal(null);
    }
  });

  it('answers preflight requests of allowed origins, and tells others nothing', async () => {
    const preflight = (origin: string) =>
      fixture.ask('/api/smartobjects/Probe_Contact/read', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    const allowed = await preflight('https://forms.example');
    expect(allowed.status).to.equal(204);
    expect(allowed.headers.get('access-control-allow-headers')).to.contain('content-type');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).to.equal(null);
  });

  it('counts calls by outcome, without names', async () => {
    const { text } = await fixture.ask('/metrics');
    expect(text).to.match(/smartwright_calls_total\{outcome="done"\} \d+/);
    expect(text).to.match(/smartwright_calls_total\{outcome="INPUT_INVALID"\} \d+/);
    expect(text).to.match(/smartwright_call_duration_seconds_bucket\{le="\+Inf"\} \d+/);
    expect(text).to.contain(
      'smartwright_http_requests_total{method="POST",route="/api/smartobjects/{object}/{method}",status="200"}',
    );
    expect(text).not.to.contain('Probe');
  });

  it('logs one line a request, without its body, query or headers', async () => {
    await call('read?secret=canary-query', { body: { id: 1 }, headers: { 'x-canary': 'canary-header' } });
    const line = fixture
      .lines()
      .filter(({ message }) => message === 'request')
      .at(-1);
    expect(line).to.include({
      level: 'info',
      method: 'POST',
      route: '/api/smartobjects/{object}/{method}',
      status: 200,
      principal: 'key_user',
    });
    expect(fixture.logged()).not.to.match(/canary-(query|header)|swk_/);
  });
});

describe('limits of the call route', () => {
  it('refuses a body that is too large, declared or not', async () => {
    const fixture = await startFixture({
      limits: {
        requestBytes: 1000,
        answerBytes: 1e6,
        streamBytes: 1e6,
        descriptorBytes: 1e6,
        upstreamTimeout: 5000,
        shutdownTimeout: 1000,
        recentCalls: 100,
        recentCallDays: 1,
      },
    });
    const url = `${fixture.url}/api/smartobjects/Probe_Contact/echo`;
    const headers = { authorization: `Bearer ${keyOf('user')}`, 'content-type': 'application/json' };
    const large = JSON.stringify({ value: 'x'.repeat(20_000_000) });
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });
    for (const body of [large, stream]) {
      const response = await fetch(url, { method: 'POST', headers, body, ...({ duplex: 'half' } as object) });
      expect(response.status).to.equal(413);
      expect(await response.json()).to.include({ code: 'PAYLOAD_TOO_LARGE' });
    }
    expect((await fetch(url, { method: 'POST', headers, body: '{"value":1}' })).status).to.equal(200);
    await fixture.close();
  });
});
