import { expect } from 'chai';
import type { SingleResult } from '../../../brokers/broker.js';
import { executeRest } from '../../../brokers/rest/execute/index.js';
import type { AnswerPlan, RequestPlan } from '../../../brokers/rest/plan.js';
import { rejection } from '../../support/rejection.js';
import { call, context, type EchoServer, echoServer, plan } from './echo-server.js';

const json: AnswerPlan = { status: '200', mediaType: 'application/json', codec: 'json' };

describe('answers', () => {
  let server: EchoServer;
  before(async () => {
    server = await echoServer();
  });
  after(() => server.close());

  async function value(
    answers: readonly AnswerPlan[],
    body: string | Buffer,
    headers: Record<string, string | string[]> = { 'content-type': 'application/json' },
    status = 200,
    parts: Partial<RequestPlan> = {},
  ): Promise<unknown> {
    server.answer = (_, response) => response.writeHead(status, headers).end(body);
    const result = await executeRest(call(plan(server.origin, { answers, ...parts })), context);
    return (result as SingleResult).value;
  }

  it('reads JSON and keeps what JSON cannot spoil', async () => {
    expect(await value([json], '{"a":[1,null,"x"]}')).to.deep.equal({ a: [1, null, 'x'] });
    const big = await value(
      [json],
      '{"id":12345678901234567890,"n":[-9007199254740993],"x":1.5,"s":"a:12345678901234567890","ok":9007199254740991}',
    );
    expect(big).to.deep.equal({
      id: 12345678901234567890n,
      n: [-9007199254740993n],
      x: 1.5,
      s: 'a:12345678901234567890',
      ok: 9007199254740991,
    });
    const polluted = await value([json], '{"__proto__":{"admin":true},"id":12345678901234567890}');
    expect(Object.hasOwn(polluted as object, '__proto__')).to.equal(true);
    expect((polluted as { admin?: boolean }).admin).to.equal(undefined);
  });

  it('takes the most exact plan by status and by media type', async () => {
    const text: AnswerPlan = { status: '2XX', mediaType: 'text/*', codec: 'text' };
    const created: AnswerPlan = { status: '201', mediaType: 'application/json', codec: 'json' };
    const other: AnswerPlan = { status: 'default', mediaType: 'application/json', codec: 'json' };
    const plain = { 'content-type': 'text/plain' };
    expect(await value([other, text, created], '1', undefined, 201)).to.equal(1);
    expect(await value([other, text, created], '1', plain, 202)).to.equal('1');
    expect(await value([other], '1', undefined, 203)).to.equal(1);
    expect(await value([created], '1', undefined, 200)).to.equal(1);
    expect(await value([json], '1', { 'content-type': 'application/hal+json; charset=utf-8' })).to.equal(1);
    expect(await value([json], '1', plain)).to.equal(1);
    expect(await value([json], '1', {})).to.equal(1);
  });

  it('lets the media type that came decide where the plan takes any', async () => {
    const any: AnswerPlan = { status: '200', mediaType: '*/*', codec: 'json' };
    expect(await value([any], '{"a":1}')).to.deep.equal({ a: 1 });
    expect(await value([any], 'hello', { 'content-type': 'text/plain' })).to.equal('hello');
    expect(await value([any], 'png', { 'content-type': 'image/png' })).to.deep.equal({
      mediaType: 'image/png',
      content: 'cG5n',
    });
    await rejection(value([any], '<html>', { 'content-type': 'text/html' }), 'UPSTREAM_UNREADABLE');
  });

  it('has no value for an empty answer', async () => {
    expect(await value([json], '', {}, 204)).to.equal(undefined);
    expect(await value([json], '')).to.equal(undefined);
    expect(await value([json], '', undefined, 200, { verb: 'HEAD' })).to.equal(undefined);
    expect(await value([{ status: '200', codec: 'none' }], 'ignored')).to.equal(undefined);
    expect(await value([], 'ignored')).to.equal(undefined);
  });

  it('makes files of binary answers', async () => {
    const file: AnswerPlan = { status: '200', mediaType: 'application/octet-stream', codec: 'binary' };
    const names: Record<string, string | undefined> = {
      'attachment; filename="report.pdf"': 'report.pdf',
      'attachment; filename=plain.txt; size=1': 'plain.txt',
      'attachment; filename="a.txt"; filename*=UTF-8\'\'%c3%bc%20b.txt': 'ü b.txt',
      "attachment; filename*=iso-8859-1'de'%fc.txt": 'ü.txt',
      'attachment; filename="../../etc/passwd"': 'passwd',
      'attachment; filename="C:\\\\temp\\\\x.doc"': 'x.doc',
      'attachment; filename=".."': undefined,
      inline: undefined,
    };
    for (const [disposition, name] of Object.entries(names)) {
      const headers = { 'content-type': 'application/pdf; x=1', 'content-disposition': disposition };
      const expected = { ...(name === undefined ? {} : { name }), mediaType: 'application/pdf', content: 'AAH/' };
      expect(await value([file], Buffer.from([0, 1, 255]), headers), disposition).to.deep.equal(expected);
    }
  });

  it('gives declared headers in their types', async () => {
    const headers = [
      { name: 'X-Count', schema: { type: 'integer' } },
      { name: 'X-Flag', schema: { type: 'boolean' } },
      { name: 'X-List', schema: { type: 'array', items: { type: 'number' } } },
      { name: 'X-Absent', schema: true },
    ] as const;
    const sent = { 'content-type': 'application/json', 'x-count': '3', 'x-flag': 'true', 'x-list': '1, 2.5' };
    const $headers = { 'X-Count': 3, 'X-Flag': true, 'X-List': [1, 2.5] };
    expect(await value([{ ...json, headers }], '{"a":1}', sent)).to.deep.equal({ a: 1, $headers });
    expect(await value([{ status: '204', codec: 'none', headers }], '', sent, 204)).to.deep.equal({ $headers });
  });

  it('raises an error status with what the service said, and none of its secrets', async () => {
    const headers = {
      'content-type': 'application/problem+json',
      'retry-after': '60',
      'set-cookie': 'sid=c4nary',
      'x-request-id': 'r1',
    };
    const error = await rejection(value([json], '{"reason":"taken"}', headers, 409), 'UPSTREAM_REFUSED');
    expect(error.message).to.match(/^GET 127\.0\.0\.1:\d+\/x: the service answered 409 Conflict\.$/);
    expect(error.extensions.upstream).to.deep.include({ status: 409, body: { reason: 'taken' } });
    expect(JSON.stringify(error.extensions)).to.include('r1').and.not.include('c4nary');
    const html = await rejection(value([json], '<h1>', { 'content-type': 'text/html' }, 500), 'UPSTREAM_REFUSED');
    expect(html.extensions.upstream).to.deep.include({ body: '<h1>' });
    const long = await rejection(value([json], 'x'.repeat(100_000), {}, 502), 'UPSTREAM_REFUSED');
    expect((long.extensions.upstream as { body: string }).body).to.have.length(65_536);
    const declared = await rejection(value([{ ...json, status: 'default' }], '{}', undefined, 400), 'UPSTREAM_REFUSED');
    expect(declared.extensions.upstream).to.deep.include({ body: {} });
  });

  it('tells an answer that is not what it should be', async () => {
    const html = await rejection(value([json], '<html>', { 'content-type': 'text/html' }), 'UPSTREAM_UNREADABLE');
    expect(html.message).to.include('text/html').and.include('application/json').and.not.include('<html>');
    for (const body of ['{"a":', '{"a":12345678901234567890', '[', `${'['.repeat(200_000)}12345678901234567`]) {
      await rejection(value([json], body), 'UPSTREAM_UNREADABLE');
    }
  });

  const xml: AnswerPlan = {
    status: '200',
    mediaType: 'application/xml',
    codec: 'xml',
    xml: {
      type: 'object',
      properties: {
        id: { attribute: true, type: 'integer' },
        name: { name: 'full-name', namespace: 'urn:p' },
        tags: { type: 'array', wrapped: true, items: { name: 'tag', type: 'number' } },
        phone: { type: 'array', items: { type: 'string' } },
        active: { type: 'boolean' },
        boss: { ref: 'P' },
      },
      defs: { P: { type: 'object', properties: { name: {}, boss: { ref: 'P' } } } },
    },
  };
  const asXml = { 'content-type': 'application/xml' };

  it('reads XML by its plan, namespaces and all', async () => {
    const document = `<?xml version="1.0"?><!-- x --><r xmlns:q="urn:p" id="7"><q:full-name>A &amp; <![CDATA[<B>]]>&#x20AC;</q:full-name>
      <full-name>not this</full-name><tags><tag>1</tag><tag>2.5</tag></tags><phone>1</phone><phone>2</phone><active>true</active>
      <boss><name>X</name><boss><name>Y</name></boss></boss></r>`;
    const read = (await value([xml], document, asXml)) as Record<string, unknown>;
    expect(read).to.deep.include({ id: 7, name: 'A & <B>€', tags: [1, 2.5], phone: ['1', '2'], active: true });
    expect(read.boss).to.deep.equal({ name: 'X', boss: { name: 'Y' } });
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><r><phone>é</phone></r>', 'latin1');
    expect(await value([xml], latin, asXml)).to.deep.equal({ phone: ['é'] });
    expect(
      await value([{ ...xml, xml: { type: 'array', items: { type: 'integer' } } }], '<l><i>1</i><i>2</i></l>', asXml),
    ).to.deep.equal([1, 2]);
  });

  it('refuses XML that is not well-formed, that declares entities, or that nests without end', async () => {
    const faulty = [
      '<a>',
      '<a></b>',
      '<a/><b/>',
      'text',
      '<a b="1" b="2"/>',
      '<a>&nope;</a>',
      '<p:a/>',
      '<a><!-- </a>',
      '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
      '<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>',
      '<a>'.repeat(300),
    ];
    for (const document of faulty) {
      const error = await rejection(value([xml], document, asXml), 'UPSTREAM_UNREADABLE');
      expect(error.message).to.include('not valid xml');
    }
  });
});
