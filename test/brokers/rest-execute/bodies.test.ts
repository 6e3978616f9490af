import { expect } from 'chai';
import { executeRest, previewRest } from '../../../brokers/rest/execute/index.js';
import type { BodyPlan, MediaPlan, RequestPlan } from '../../../brokers/rest/plan.js';
import { rejection } from '../../support/rejection.js';
import { type Arrived, call, context, type EchoServer, echoServer, plan } from './echo-server.js';

describe('request bodies and headers', () => {
  let server: EchoServer;
  before(async () => {
    server = await echoServer();
  });
  after(() => server.close());

  async function sent(
    parts: Partial<RequestPlan>,
    input: Record<string, unknown>,
    keys: Record<string, unknown> = {},
  ): Promise<Arrived> {
    await executeRest(call(plan(server.origin, { verb: 'POST', ...parts }), input, keys), context);
    const last = server.arrived.at(-1);
    if (last === undefined) throw new Error('Nothing arrived.');
    return last;
  }
  const body = (media: Partial<MediaPlan>, required = true): BodyPlan => ({
    required,
    media: [{ mediaType: 'application/json', codec: 'json', source: { input: 'body' }, ...media }],
  });
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it('puts JSON together from inputs', async () => {
    const source = { properties: { Name: 'name', age: 'age', __proto__x: 'x' } };
    const { body: bytes, headers } = await sent({ body: body({ source }) }, { name: 'Ä', age: null, other: 1 });
    expect(JSON.parse(bytes.toString())).to.deep.equal({ Name: 'Ä', age: null });
    expect(headers['content-type']).to.equal('application/json');
  });

  it('sends __proto__ as any other property, and integers of any size', async () => {
    const source = { properties: JSON.parse('{"__proto__":"p","big":"big"}') };
    const { body: bytes } = await sent({ body: body({ source }) }, { p: { a: 1 }, big: 12345678901234567890n });
    expect(bytes.toString()).to.equal('{"__proto__":{"a":1},"big":12345678901234567890}');
  });

  it('sends no body and no content type when an optional one is not given', async () => {
    for (const source of [{ input: 'body' }, { properties: { a: 'a' } }]) {
      const { body: bytes, headers } = await sent({ body: body({ source }, false) }, {});
      expect(bytes).to.have.length(0);
      expect(headers).not.to.have.property('content-type');
    }
    const required = await sent({ body: body({ source: { properties: { a: 'a' } } }) }, {});
    expect(required.body.toString()).to.equal('{}');
  });

  it('writes forms by their encodings', async () => {
    const media: Partial<MediaPlan> = {
      mediaType: 'application/x-www-form-urlencoded',
      codec: 'form',
      encoding: {
        csv: { style: 'form', explode: false },
        deep: { style: 'deepObject', explode: true },
        raw: { allowReserved: true },
      },
    };
    const value = {
      a: 'x y&z',
      list: [1, 2],
      csv: [1, 2],
      object: { b: 1 },
      deep: { c: { d: 1 } },
      raw: 'a/b',
      none: null,
    };
    const { body: bytes, headers } = await sent({ body: body(media) }, { body: value });
    expect(headers['content-type']).to.equal('application/x-www-form-urlencoded');
    expect([...new URLSearchParams(bytes.toString())]).to.deep.equal([
      ['a', 'x y&z'],
      ['list', '1'],
      ['list', '2'],
      ['csv', '1,2'],
      ['object', '{"b":1}'],
      ['deep[c][d]', '1'],
      ['raw', 'a/b'],
    ]);
    expect(bytes.toString()).to.include('raw=a/b');
  });

  it('writes multipart that an independent reader takes apart', async () => {
    const media: Partial<MediaPlan> = {
      mediaType: 'multipart/form-data',
      codec: 'multipart',
      encoding: {
        file: { file: true, contentType: 'image/png, image/jpeg' },
        files: { file: true },
        typed: {
          contentType: 'text/csv',
          headers: [{ name: 'X-Part', input: 'part', style: 'simple', explode: false }],
        },
        styled: { style: 'form', explode: false },
      },
    };
    const value = {
      text: 'grüße',
      list: ['a', 'b'],
      object: { n: 1 },
      file: { name: 'a"b\r\n.jpg', mediaType: 'image/jpeg', content: base64('jpeg') },
      files: [{ name: 'ü.txt', content: base64('one') }, { content: base64('two') }],
      typed: 'a,b',
      styled: [1, 2],
      none: null,
    };
    const { body: bytes, headers } = await sent({ body: body(media) }, { body: value, part: 'yes' });
    const form = await new Response(bytes, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
    const read: [string, string, string?, string?][] = [];
    for (const [name, entry] of form) {
      if (typeof entry === 'string') read.push([name, entry]);
      else read.push([name, await entry.text(), entry.name, entry.type]);
    }
    expect(read).to.deep.equal([
      ['text', 'grüße'],
      ['list', 'a'],
      ['list', 'b'],
      ['object', '{"n":1}'],
      ['file', 'jpeg', 'a"b\r\n.jpg', 'image/jpeg'],
      ['files', 'one', 'ü.txt', 'application/octet-stream'],
      ['files', 'two', 'files', 'application/octet-stream'],
      ['typed', 'a,b'],
      ['styled', '1,2'],
    ]);
    expect(bytes.toString()).to.include('content-type: text/csv\r\nx-part: yes');
    expect(bytes.toString()).to.include('name="object"\r\ncontent-type: application/json');
  });

  it('sends files and text as bytes', async () => {
    const binary: Partial<MediaPlan> = { mediaType: 'image/*', codec: 'binary' };
    const file = await sent({ body: body(binary) }, { body: { content: base64('\x00\x01'), mediaType: 'image/gif' } });
    expect([...file.body]).to.deep.equal([0, 1]);
    expect(file.headers['content-type']).to.equal('image/gif');
    const text = await sent({ body: body({ mediaType: 'text/plain', codec: 'text' }) }, { body: 42 });
    expect(text.body.toString()).to.equal('42');
    const lines = await sent(
      { body: body({ mediaType: 'application/x-ndjson', codec: 'json-lines' }) },
      { body: [{ a: 1 }, 2] },
    );
    expect(lines.body.toString()).to.equal('{"a":1}\n2\n');
    const error = await rejection(sent({ body: body(binary) }, { body: { content: '%%%' } }), 'INPUT_INVALID');
    expect(error.fields[0]?.pointer).to.equal('/body/content');
  });

  it('writes XML by its plan', async () => {
    const media: Partial<MediaPlan> = {
      mediaType: 'application/xml',
      codec: 'xml',
      xml: {
        name: 'Person',
        namespace: 'urn:p',
        prefix: 'p',
        type: 'object',
        properties: {
          id: { attribute: true, type: 'integer' },
          name: { name: 'full-name', prefix: 'p', namespace: 'urn:p' },
          tags: { type: 'array', wrapped: true, items: { name: 'tag' } },
          phone: { type: 'array', items: {} },
        },
      },
    };
    const value = { id: 7, name: 'A & <B>', tags: ['x', 'y'], phone: ['1', '2'], none: null };
    const { body: bytes } = await sent({ body: body(media) }, { body: value });
    expect(bytes.toString()).to.equal(
      '<?xml version="1.0" encoding="UTF-8"?>\n<p:Person xmlns:p="urn:p" id="7"><p:full-name>A &amp; &lt;B&gt;</p:full-name>' +
        '<tags><tag>x</tag><tag>y</tag></tags><phone>1</phone><phone>2</phone></p:Person>',
    );
    await rejection(sent({ body: body(media) }, { body: { name: '\u0001' } }), 'INPUT_INVALID');
    await rejection(sent({ body: body(media) }, { body: { 'a b': 1 } }), 'INPUT_INVALID');
  });

  it('takes the media type that the call asks for', async () => {
    const both: BodyPlan = {
      required: true,
      media: [
        { mediaType: 'application/json', codec: 'json', source: { input: 'body' } },
        { mediaType: 'application/x-www-form-urlencoded', codec: 'form', source: { input: 'body' } },
      ],
    };
    const form = await sent({ body: both }, { body: { a: 1 }, $contentType: 'application/x-www-form-urlencoded' });
    expect(form.body.toString()).to.equal('a=1');
    await rejection(sent({ body: both }, { body: {}, $contentType: 'text/plain' }), 'INPUT_INVALID');
  });

  it('gives explicit headers precedence over the default ones, and those over its own', async () => {
    const headers = [{ name: 'X-Tenant', input: 'tenant', style: 'simple', explode: false }] as const;
    const keys = { defaultHttpRequestHeaders: 'X-Tenant: default\nAccept: text/x\r\n\nX-Other: ü\nCookie: a=1' };
    const cookies = [{ name: 'b', input: 'b', style: 'form', explode: true }] as const;
    const parts = { headers, cookies, accept: 'application/json', body: body({}) };
    const given = await sent(parts, { tenant: 'mine', body: 1, b: 2 }, keys);
    expect(given.headers).to.include({ 'x-tenant': 'mine', accept: 'text/x', cookie: 'a=1; b=2' });
    expect(Buffer.from(String(given.headers['x-other']), 'latin1').toString()).to.equal('ü');
    const object = { defaultHttpRequestHeaders: { 'X-Tenant': 'default', 'Content-Type': 'application/vnd.x+json' } };
    const absent = await sent(parts, { body: 1 }, object);
    expect(absent.headers).to.include({
      'x-tenant': 'default',
      accept: 'application/json',
      'content-type': 'application/vnd.x+json',
    });
  });

  it('refuses service keys that cannot work, and names them', async () => {
    for (const keys of [
      { defaultHttpRequestHeaders: 'no colon' },
      { defaultHttpRequestHeaders: { 'Content-Length': '1' } },
      { defaultHttpRequestHeaders: { 'X-A': 'a\nb' } },
      { serviceUrl: 'ftp://x' },
      { serviceUrl: 'https://x/?a=1' },
    ]) {
      const error = await rejection(sent({}, {}, keys), 'KEYS_INVALID');
      expect(error.fields[0]?.pointer).to.equal(`/keys/${Object.keys(keys)[0]}`);
    }
    await rejection(executeRest(call(plan('')), context), 'KEYS_INVALID');
  });

  it('sends to the service URL in place of the descriptor’s server', async () => {
    await executeRest(
      call(plan('https://unreachable.invalid/v1'), {}, { serviceUrl: `${server.origin}/base/` }),
      context,
    );
    expect(server.arrived.at(-1)?.target).to.equal('/base/x');
  });

  it('keeps the deadline that the service keys give', async () => {
    server.answer = () => {};
    await rejection(sent({}, {}, { timeout: 0.05 }), 'UPSTREAM_TIMEOUT');
    server.answer = (_, response) => response.writeHead(204).end();
  });

  it('previews what it would send', async () => {
    const text = await previewRest(
      call(plan('https://api.example.com', { verb: 'PUT', body: body({}) }), { body: { a: 1 } }),
    );
    expect(text).to.deep.equal({
      method: 'PUT',
      url: 'https://api.example.com/x',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    const bytes = body({ mediaType: 'application/octet-stream', codec: 'binary' });
    const file = await previewRest(
      call(plan('https://api.example.com', { body: bytes }), { body: { content: '/w==' } }),
    );
    expect(file).to.include({ body: null, bodyBase64: '/w==' });
  });
});
