import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createRuntime } from '../../runtime/index.js';
import { createServer } from '../../runtime/server/index.js';
import { type Fixture, startFixture, until } from './fixture.js';

const problem = ({ status, json }: { status: number; json: { status: number; code: string } }) => [
  status,
  json.status,
  json.code,
];

/** Sends bytes as they are, and gives what comes back. */
async function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

describe('the server', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await startFixture();
  });
  after(() => fixture.close());

  it('answers what is not there with a problem', async () => {
    const { ask } = fixture;
    expect(problem(await ask('/api/nothing', { as: 'admin' }))).to.deep.equal([404, 404, 'NOT_FOUND']);
    expect(problem(await ask('/api/users/nobody', { as: 'admin' }))).to.deep.equal([404, 404, 'NOT_FOUND']);
    expect(problem(await ask('/api/smartobjects/a/b/c', { method: 'POST', as: 'admin' }))).to.deep.equal([
      404,
      404,
      'NOT_FOUND',
    ]);
  });

  it('names the verbs that are possible when another is used', async () => {
    const answer = await fixture.ask('/api/users', { method: 'DELETE', as: 'admin' });
    expect(problem(answer)).to.deep.equal([405, 405, 'METHOD_NOT_ALLOWED']);
    expect(answer.headers.get('allow')).to.equal('GET, HEAD');
    const call = await fixture.ask('/api/smartobjects/Probe_Contact/read', { as: 'user' });
    expect([call.status, call.headers.get('allow')]).to.deep.equal([405, 'POST']);
    const options = await fixture.ask('/api/users/x', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).to.deep.equal([204, 'GET, HEAD, PUT, DELETE, OPTIONS']);
  });

  it('refuses a malformed URL', async () => {
    expect(problem(await fixture.ask('/api/users/%E0%A4%A', { as: 'admin' }))).to.deep.equal([
      400,
      400,
      'REQUEST_INVALID',
    ]);
    expect(problem(await fixture.ask('/api/smartobjects/%/read', { as: 'user', body: {} }))).to.deep.equal([
      400,
      400,
      'REQUEST_INVALID',
    ]);
  });

  it('refuses NUL, which no name has and PostgreSQL cannot be asked for', async () => {
    const refused = [400, 400, 'REQUEST_INVALID'];
    expect(problem(await fixture.ask('/api/users/a%00b', { as: 'admin' }))).to.deep.equal(refused);
    expect(problem(await fixture.ask('/api/calls?object=%00', { as: 'admin' }))).to.deep.equal(refused);
    expect(problem(await fixture.ask('/api/smartobjects/%00/read', { as: 'user', body: {} }))).to.deep.equal(refused);
    expect((await fixture.ask('/sign-in', { form: { user: 'a\0', password: 'x' } })).status).to.equal(400);
  });

  it('answers bytes that are no HTTP request, and headers without end, with a problem', async () => {
    expect(await raw(fixture.url, 'NONSENSE\r\n\r\n')).to.match(
      /^HTTP\/1.1 400 [\s\S]*application\/problem\+json[\s\S]*REQUEST_INVALID/,
    );
    const long = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`;
    expect(await raw(fixture.url, long)).to.match(/^HTTP\/1.1 431 /);
  });

  it('is alive and ready, and answers HEAD', async () => {
    expect((await fixture.ask('/healthz')).json).to.deep.equal({ status: 'ok' });
    expect((await fixture.ask('/readyz')).json).to.deep.equal({ status: 'ok' });
    const head = await fixture.ask('/healthz', { method: 'HEAD' });
    expect([head.status, head.text]).to.deep.equal([200, '']);
  });

  it('says so when the port is in use', async () => {
    const port = Number(new URL(fixture.url).port);
    const settings = { ...fixture.runtime.settings, port };
    const second = createServer({ ...fixture.runtime, settings });
    const error = await second.listen().catch((reason) => reason);
    expect(error.name).to.equal('ConfigurationError');
    expect(error.message).to.contain(`Port ${port}`).and.contain('SMARTWRIGHT_PORT');
  });

  it('enforces every route’s role', async () => {
    const routes: [path: string, method: string, least: 'user' | 'designer' | 'admin'][] = [
      ['/api/me', 'GET', 'user'],
      ['/api/me/tokens', 'GET', 'user'],
      ['/api/smartobjects', 'GET', 'designer'],
      ['/api/smartobjects/Probe_Contact', 'GET', 'designer'],
      ['/api/smartobjects/Probe_Contact/read/schema', 'GET', 'user'],
      ['/api/service-types', 'GET', 'designer'],
      ['/api/service-instances', 'GET', 'designer'],
      ['/api/service-instances/Probe/diagnostics', 'GET', 'designer'],
      ['/api/service-instances/Nothing', 'DELETE', 'admin'],
      ['/api/service-instances/Probe/refresh', 'POST', 'admin'],
      ['/api/oauth/resource-types', 'GET', 'admin'],
      ['/api/oauth/resources', 'GET', 'admin'],
      ['/api/oauth/tokens', 'GET', 'admin'],
      ['/api/users', 'GET', 'admin'],
      ['/api/keys', 'GET', 'admin'],
      ['/api/audit', 'GET', 'admin'],
    ];
    const order = ['user', 'designer', 'admin'] as const;
    for (const [path, method, least] of routes) {
      expect((await fixture.ask(path, { method })).status, `${path} by nobody`).to.equal(401);
      for (const role of order) {
        const { status } = await fixture.ask(path, { method, as: role });
        const allowed = order.indexOf(role) >= order.indexOf(least);
        expect(status === 403, `${method} ${path} by ${role}`).to.equal(!allowed);
        if (allowed) expect(status, `${method} ${path} by ${role}`).to.be.oneOf([200, 204, 404]);
      }
    }
  });
});

describe('a server that stops', () => {
  it('lets calls that are under way end, and takes no further ones', async () => {
    const fixture = await startFixture();
    const { service, ask, server, url } = fixture;
    const call = ask('/api/smartobjects/Probe_Contact/slow', { as: 'user', body: { id: 1 } });
    await until(() => service.held.length === 1);
    const closed = server.close();
    const refused = await fetch(`${url}/healthz`).catch(() => 'refused');
    expect(refused === 'refused' || (refused as Response).status === 503).to.equal(true);
    service.held[0]?.writeHead(200, { 'content-type': 'application/json' }).end('{"done":true}');
    expect((await call).json).to.deep.equal({ done: true });
    await closed;
    await fixture.close();
  });

  it('aborts what takes longer than the time given', async () => {
    const limits = {
      requestBytes: 1e6,
      answerBytes: 1e6,
      streamBytes: 1e6,
      descriptorBytes: 1e6,
      upstreamTimeout: 60_000,
      shutdownTimeout: 50,
      recentCalls: 100,
      recentCallDays: 1,
    };
    const fixture = await startFixture({ limits });
    const call = fixture.ask('/api/smartobjects/Probe_Contact/slow', { as: 'user', body: { id: 1 } });
    await until(() => fixture.service.held.length === 1);
    await fixture.server.close();
    expect(problem(await call)).to.deep.equal([503, 503, 'STOPPING']);
    await until(() => fixture.service.aborted === 1);
    await fixture.close();
  });

  it('can be closed before it has listened, and twice', async () => {
    const data = await mkdtemp(join(tmpdir(), 'smartwright-server-'));
    const runtime = await createRuntime({ data, port: 0, logLevel: 'silent' });
    const server = createServer(runtime);
    await server.close();
    await server.listen();
    await Promise.all([server.close(), server.close()]);
    await runtime.close();
    await rm(data, { recursive: true });
  });
});
