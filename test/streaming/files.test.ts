import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { FileValue } from '../../runtime/client/index.js';
import { type Method, method, Problem } from '../../runtime/client/index.js';
import { KEY, type StreamFixture, startStreams, until } from './fixture.js';

const binary = {
  200: { description: '', content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } },
};
const MiB = 1024 * 1024;

const piece = randomBytes(MiB);

/** Sends so many bytes as fast as they are taken. Tells how many it has sent. */
function flood(response: ServerResponse, bytes: number): () => number {
  let sent = 0;
  const more = () => {
    while (sent < bytes && !response.destroyed) {
      const chunk = piece.subarray(0, bytes - sent);
      sent += chunk.length;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
    if (!response.destroyed) response.end();
  };
  more();
  return () => sent;
}

function hashOf(bytes: number): string {
  const hash = createHash('sha256');
  for (let left = bytes; left > 0; left -= piece.length) hash.update(piece.subarray(0, left));
  return hash.digest('hex');
}

const thrown = (promise: Promise<unknown>): Promise<Problem> =>
  promise.then(
    () => expect.fail('expected a problem'),
    (error) => (error instanceof Problem ? error : expect.fail(String(error))),
  );

describe('files', () => {
  let fixture: StreamFixture;
  let file: Method<object, FileValue>;
  let local: Method<object, FileValue>;
  let path = '';
  const headers = { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="naïve 'a'.pdf"` };
  const name = Buffer.from("naïve 'a'.pdf", 'latin1').toString('latin1');

  before(async () => {
    fixture = await startStreams(
      { '/files/report': { operationId: 'report', responses: binary } },
      { limits: { answerBytes: 8 * MiB, streamBytes: 300 * MiB }, keys: { timeout: 1 } },
    );
    const [{ name: object } = { name: '' }] = (await fixture.installation.runtime.store.smartObjects.list()).items;
    const methods = (await fixture.installation.runtime.store.smartObjects.get(object))?.methods;
    path = `${object}/${methods?.[0]?.name}`;
    file = method(fixture.http, object, methods?.[0]?.name ?? '');
    local = method(fixture.local, object, methods?.[0]?.name ?? '');
  });
  after(() => fixture.close());

  it('are name, media type and base64 for who calls as for JSON', async () => {
    fixture.paths.set('/files/report', (_, response) => response.writeHead(200, headers).end(Buffer.from([0, 1, 255])));
    const expected = { name, mediaType: 'application/pdf', content: 'AAH/' };
    expect(await file({})).to.deep.equal(expected);
    expect(await local({})).to.deep.equal(expected);
  });

  for (const face of ['over HTTP', 'in process'] as const) {
    const called = () => (face === 'over HTTP' ? file : local);

    it(`of 256 MiB are passed on ${face} in little memory, whatever the limit for answers in memory`, async function () {
      this.timeout(60_000);
      const hash = hashOf(256 * MiB);
      fixture.paths.set('/files/report', (_, response) => {
        response.writeHead(200, headers);
        flood(response, 256 * MiB);
      });
      const download = await called().download({});
      expect(download).to.include({ name, mediaType: 'application/pdf' });
      const received = createHash('sha256');
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      let most = 0;
      for await (const chunk of download) {
        received.update(chunk);
        most = Math.max(most, process.memoryUsage().rss - before);
      }
      expect(received.digest('hex')).to.equal(hash);
      expect(most / MiB).to.be.lessThan(128);
    });

    it(`hold the service back ${face} while nobody reads, and end its connection when nobody will`, async () => {
      let sent = () => 0;
      fixture.paths.set('/files/report', (_, response) => {
        response.writeHead(200, headers);
        sent = flood(response, 256 * MiB);
      });
      const download = await called().download({});
      for await (const chunk of download) {
        expect(chunk.length).to.be.greaterThan(0);
        break;
      }
      await until(() => fixture.open.size === 0);
      expect(sent()).to.be.lessThan(64 * MiB);
      const unread = await called().download({});
      // Longer than the timeout: a reader that takes its time is no silence of the service.
      await new Promise((resolve) => setTimeout(resolve, 1_300));
      expect(fixture.open.size).to.equal(1);
      unread.cancel();
      await until(() => fixture.open.size === 0);
      expect(sent()).to.be.lessThan(64 * MiB);
    });

    it(`larger than the limit for streams are refused ${face}, by their length or where they pass it`, async () => {
      fixture.paths.set('/files/report', (_, response) => {
        response.writeHead(200, { ...headers, 'content-length': String(400 * MiB) });
        flood(response, 400 * MiB);
      });
      const problem = await thrown(
        called()
          .download({})
          .then((download) => download.bytes()),
      );
      expect(problem.code).to.equal('UPSTREAM_TOO_LARGE');
      await until(() => fixture.open.size === 0);
    });

    it(`that fall silent or break off end in a problem ${face}`, async () => {
      fixture.paths.set('/files/report', (_, response) => response.writeHead(200, headers).flushHeaders());
      expect(
        (
          await thrown(
            called()
              .download({})
              .then((download) => download.bytes()),
          )
        ).code,
      ).to.equal('UPSTREAM_TIMEOUT');
      await until(() => fixture.open.size === 0);
      fixture.paths.set('/files/report', (_, response) => {
        response.writeHead(200, { ...headers, 'content-length': '100' });
        response.write('half', () => setTimeout(() => response.destroy(), 50));
      });
      const broken = await thrown(
        called()
          .download({})
          .then((download) => download.bytes()),
      );
      expect(broken.code).to.be.oneOf(face === 'over HTTP' ? ['NETWORK'] : ['UPSTREAM_UNREADABLE']);
    });

    it(`that the service refuses are a problem ${face}, with what it said`, async () => {
      fixture.paths.set('/files/report', (_, response) =>
        response.writeHead(410, { 'content-type': 'application/json' }).end('{"gone":true}'),
      );
      const problem = await thrown(called().download({}));
      expect(problem.upstream).to.deep.include({ status: 410, body: { gone: true } });
    });

    it(`that trickle in ${face} may take longer than the timeout`, async () => {
      fixture.paths.set('/files/report', async (_, response) => {
        response.writeHead(200, headers);
        for (let piece = 0; piece < 8; piece++) {
          response.write('x');
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        response.end();
      });
      expect(await (await called().download({})).bytes()).to.have.length(8);
    });
  }

  it('come as they are to who accepts bytes, as an attachment, decoded, with their length', async () => {
    const ask = (accept: string) =>
      fetch(`${fixture.url}/api/smartobjects/${path}`, {
        method: 'POST',
        headers: { accept, authorization: `Bearer ${KEY}` },
      });
    fixture.paths.set('/files/report', (_, response) => response.writeHead(200, headers).end('plain'));
    for (const accept of ['application/pdf', 'application/octet-stream', 'image/*;q=0.9, application/json;q=0.1']) {
      const answer = await ask(accept);
      expect(answer.headers.get('content-type'), accept).to.equal('application/pdf');
      expect(answer.headers.get('content-disposition')).to.equal(
        "attachment; filename*=UTF-8''na%C3%AFve%20%27a%27.pdf",
      );
      expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(await answer.text()).to.equal('plain');
    }
    for (const accept of ['application/json', '*/*', 'application/json, application/pdf;q=0.5']) {
      expect(await (await ask(accept)).json(), accept).to.include({ mediaType: 'application/pdf' });
    }
    const packed = gzipSync('x'.repeat(1_000_000));
    fixture.paths.set('/files/report', (_, response) =>
      response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed),
    );
    const unpacked = await ask('application/pdf');
    expect(unpacked.headers.get('content-length')).to.equal(null);
    expect(await unpacked.text()).to.have.length(1_000_000);
  });

  it('end the service’s connection when the caller goes away', async () => {
    fixture.paths.set('/files/report', (_, response) => {
      response.writeHead(200, headers);
      flood(response, 256 * MiB);
    });
    const caller = new AbortController();
    const download = await file.download({}, { signal: caller.signal });
    const read = thrown(download.bytes());
    await until(() => fixture.open.size === 1);
    caller.abort();
    expect((await read).code).to.equal('CANCELLED');
    await until(() => fixture.open.size === 0);
  });
});
