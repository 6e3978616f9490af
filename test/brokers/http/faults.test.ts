import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { closeUpstreams, createUpstream } from '../../../brokers/http/index.js';
import type { UpstreamRequest } from '../../../brokers/http/upstream.js';
import { rejection } from '../../support/rejection.js';
import { answered, type RawServer, rawServer } from './raw-server.js';

const allowedHosts = ['127.0.0.1'];

describe('upstream faults', () => {
  let server: RawServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  after(closeUpstreams);

  async function get(answer: Parameters<typeof rawServer>[0], request: Partial<UpstreamRequest> = {}) {
    server = await rawServer(answer);
    const http = createUpstream({ allowedHosts });
    const response = await http.send({ method: 'GET', url: `${server.origin}/x?secret=1`, headers: {}, ...request });
    return await response.text();
  }

  it('cuts an answer that drips slowly at the deadline, and frees the connection', async () => {
    let timer: NodeJS.Timeout | undefined;
    const promise = get(
      (_, socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
        timer = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(timer));
      },
      { timeout: 150 },
    );
    const error = await rejection(promise, 'UPSTREAM_TIMEOUT');
    expect(error.message).to.include('GET 127.0.0.1').and.include('150 ms').and.not.include('secret');
    while (server?.open() !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('times out when no answer begins', async () => {
    await rejection(
      get(() => {}, { timeout: 50 }),
      'UPSTREAM_TIMEOUT',
    );
  });

  it('tells a body that ends before its length', async () => {
    const error = await rejection(
      get((_, socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')),
      'UPSTREAM_UNREADABLE',
    );
    expect(error.message).to.include('before the answer was complete');
  });

  it('tells a chunked body that ends without its last chunk', async () => {
    const answer = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n';
    await rejection(
      get((_, socket) => socket.end(answer)),
      'UPSTREAM_UNREADABLE',
    );
  });

  it('stops at the size cap', async () => {
    await rejection(
      get((_, socket) => socket.write(answered('x'.repeat(5000))), { maxBytes: 4999 }),
      'UPSTREAM_TOO_LARGE',
    );
  });

  it('takes a body of exactly the size cap', async () => {
    expect(await get((_, socket) => socket.write(answered('x'.repeat(5000))), { maxBytes: 5000 })).to.have.length(5000);
  });

  it('stops a body that never ends', async () => {
    const promise = get(
      (_, socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
        const more = () => {
          while (socket.writable && socket.write(piece));
          if (socket.writable) socket.once('drain', more);
        };
        more();
      },
      { maxBytes: 1_000_000 },
    );
    await rejection(promise, 'UPSTREAM_TOO_LARGE');
  });

  const encodings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, 'x-gzip': gzipSync } as const;
  for (const [encoding, compress] of Object.entries(encodings)) {
    it(`undoes ${encoding}`, async () => {
      const body = compress(Buffer.from('grüße'));
      expect(await get((_, socket) => socket.write(answered(body, `content-encoding: ${encoding}\r\n`)))).to.equal(
        'grüße',
      );
    });

    it(`stops a bomb in ${encoding}`, async () => {
      const body = compress(Buffer.alloc(3_000_000));
      const answer = answered(body, `content-encoding: ${encoding}\r\n`);
      await rejection(
        get((_, socket) => socket.write(answer), { maxBytes: 1_000_000 }),
        'UPSTREAM_TOO_LARGE',
      );
    });

    it(`tells ${encoding} that is cut off`, async () => {
      const whole = compress(Buffer.from('some text that is long enough to be cut'));
      const answer = answered(whole.subarray(0, whole.length - 6), `content-encoding: ${encoding}\r\n`);
      await rejection(
        get((_, socket) => socket.write(answer)),
        'UPSTREAM_UNREADABLE',
      );
    });
  }

  it('undoes deflate without its wrapping, and encodings on top of one another', async () => {
    const raw = answered(deflateRawSync(Buffer.from('raw')), 'content-encoding: deflate\r\n');
    expect(await get((_, socket) => socket.write(raw))).to.equal('raw');
    await server?.close();
    const twice = answered(brotliCompressSync(gzipSync(Buffer.from('twice'))), 'content-encoding: gzip, br\r\n');
    expect(await get((_, socket) => socket.write(twice))).to.equal('twice');
  });

  it('refuses an encoding that it does not know', async () => {
    const answer = answered('abc', 'content-encoding: secret-sauce\r\n');
    const error = await rejection(
      get((_, socket) => socket.write(answer)),
      'UPSTREAM_UNREADABLE',
    );
    expect(error.message).to.include('secret-sauce');
  });

  it('tells an answer that is not HTTP', async () => {
    await rejection(
      get((_, socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
      'UPSTREAM_UNREADABLE',
    );
  });

  it('tells headers that are too large', async () => {
    const huge = `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`;
    await rejection(
      get((_, socket) => socket.write(huge)),
      'UPSTREAM_TOO_LARGE',
    );
  });

  it('refuses a line break in a header before anything is sent', async () => {
    const error = await rejection(
      get((_, socket) => socket.write(answered('ok')), { headers: { 'x-a': 'a\r\nx-b: c4nary' } }),
      'INPUT_INVALID',
    );
    expect(error.message).to.include('x-a').and.not.include('c4nary');
    expect(server?.requests).to.deep.equal([]);
  });

  it('says that nothing listens', async () => {
    const gone = await rawServer(() => {});
    await gone.close();
    const http = createUpstream({ allowedHosts });
    const error = await rejection(
      http.send({ method: 'GET', url: `${gone.origin}/x`, headers: {} }),
      'UPSTREAM_UNREACHABLE',
    );
    expect(error.message).to.include('refuses the connection');
  });

  it('stops at once when the caller goes away, before and during the answer', async () => {
    const controller = new AbortController();
    server = await rawServer((_, socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'));
    const http = createUpstream({ allowedHosts, signal: controller.signal });
    const response = await http.send({ method: 'GET', url: server.origin, headers: {} });
    const body = rejection(response.text(), 'CANCELLED');
    controller.abort();
    await body;
    await rejection(http.send({ method: 'GET', url: server.origin, headers: {} }), 'CANCELLED');
  });

  it('streams a body, decoded, and reports its faults on the stream', async () => {
    server = await rawServer((head, socket) => {
      const body = gzipSync(Buffer.alloc(300_000, 'abc'));
      const cut = head.includes('/cut') ? body.length - 10 : body.length;
      socket.write(answered(body.subarray(0, cut), 'content-encoding: gzip\r\n'));
    });
    const http = createUpstream({ allowedHosts });
    const whole = await http.send({ method: 'GET', url: `${server.origin}/whole`, headers: {} });
    let size = 0;
    for await (const chunk of whole.stream()) size += chunk.length;
    expect(size).to.equal(300_000);
    const cut = await http.send({ method: 'GET', url: `${server.origin}/cut`, headers: {} });
    await rejection(cut.stream().resume().toArray(), 'UPSTREAM_UNREADABLE');
    const large = await http.send({ method: 'GET', url: `${server.origin}/whole`, headers: {}, maxBytes: 1000 });
    await rejection(large.stream().toArray(), 'UPSTREAM_TOO_LARGE');
  });

  it('holds the service back while nobody reads a stream', async () => {
    const size = 20_000_000;
    server = await rawServer((_, socket) => socket.write(answered(Buffer.alloc(size, 'x'))));
    const http = createUpstream({ allowedHosts });
    const response = await http.send({ method: 'GET', url: server.origin, headers: {} });
    let received = 0;
    for await (const chunk of response.stream()) received += chunk.length;
    expect(received).to.equal(size);
    const later = await http.send({ method: 'GET', url: server.origin, headers: {} });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await later.bytes()).to.have.length(size);
  });

  it('decodes text by its byte order mark or its charset', async () => {
    const latin = answered(Buffer.from('é', 'latin1'), 'content-type: text/plain; charset="ISO-8859-1"\r\n');
    expect(await get((_, socket) => socket.write(latin))).to.equal('é');
    await server?.close();
    const marked = answered(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('hi', 'utf16le')]));
    expect(await get((_, socket) => socket.write(marked))).to.equal('hi');
    await server?.close();
    expect(await get((_, socket) => socket.write(answered('\ufeffbom')))).to.equal('bom');
    await server?.close();
    const odd = answered('x', 'content-type: text/plain; charset=klingon\r\n');
    await rejection(
      get((_, socket) => socket.write(odd)),
      'UPSTREAM_UNREADABLE',
    );
  });

  it('frees the connection of an answer that is not read', async () => {
    server = await rawServer((_, socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nabc`));
    const response = await createUpstream({ allowedHosts }).send({ method: 'GET', url: server.origin, headers: {} });
    response.discard();
    while (server.open() !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
