import { expect } from 'chai';
import { closeUpstreams, createUpstream, credentials, type UpstreamOptions } from '../../../brokers/http/index.js';
import type { UpstreamRequest } from '../../../brokers/http/upstream.js';
import { rejection } from '../../support/rejection.js';
import { answered, type RawServer, rawServer } from './raw-server.js';

const allowedHosts = ['127.0.0.1', 'localhost'];
const to = (location: string, status = '302 Found') => answered('', `location: ${location}\r\n`, status);

describe('redirects, credentials and retries', () => {
  const servers: RawServer[] = [];
  async function serve(answer: Parameters<typeof rawServer>[0]): Promise<RawServer> {
    const server = await rawServer(answer);
    servers.push(server);
    return server;
  }
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
  after(closeUpstreams);

  const send = (url: string, request: Partial<UpstreamRequest> = {}, options: UpstreamOptions = {}) =>
    createUpstream({ allowedHosts, ...options }).send({ method: 'GET', url, headers: {}, ...request });

  it('follows a redirect and tells the URL that answered', async () => {
    const server = await serve((head, socket) =>
      socket.write(head.startsWith('GET /a') ? to('/b?x=1') : answered('there')),
    );
    const response = await send(`${server.origin}/a`);
    expect(await response.text()).to.equal('there');
    expect(response.url).to.equal(`${server.origin}/b?x=1`);
  });

  it('ends a loop of redirects after five', async () => {
    const server = await serve((_, socket) => socket.write(to('/again')));
    const error = await rejection(send(server.origin), 'UPSTREAM_UNREADABLE');
    expect(error.message).to.include('redirects');
    expect(server.requests).to.have.length(6);
  });

  it('leaves credentials and other headers behind on the way to another host', async () => {
    const thief = await serve((_, socket) => socket.write(answered('caught')));
    const server = await serve((_, socket) => socket.write(to(`http://localhost:${thief.port}/x`)));
    const headers = { 'x-api-key': 'c4nary', accept: 'text/plain', cookie: 'sid=c4nary' };
    const response = await send(server.origin, { headers }, { credentials: credentials.bearer('c4nary') });
    expect(await response.text()).to.equal('caught');
    expect(server.requests[0]).to.include('Bearer c4nary');
    expect(thief.requests[0]).to.include('text/plain').and.not.include('c4nary');
  });

  it('does not give credentials back after a detour by another host', async () => {
    const away = await serve((_, socket) => socket.write(to(`${server.origin}/end`)));
    const server = await serve((head, socket) =>
      socket.write(head.startsWith('GET /end') ? answered('end') : to(`http://localhost:${away.port}/`)),
    );
    await (await send(server.origin, {}, { credentials: credentials.bearer('c4nary') })).text();
    expect(server.requests[1]).to.include('GET /end').and.not.include('c4nary');
  });

  it('sends credentials to the hosts that they are for, and to no other', async () => {
    const server = await serve((_, socket) => socket.write(answered('ok')));
    const given = { credentials: credentials.bearer('c4nary') };
    await (await send(server.origin, {}, { ...given, hosts: [`127.0.0.1:${server.port}`] })).text();
    await (await send(server.origin, {}, { ...given, hosts: ['api.example.com', '127.0.0.1'] })).text();
    await (await send(server.origin, { headers: { authorization: 'Own x' } }, given)).text();
    expect(server.requests[0]).to.include('Bearer c4nary');
    expect(server.requests[1]).not.to.include('c4nary');
    expect(server.requests[2]).to.include('Own x').and.not.include('c4nary');
  });

  it('checks the address of each hop', async () => {
    const server = await serve((_, socket) => socket.write(to('http://169.254.169.254/latest/meta-data')));
    const error = await rejection(send(server.origin), 'ADDRESS_REFUSED');
    expect(error.message).to.include('169.254.169.254').and.include('allowedHosts');
  });

  it('turns a POST into a GET on 303, and resends it on 307 to the same origin only', async () => {
    const other = await serve((_, socket) => socket.write(answered('other')));
    const server = await serve((head, socket) => {
      if (head.startsWith('POST /303')) socket.write(to('/done', '303 See Other'));
      else if (head.startsWith('POST /307')) socket.write(to('/done', '307 Temporary Redirect'));
      else if (head.startsWith('POST /away')) socket.write(to(`${other.origin}/`, '307 Temporary Redirect'));
      else if (head.startsWith('POST /302')) socket.write(to('/done'));
      else socket.write(answered(head.slice(0, head.indexOf(' '))));
    });
    const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    expect(await (await send(`${server.origin}/303`, post)).text()).to.equal('GET');
    expect(server.requests[1]).not.to.include('content-type');
    const inMessage = { ...post, withToken: () => 'with the token' };
    expect(await (await send(`${server.origin}/303`, inMessage)).text()).to.equal('GET');
    expect(server.requests[2]).to.include('content-length: 14');
    expect(server.requests[3]).not.to.include('content-length');
    expect(await (await send(`${server.origin}/307`, post)).text()).to.equal('POST');
    expect((await send(`${server.origin}/away`, post)).status).to.equal(307);
    expect((await send(`${server.origin}/302`, post)).status).to.equal(302);
    expect(other.requests).to.have.length(0);
  });

  it('asks for other credentials once after a 401, and sends the request again once', async () => {
    const server = await serve((head, socket) =>
      socket.write(head.includes('Bearer fresh') ? answered('in') : answered('out', '', '401 Unauthorized')),
    );
    let token = 'stale';
    let asked = 0;
    const renewing = {
      apply(request: { headers: Record<string, string | readonly string[]> }) {
        request.headers.authorization = `Bearer ${token}`;
      },
      async refused(request: { headers: Record<string, string | readonly string[]> }) {
        asked += 1;
        expect(request.headers.authorization).to.equal('Bearer stale');
        token = 'fresh';
        return true;
      },
    };
    const response = await send(server.origin, { method: 'POST', body: 'x' }, { credentials: renewing });
    expect(await response.text()).to.equal('in');
    token = 'stale';
    const loop = await send(server.origin, {}, { credentials: { ...renewing, refused: async () => true } });
    expect(loop.status).to.equal(401);
    expect(asked).to.equal(1);
    expect(server.requests).to.have.length(4);
  });

  it('passes on what credentials fail with, and waits for them within the deadline', async () => {
    const server = await serve((_, socket) => socket.write(answered('ok')));
    const never = { apply: () => new Promise<void>(() => {}) };
    await rejection(send(server.origin, { timeout: 30 }, { credentials: never }), 'UPSTREAM_TIMEOUT');
    const slow = {
      apply: async (request: { headers: Record<string, string | readonly string[]> }) =>
        credentials.bearer('t').apply({ method: 'GET', url: '', ...request }),
    };
    await (await send(server.origin, {}, { credentials: slow })).text();
    expect(server.requests).to.have.length(1);
    expect(server.requests[0]).to.include('Bearer t');
  });

  it('adds static credentials to query, header and cookie', async () => {
    const server = await serve((_, socket) => socket.write(answered('ok')));
    await (
      await send(`${server.origin}/q?a=%20&key=old#f`, {}, { credentials: credentials.query('key', 'n w') })
    ).text();
    await (
      await send(server.origin, { headers: { cookie: 'a=1' } }, { credentials: credentials.cookie('k', 'v') })
    ).text();
    await (await send(server.origin, {}, { credentials: credentials.header('X-Key', 'v') })).text();
    await (await send(server.origin, {}, { credentials: credentials.basic('me', 'pä:ss') })).text();
    expect(server.requests[0]).to.match(/^GET \/q\?a=%20&key=n%20w HTTP/);
    expect(server.requests[1]).to.include('cookie: a=1; k=v');
    expect(server.requests[2]).to.include('x-key: v');
    expect(server.requests[3]).to.include(`Basic ${Buffer.from('me:pä:ss').toString('base64')}`);
  });

  it('sends an idempotent request again when the kept-alive connection was lost', async () => {
    const server = await serve((_, socket, count) => (count === 2 ? socket.destroy() : socket.write(answered('ok'))));
    await (await send(server.origin)).text();
    expect(await (await send(server.origin)).text()).to.equal('ok');
    expect(server.requests).to.have.length(3);
  });

  it('does not send a POST again', async () => {
    const server = await serve((_, socket) => socket.destroy());
    await rejection(send(server.origin, { method: 'POST', body: 'x' }), 'UPSTREAM_UNREACHABLE');
    expect(server.requests).to.have.length(1);
    await rejection(send(server.origin), 'UPSTREAM_UNREACHABLE');
    expect(server.requests).to.have.length(3);
  });

  it('waits as a busy service asks, twice at most, when the wait is short', async () => {
    const busy = answered('', 'retry-after: 0\r\n', '429 Too Many Requests');
    const server = await serve((_, socket, count) => socket.write(count < 3 ? busy : answered('at last')));
    expect(await (await send(server.origin)).text()).to.equal('at last');
    const always = await serve((_, socket) => socket.write(busy));
    expect((await send(always.origin)).status).to.equal(429);
    expect((await send(always.origin, { method: 'POST', body: 'x' })).status).to.equal(429);
    expect((await send(always.origin, {}, { maxRetryAfter: 0 })).status).to.equal(429);
    expect(always.requests).to.have.length(5);
    const long = await serve((_, socket) => socket.write(answered('', 'retry-after: 60\r\n', '503 Busy')));
    expect((await send(long.origin)).status).to.equal(503);
    expect(long.requests).to.have.length(1);
  });
});
