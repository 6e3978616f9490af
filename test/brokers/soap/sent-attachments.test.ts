import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { parseMTOMResp } from 'soap/lib/utils.js';
import { bearer, type Credentials } from '../../../brokers/http/credentials.js';
import { createUpstream } from '../../../brokers/http/index.js';
import { webServiceBroker } from '../../../brokers/soap/index.js';
import type { WebServiceKeys } from '../../../brokers/soap/keys.js';
import type { Description } from '../../../config/model/service-object.js';
import { rejection } from '../../support/rejection.js';
import { contextFor } from '../rest/describing.js';
import { caller } from './calling.js';
import { envelope, type SoapAnswer, type SoapService, startSoapService } from './soap-service.js';

const policy =
  '<wsp:Policy xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy"><m:OptimizedMimeSerialization xmlns:m="http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization"/></wsp:Policy>';

/** `Store` has its file as a value; `Attach` sends and gets files beside the envelope. */
const filesWsdl = (endpoint: string, inBinding = '', soap = 'soap') => `<?xml version="1.0"?>
<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/${soap}/" xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
    xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:c="urn:contacts" targetNamespace="urn:contacts">
  <w:types><x:schema targetNamespace="urn:contacts" elementFormDefault="qualified">
    <x:complexType name="Photo"><x:simpleContent><x:extension base="x:base64Binary"><x:attribute name="kind" type="x:string"/></x:extension></x:simpleContent></x:complexType>
    <x:element name="Store"><x:complexType><x:sequence><x:element name="id" type="x:int"/><x:element name="content" type="x:base64Binary" maxOccurs="unbounded"/><x:element name="photo" type="c:Photo" minOccurs="0"/></x:sequence></x:complexType></x:element>
    <x:element name="StoreResponse"><x:complexType><x:sequence><x:element name="size" type="x:int"/></x:sequence></x:complexType></x:element>
    <x:element name="Attach"><x:complexType><x:sequence><x:element name="id" type="x:int"/></x:sequence></x:complexType></x:element>
    <x:element name="AttachResponse"><x:complexType><x:sequence><x:element name="size" type="x:int"/></x:sequence></x:complexType></x:element>
  </x:schema></w:types>
  <w:message name="StoreIn"><w:part name="p" element="c:Store"/></w:message>
  <w:message name="StoreOut"><w:part name="p" element="c:StoreResponse"/></w:message>
  <w:message name="AttachIn"><w:part name="p" element="c:Attach"/><w:part name="scan" type="x:base64Binary"/><w:part name="thumb" type="x:base64Binary"/></w:message>
  <w:message name="AttachOut"><w:part name="p" element="c:AttachResponse"/><w:part name="proof" type="x:base64Binary"/></w:message>
  <w:portType name="Files">
    <w:operation name="Store"><w:input message="c:StoreIn"/><w:output message="c:StoreOut"/></w:operation>
    <w:operation name="Attach"><w:input message="c:AttachIn"/><w:output message="c:AttachOut"/></w:operation>
  </w:portType>
  <w:binding name="FilesBinding" type="c:Files">${inBinding}<s:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <w:operation name="Store"><s:operation soapAction="urn:store"/><w:input><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation>
    <w:operation name="Attach"><s:operation soapAction="urn:attach"/>
      <w:input><mime:multipartRelated><mime:part><s:body parts="p" use="literal"/></mime:part><mime:part><mime:content part="scan" type="application/pdf"/></mime:part><mime:part><mime:content part="thumb" type="image/*"/></mime:part></mime:multipartRelated></w:input>
      <w:output><mime:multipartRelated><mime:part><s:body parts="p" use="literal"/></mime:part><mime:part><mime:content part="proof" type="text/plain"/></mime:part></mime:multipartRelated></w:output>
    </w:operation>
  </w:binding>
  <w:service name="FileService"><w:port name="FilesPort" binding="c:FilesBinding"><s:address location="${endpoint}"/></w:port></w:service>
</w:definitions>`;

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The parts of a message, as the `soap` package reads them. */
const partsOf = (bytes: Buffer, contentType = ''): Promise<readonly Part[]> =>
  new Promise((resolve, reject) => {
    const boundary = /boundary="([^"]*)"/.exec(contentType)?.[1] ?? '';
    parseMTOMResp(bytes, boundary, (error, parsed) =>
      parsed ? resolve(parsed.parts as unknown as Part[]) : reject(error),
    );
  });

