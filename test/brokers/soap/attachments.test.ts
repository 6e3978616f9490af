import { expect } from 'chai';
import { readEnvelope } from '../../../brokers/soap/execute/message.js';
import { attachmentsOf } from '../../../brokers/soap/execute/multipart.js';
import { childElements, XmlSyntaxError } from '../../../brokers/xml/index.js';

const type = 'multipart/related; type="application/xop+xml"; boundary="b-1"; start="<root@x>"';
const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const include = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:photo%40x"/>';
const root = `<e:Envelope xmlns:e="${soap}"><e:Body><photo>${include}</photo></e:Body></e:Envelope>`;
const bytes = Buffer.from([0, 1, 2, 0x0d, 0x0a, 0xff]);

const part = (head: string, content: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from(`--b-1\r\n${head}\r\n\r\n`), Buffer.from(content as string), Buffer.from('\r\n')]);
const message = (...parts: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('preamble\r\n'), ...parts, Buffer.from('--b-1--\r\n')]);

describe('SOAP: attachments', () => {
  for (const [encoding, content] of [
    ['binary', bytes],
    ['base64', bytes.toString('base64')],
  ] as const) {
    it(`stand where the envelope names them, sent as ${encoding} (XOP §2.1), wherever the root is`, async () => {
      const photo = part(`content-id:   <photo@x>  \r\nContent-Transfer-Encoding: ${encoding}`, content);
      const envelope = part('Content-ID: <root@x>\r\nContent-Type: application/xop+xml', root);
      const received = readEnvelope(...(await attachmentsOf(message(photo, envelope), type)));
      const [element] = childElements(received.body);
      if (element === undefined) throw new Error('The body is empty.');
      expect(received.attachment(element)).to.equal(bytes.toString('base64'));
    });
  }

  it('that break off, or come without a boundary, are no message', async () => {
    for (const [content, contentType] of [
      [Buffer.from('--b-1\r\nContent-ID: <root@x>\r\n\r\n<e:Envel'), type],
      [message(part('Content-ID: <root@x>', root)), 'multipart/related'],
      [Buffer.from(''), type],
    ] as const) {
      const error = await attachmentsOf(content, contentType).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(XmlSyntaxError);
    }
  });

  it('that are more than are read are no message, rather than one that lacks some', async () => {
    const many = (count: number) =>
      message(
        part('Content-ID: <root@x>', root),
        ...Array.from({ length: count }, (_, at) => part(`Content-ID: <${at}>`, 'x')),
      );
    expect((await attachmentsOf(many(999), type))[1].size).to.equal(999);
    const error = await attachmentsOf(many(1_000), type).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(XmlSyntaxError);
    expect(String(error)).to.include('more than 1000 parts');
  });

  it('with heads full of blanks are read in no time', async function () {
    this.timeout(5_000);
    const blank = part(`Content-ID:${' '.repeat(15_000)}x`, 'x');
    const many = message(part('Content-ID: <root@x>', root), ...Array.from({ length: 900 }, () => blank));
    expect((await attachmentsOf(many, type))[1].size).to.equal(1);
  });
});
