import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { KEY, type StreamFixture, startStreams, until } from './fixture.js';

const MiB = 2 ** 20;
const json = { 'content-type': 'application/json' };
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const blanks = Buffer.alloc(MiB, ' ');

function flood(response: ServerResponse, piece: Buffer): void {
  const more = () => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

const bomb = gzipSync(Buffer.alloc(200 * MiB, ' '));

/** What a service may do to whoever calls it, and the code of the problem that the caller gets. */
const hostilities: Readonly<Record<string, readonly [string, Answer]>> = {
  'HTML with status 200': [
    'UPSTREAM_UNREADABLE',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in, canary</h1>'),
  ],
  'another media type': [
    'UPSTREAM_UNREADABLE',
    (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('canary'),
  ],
  'HTML that says it is JSON': [
    'UPSTREAM_UNREADABLE',
    (_, response) => response.writeHead(200, json).end('<h1>canary'),
  ],
  'JSON that is cut off': ['UPSTREAM_UNREADABLE', (_, response) => response.writeHead(200, json).end('{"canary":')],
  'a body that ends before its length': [
    'UPSTREAM_UNREADABLE',
    (_, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' });
      response.write('{}', () => response.destroy());
    },
  ],
  'a body that is no gzip': [
    'UPSTREAM_UNREADABLE',
    (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('{"canary":1}'),
  ],
  'a body larger than allowed, by its length': [
    'UPSTREAM_TOO_LARGE',
    (_, response) => {
      response.writeHead(200, { ...json, 'content-length': String(500 * MiB) });
      flood(response, blanks);
    },
  ],
  'a body without end': [
    'UPSTREAM_TOO_LARGE',
    (_, response) => {
      response.writeHead(200, json);
      flood(response, blanks);
    },
  ],
  'a gzip bomb': [
    'UPSTREAM_TOO_LARGE',
    (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb),
  ],
  'a body that drips for ever': [
    'UPSTREAM_TIMEOUT',
    (_, response) => {
      response.writeHead(200, json);
      drip(response);
    },
  ],
  'no answer at all': ['UPSTREAM_TIMEOUT', () => undefined],
  'a redirect to itself': [
    'UPSTREAM_UNREADABLE',
    (_, response) => response.writeHead(302, { location: '/thing' }).end(),
  ],
  'redirects without end': [
    'UPSTREAM_UNREADABLE',
    ({ url = '' }, response) => response.writeHead(307, { location: `/thing?${url.length}` }).end(),
  ],
  'a redirect to what is no URL': [
    'UPSTREAM_UNREADABLE',
    (_, response) => response.writeHead(302, { location: 'http://[' }).end(),
  ],
  'a redirect to an address that is not allowed': [
    'ADDRESS_REFUSED',
    (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  ],
  'an error with a body without end': [
    'UPSTREAM_REFUSED',
    (_, response) => {
      response.writeHead(500, json);
      flood(response, blanks);
    },
  ],
  'nesting without end': [
    'UPSTREAM_UNREADABLE',
    (_, response) => response.writeHead(200, json).end(`{"id":9007199254740993,"canary":${'['.repeat(2 * MiB)}`),
  ],
};

describe('what a hostile service answers', () => {
  let fixture: StreamFixture;
  const content = { 'application/json': { schema: { type: 'object' } } };
  before(async () => {
    fixture = await startStreams(
      { '/thing': { responses: { 200: { description: '', content } } } },
      {
        limits: { answerBytes: 8 * MiB },
        keys: { timeout: 3 },
        authentication: { mode: 'static', scheme: 'bearer', token: 'canary-token' },
      },
    );
  });
  after(() => fixture.close());

  const call = () =>
    fetch(`${fixture.url}/api/smartobjects/s_Thing/Read`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
    });

  for (const [what, [code, answer]] of Object.entries(hostilities)) {
    it(`${what}: ${code}, the connection freed, the memory bounded`, async () => {
      fixture.paths.set('/thing', answer);
      const before = process.memoryUsage().rss;
      const response = await call();
      const text = await response.text();
      expect(JSON.parse(text)).to.include({ code });
      expect(response.status).to.be.oneOf([422, 502, 504]);
      expect(response.headers.get('content-type')).to.equal('application/problem+json');
      expect(text).not.to.include('canary');
      await until(() => fixture.open.size === 0);
      expect((process.memoryUsage().rss - before) / MiB).to.be.lessThan(100);
    });
  }

  it('a redirect to another host is followed without the credentials, and answers', async () => {
    const other = await startStreams({});
    let sent: string | undefined;
    other.paths.set('/elsewhere', ({ headers }, response) => {
      sent = headers.authorization;
      response.writeHead(200, json).end('{"from":"elsewhere"}');
    });
    const { port } = new URL(other.service);
    fixture.paths.set('/thing', ({ headers }, response) => {
      expect(headers.authorization).to.equal('Bearer canary-token');
      response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    });
    expect(await (await call()).json()).to.deep.equal({ from: 'elsewhere' });
    expect(other.asked).to.deep.equal(['/elsewhere']);
    expect(sent).to.equal(undefined);
    await other.close();
  });

  it('leaves the service callable', async () => {
    fixture.paths.set('/thing', (_, response) => response.writeHead(200, json).end('{"ok":true}'));
    const answers = await Promise.all(Array.from({ length: 50 }, async () => (await call()).json()));
    expect(answers).to.deep.equal(Array(50).fill({ ok: true }));
    expect(fixture.open.size).to.equal(0);
  });
});