describe('SOAP: attachments that are sent', () => {
  let service: SoapService;
  let wsdl = filesWsdl;
  let answer: SoapAnswer;
  const context = contextFor({ allowedHosts: ['127.0.0.1'] });
  const stored = { body: envelope('<c:StoreResponse><c:size>1</c:size></c:StoreResponse>') };
  before(async () => {
    service = await startSoapService(
      (endpoint) => wsdl(endpoint),
      () => answer,
    );
  });
  beforeEach(() => {
    wsdl = filesWsdl;
    answer = stored;
  });
  after(() => service.close());

  const describeIt = (): Promise<Description> => webServiceBroker.describe({ webServiceUrl: service.url }, context);
  const call = async (
    name: string,
    input: Record<string, unknown>,
    keys: Partial<WebServiceKeys> = {},
    credentials?: Credentials,
  ) =>
    caller(await describeIt(), context).execute(
      name,
      input,
      { webServiceUrl: service.url, ...keys },
      { http: createUpstream({ allowedHosts: ['127.0.0.1'], credentials }) },
    );
  const sent = async () => {
    const { headers, bytes = Buffer.alloc(0) } = service.asked.at(-1) ?? {};
    const type = headers?.['content-type'] ?? '';
    return { type, parts: await partsOf(bytes, type), headers };
  };

  const large = randomBytes(200_000);
  const small = Buffer.from('small');
  const input = { id: 1, content: [large.toString('base64'), small.toString('base64')] };

  it('stay in the envelope where nothing else is said', async () => {
    await call('Store', input);
    expect(service.asked.at(-1)?.headers['content-type']).to.equal('text/xml; charset=utf-8');
    expect(service.asked.at(-1)?.body).to.include(large.toString('base64'));
  });

  for (const [how, described, keys] of [
    ['by the service key', '', { attachments: 'MTOM' }],
    ['by the policy', policy, {}],
  ] as const) {
    it(`leave it as MTOM ${how}, the small ones excepted`, async () => {
      wsdl = (endpoint) => filesWsdl(endpoint, described);
      expect(
        await call('Store', { ...input, photo: { $value: large.toString('base64'), kind: 'x' } }, keys),
      ).to.deep.equal({ value: 1 });
      const { type, parts, headers } = await sent();
      expect(type).to.match(
        /^multipart\/related; type="application\/xop\+xml"; start-info="text\/xml"; start="<[^>]+>"/,
      );
      expect(headers?.soapaction).to.equal('"urn:store"');
      expect(Number(headers?.['content-length'])).to.equal(service.asked.at(-1)?.bytes.length);
      const [root, first, second, ...more] = parts;
      expect(more).to.deep.equal([]);
      expect(root?.headers['content-type']).to.equal('application/xop+xml; charset=utf-8; type="text/xml"');
      const text = root?.body.toString() ?? '';
      for (const part of [first, second]) {
        expect(part?.body.equals(large)).to.equal(true);
        expect(text).to.include(`href="cid:${part?.headers['content-id']?.slice(1, -1)}"`);
      }
      expect(text).to.include(small.toString('base64')).and.include('kind="x"');
      expect(type).to.include(`start="${root?.headers['content-id']}"`);
    });
  }

  it('say the action of SOAP 1.2 beside the parts', async () => {
    wsdl = (endpoint) => filesWsdl(endpoint, '', 'soap12');
    answer = {
      ...stored,
      type: 'application/soap+xml',
      body: envelope(
        '<c:StoreResponse><c:size>1</c:size></c:StoreResponse>',
        'http://www.w3.org/2003/05/soap-envelope',
      ),
    };
    await call('Store', input, { attachments: 'MTOM' });
    const { type } = await sent();
    expect(type).to.include('start-info="application/soap+xml"').and.include('action="urn:store"');
  });

  it('are sent again with another token after a 401, in the message too', async () => {
    for (const tokenPlacement of ['HTTP header', 'BinarySecurityToken'] as const) {
      answer = { status: 401, body: '' };
      const credentials: Credentials = {
        ...bearer('old'),
        refused: async () => {
          answer = stored;
          return true;
        },
      };
      expect(await call('Store', input, { attachments: 'MTOM', tokenPlacement }, credentials)).to.deep.equal({
        value: 1,
      });
      const { parts } = await sent();
      expect(parts[1]?.body.equals(large)).to.equal(true);
      expect(parts[0]?.body.toString().includes('BinarySecurityToken')).to.equal(tokenPlacement !== 'HTTP header');
    }
  });

  it('travel beside the envelope where the binding has them there, both ways', async () => {
    const boundary = 'b-1';
    answer = {
      type: `multipart/related; type="text/xml"; boundary=${boundary}`,
      body: [
        `--${boundary}\r\nContent-Type: text/xml\r\n\r\n${envelope('<c:AttachResponse><c:size>2</c:size></c:AttachResponse>')}`,
        `--${boundary}\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="p.txt"\r\nContent-ID: <proof=1@x>\r\n\r\nseen`,
        `--${boundary}--\r\n`,
      ].join('\r\n'),
    };
    const file = (bytes: Buffer, mediaType?: string) => ({
      content: bytes.toString('base64'),
      ...(mediaType === undefined ? {} : { mediaType }),
    });
    const description = await describeIt();
    expect(description.diagnostics).to.deep.equal([]);
    const method = description.serviceObjects.flatMap(({ methods }) => methods).find(({ name }) => name === 'Attach');
    expect(method?.input).to.have.property('required').that.includes.members(['scan', 'thumb']);
    const value = await call('Attach', { id: 5, scan: file(large, 'text/html'), thumb: file(small, 'image/png') });
    expect(value).to.deep.equal({
      value: {
        size: 2,
        proof: { name: 'p.txt', mediaType: 'text/plain', content: Buffer.from('seen').toString('base64') },
      },
    });
    const { type, parts } = await sent();
    expect(type).to.include('multipart/related; type="text/xml"');
    const [root, scan, thumb] = parts;
    expect(root?.body.toString()).to.match(/<(n\d+):Attach><\1:id>5<\/\1:id><\/\1:Attach>/);
    expect(scan?.headers['content-type']).to.equal('application/pdf');
    expect(scan?.headers['content-id']).to.match(/^<scan=/);
    expect(scan?.body.equals(large)).to.equal(true);
    expect(thumb?.headers['content-type']).to.equal('image/png');
    expect(thumb?.body.equals(small)).to.equal(true);
  });

  it('are refused before anything is sent where they are no base64, or their type breaks out of its header', async () => {
    const asked = service.asked.length;
    const good = { content: 'AAAA' };
    for (const thumb of [{ content: '§' }, { content: 'AAAA', mediaType: 'image/png\r\nX-Evil: 1' }, 'AAAA']) {
      expect((await rejection(call('Attach', { id: 1, scan: good, thumb }))).code).to.equal('INPUT_INVALID');
    }
    expect(service.asked.length).to.equal(asked);
  });

  it('stay in what is signed', async () => {
    const { readFileSync } = await import('node:fs');
    const signingCertificate = readFileSync(new URL('../../support/certificates/client.pem', import.meta.url), 'utf8');
    await call('Store', input, { attachments: 'MTOM', signingCertificate });
    const { parts } = await sent();
    expect(parts).to.have.length(1);
    expect(parts[0]?.body.toString()).to.include(large.toString('base64')).and.include('SignatureValue');
  });
});

describe('SOAP: large attachments', () => {
  let server: Server;
  const received = { size: 0, hash: '' };
  before(async () => {
    server = createServer(async (request, response) => {
      if (request.method === 'GET') return void response.end(filesWsdl(url()));
      const hash = createHash('sha256');
      received.size = 0;
      for await (const chunk of request) {
        received.size += (chunk as Buffer).length;
        hash.update(chunk as Buffer);
      }
      received.hash = hash.digest('hex');
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(envelope('<c:StoreResponse><c:size>1</c:size></c:StoreResponse>'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/files`;
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('are decoded while they are sent, not copied', async function () {
    this.timeout(30_000);
    const context = contextFor({ allowedHosts: ['127.0.0.1'] });
    const description = await webServiceBroker.describe({ webServiceUrl: url() }, context);
    const content = [Buffer.alloc(60 * 1024 * 1024, 7).toString('base64')];
    const buffers = () => process.memoryUsage().arrayBuffers;
    const before = buffers();
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, buffers() - before);
    }, 5);
    const keys = { webServiceUrl: url(), attachments: 'MTOM' as const };
    await caller(description, context).execute('Store', { id: 1, content }, keys);
    clearInterval(watch);
    expect(received.size)
      .to.be.above(60 * 1024 * 1024)
      .and.below(60 * 1024 * 1024 + 4_096);
    expect(peak).to.be.below(40 * 1024 * 1024);
  });
});
