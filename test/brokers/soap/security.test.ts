import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { listen, passwordDigest, WSSecurityCert } from 'soap';
import type { Credentials } from '../../../brokers/http/credentials.js';
import { basic, bearer } from '../../../brokers/http/credentials.js';
import { createUpstream } from '../../../brokers/http/index.js';
import { webServiceBroker } from '../../../brokers/soap/index.js';
import type { WebServiceKeys } from '../../../brokers/soap/keys.js';
import { ns } from '../../../brokers/soap/namespaces.js';
import { signingKeyOf } from '../../../brokers/soap/security/certificate.js';
import { signMessage } from '../../../brokers/soap/security/sign.js';
import { xmlSignature } from '../../../brokers/soap/security/xml-signature.js';
import { childElements, firstChild, parseXml, textOf, type XmlElement } from '../../../brokers/xml/index.js';
import type { Description } from '../../../config/model/service-object.js';
import { rejection } from '../../support/rejection.js';
import { contextFor } from '../rest/describing.js';
import { caller } from './calling.js';
import { contactsWsdl } from './contacts-wsdl.js';
import { envelope, type SoapAnswer, type SoapService, startSoapService } from './soap-service.js';

const certificate = (name: string): string =>
  readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url), 'utf8');
const signing = { signingCertificate: certificate('client.pem') };
const created = '<c:CreateContactResponse><c:CreateContactResult>7</c:CreateContactResult></c:CreateContactResponse>';
const contact = { contact: { $type: 'Person', id: 1, name: 'Ada' } };

describe('SOAP: message security', () => {
  let service: SoapService;
  let description: Description;
  let answer: SoapAnswer;
  const context = contextFor({ allowedHosts: ['127.0.0.1'] });
  before(async () => {
    service = await startSoapService(contactsWsdl, () => answer);
    description = await webServiceBroker.describe({ webServiceUrl: service.url }, context);
  });
  beforeEach(() => {
    answer = { body: envelope(created) };
  });
  after(() => service.close());

  const call = (keys: Partial<WebServiceKeys>, credentials?: Credentials, input: Record<string, unknown> = contact) =>
    caller(description, context).execute(
      'CreateContact',
      input,
      { webServiceUrl: service.url, ...keys },
      { http: createUpstream({ allowedHosts: ['127.0.0.1'], credentials }) },
    );
  const sent = (): string => service.asked.at(-1)?.body ?? '';
  const security = (): XmlElement => {
    const head = firstChild(parseXml(sent()), ns.soap11, 'Header');
    const block = head === undefined ? undefined : firstChild(head, ns.wsse, 'Security');
    if (block === undefined) throw new Error('There is no security header.');
    return block;
  };
  const text = (parent: XmlElement, namespace: string, name: string): string => {
    const child = firstChild(parent, namespace, name);
    if (child === undefined) throw new Error(`There is no ${name}.`);
    return textOf(child);
  };

  it('is absent where neither keys nor policy want it', async () => {
    await call({});
    expect(sent()).to.not.include('Security');
  });

  it('has a user name with the password as text, escaped', async () => {
    await call({ userName: 'ada <&>', password: 'a]]>&b' });
    const token = firstChild(security(), ns.wsse, 'UsernameToken');
    if (token === undefined) throw new Error('There is no user name token.');
    expect(text(token, ns.wsse, 'Username')).to.equal('ada <&>');
    expect(text(token, ns.wsse, 'Password')).to.equal('a]]>&b');
    expect(security().attributes).to.deep.include({ name: 'mustUnderstand', namespace: ns.soap11, value: '1' });
  });

  it('has a digest of the password with a nonce that is new each time, and a timestamp of five minutes', async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 3; time++) {
      await call({ userName: 'ada', password: 'engine', passwordType: 'Digest', timestamp: true });
      const token = firstChild(security(), ns.wsse, 'UsernameToken');
      if (token === undefined) throw new Error('There is no user name token.');
      const nonce = text(token, ns.wsse, 'Nonce');
      nonces.add(nonce);
      const hash = createHash('sha1').update(Buffer.from(nonce, 'base64'));
      hash.update(text(token, ns.wsu, 'Created')).update('engine');
      expect(text(token, ns.wsse, 'Password')).to.equal(hash.digest('base64'));
      expect(sent()).to.not.include('>engine<');
    }
    expect(nonces.size).to.equal(3);
    const stamp = firstChild(security(), ns.wsu, 'Timestamp');
    if (stamp === undefined) throw new Error('There is no timestamp.');
    const [from, to] = [text(stamp, ns.wsu, 'Created'), text(stamp, ns.wsu, 'Expires')].map((at) => Date.parse(at));
    expect((to ?? 0) - (from ?? 0)).to.equal(300_000);
    expect(Math.abs(Date.now() - (from ?? 0))).to.be.below(60_000);
  });

  /** What the independent verifier takes for signed, by local name; throws when the signature does not hold. */
  function verified(xml: string): string[] {
    const { SignedXml, DOMParser } = xmlSignature();
    const token = childElements(
      firstChild(firstChild(parseXml(xml), ns.soap11, 'Header') as XmlElement, ns.wsse, 'Security') as XmlElement,
      ns.wsse,
      'BinarySecurityToken',
    )[0];
    const der = Buffer.from(token === undefined ? '' : textOf(token), 'base64');
    const [node] = Array.from(
      new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS(ns.ds, 'Signature'),
    );
    const verifier = new SignedXml({
      idMode: 'wssecurity',
      publicCert: new X509Certificate(der).toString(),
      getCertFromKeyInfo: () => null,
    }) as InstanceType<typeof SignedXml> & { getSignedReferences(): string[] };
    if (node === undefined) throw new Error('There is no signature.');
    verifier.loadSignature(node);
    if (!verifier.checkSignature(xml)) throw new Error('The signature does not hold.');
    return verifier.getSignedReferences().map((signed) => parseXml(signed).name);
  }

  it('has a signature of body, timestamp and user that another implementation verifies', async () => {
    await call({ ...signing, userName: 'ada', password: 'engine' });
    expect(verified(sent())).to.have.members(['Body', 'Timestamp', 'UsernameToken']);
    expect(() => verified(sent().replace('>Ada<', '>Eve<'))).to.throw();
  });

  it('has a signature that holds whatever the values are', async () => {
    const values = fc.string({
      unit: fc.constantFrom('\r', '\n', '\t', '<', '&', '"', '>', ']]>', 'é', '😀', ' ', 'a'),
    });
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.string({ unit: fc.constantFrom('\r', '\t', '\n', '"', '&', 'x', ' ') }),
        async (name, email) => {
          const { body } = await caller(description, context).preview(
            'CreateContact',
            { contact: { $type: 'Person', id: 1, name, email } },
            { webServiceUrl: service.url, ...signing },
          );
          expect(verified(body ?? '')).to.include('Body');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has another signature for a line separator than for a line feed', async () => {
    const digests = new Set<string>();
    const pem = signingKeyOf(signing);
    if (pem === undefined) throw new Error('There is no key.');
    for (const character of ['\n', '\u2028', '\u0085', '&#8232;', '&#133;']) {
      const head = `<e:Header><w:Security xmlns:wsse="${ns.wsse}" xmlns:w="${ns.wsse}"></w:Security></e:Header>`;
      const xml = envelope(character, ns.soap11, head).replace('<e:Body>', `<e:Body xmlns:u="${ns.wsu}" u:Id="b">`);
      digests.add(/DigestValue>([^<]*)/.exec(signMessage(xml, pem, ['b'], 'c'))?.[1] ?? '');
    }
    expect(digests.size).to.equal(3);
  });

  it('has the token of the instance in the message, and not in the HTTP header', async () => {
    await call({ tokenPlacement: 'BinarySecurityToken', ...signing }, bearer('abc.def.ghi'));
    const token = childElements(security(), ns.wsse, 'BinarySecurityToken')[0];
    expect(token?.attributes.find(({ name }) => name === 'ValueType')?.value).to.equal(
      'urn:ietf:params:oauth:token-type:jwt',
    );
    expect(Buffer.from(token === undefined ? '' : textOf(token), 'base64').toString()).to.equal('abc.def.ghi');
    expect(service.asked.at(-1)?.headers.authorization).to.equal(undefined);
    await call({ tokenPlacement: 'HTTP header' }, bearer('abc.def.ghi'));
    expect(service.asked.at(-1)?.headers.authorization).to.equal('Bearer abc.def.ghi');
  });

  it('renews the token in the message after a 401', async () => {
    const asked = service.asked.length;
    let token = 'old';
    const credentials: Credentials = {
      apply: (request) => {
        request.headers.authorization = `Bearer ${token}`;
      },
      refused: async () => {
        token = 'new';
        answer = { body: envelope(created) };
        return true;
      },
    };
    answer = { status: 401, body: '' };
    expect(await call({ tokenPlacement: 'BinarySecurityToken' }, credentials)).to.deep.equal({ value: 7 });
    const tokens = service.asked.slice(asked).map(({ body }) => /Base64Binary">([^<]*)</.exec(body)?.[1] ?? '');
    expect(tokens.map((one) => Buffer.from(one, 'base64').toString())).to.deep.equal(['old', 'new']);
  });

  it('has a SAML assertion as it is, and nothing else for one', async () => {
    const assertion =
      '<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="a"><s:Issuer>x</s:Issuer></s:Assertion>';
    const encoded = Buffer.from(`<?xml version="1.0"?>${assertion}`).toString('base64url');
    await call({ tokenPlacement: 'SAML assertion' }, bearer(encoded));
    expect(sent()).to.include(assertion);
    const asked = service.asked.length;
    for (const credentials of [
      bearer('opaque'),
      bearer(Buffer.from('<a/>').toString('base64url')),
      basic('a', 'b'),
      undefined,
    ]) {
      const error = await rejection(call({ tokenPlacement: 'SAML assertion' }, credentials));
      expect(error).to.include({ code: 'KEYS_INVALID' });
      expect(error.message).to.not.include('opaque');
    }
    expect(service.asked.length).to.equal(asked);
  });

  for (const [what, pem, reason] of [
    ['no private key', certificate('ca.pem'), 'has no private key'],
    ['a private key that wants a passphrase', certificate('client-encrypted.pem'), 'wants a passphrase'],
    ['nothing in PEM', 'secret text', 'has no certificate in PEM'],
  ] as const) {
    it(`refuses a signing certificate with ${what}`, async () => {
      const error = await rejection(call({ signingCertificate: pem }));
      expect(error).to.include({ code: 'KEYS_INVALID' });
      expect(error.message).to.include(reason).and.not.include('secret text');
    });
  }

  describe('of answers', () => {
    const serviceCertificate = certificate('server.pem');
    const key = serviceCertificate.slice(serviceCertificate.indexOf('-----BEGIN PRIVATE'));
    const [pem = ''] = serviceCertificate.split('-----BEGIN PRIVATE');
    /** Signed by the `soap` package. */
    const signed = (body = created, keyPem = key, certificatePem = pem): string =>
      new WSSecurityCert(keyPem, certificatePem, '', {
        hasTimeStamp: true,
        signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        signerOptions: { idMode: 'wssecurity' } as never,
      } as never).postProcess(envelope(body, ns.soap11, '<e:Header></e:Header>'), 'e');

    it('is checked against the certificate of the service', async () => {
      answer = { body: signed() };
      expect(await call({ serviceCertificate: pem })).to.deep.equal({ value: 7 });
    });

    const other = certificate('other.pem');
    const wrapped = (): string => {
      const xml = signed();
      const body = /<e:Body[\s\S]*<\/e:Body>/.exec(xml)?.[0] ?? '';
      const forged = envelope(created.replace('7', '666')).match(/<e:Body>[\s\S]*<\/e:Body>/)?.[0] ?? '';
      return xml.replace(body, '').replace('</e:Header>', `<w xmlns="">${body}</w></e:Header>${forged}`);
    };
    const doubled = (): string => {
      const xml = signed();
      const id = /<e:Body[^>]*wsu:Id="([^"]*)"/.exec(xml)?.[1] ?? '';
      const body = /<e:Body[\s\S]*<\/e:Body>/.exec(xml)?.[0] ?? '';
      const forged = body.replace('>7<', '>666<');
      expect(id).to.not.equal('');
      return xml.replace(body, '').replace('</e:Header>', `<w xmlns="">${body}</w></e:Header>${forged}`);
    };
    for (const [what, body] of [
      ['unsigned', () => envelope(created)],
      ['changed', () => signed().replace('>7<', '>8<')],
      [
        'signed by another',
        () => signed(created, other.slice(other.indexOf('-----BEGIN PRIVATE')), other.split('-----BEGIN PRIVATE')[0]),
      ],
      ['signed elsewhere and given another body', wrapped],
      ['signed elsewhere and given another body of the same identifier', doubled],
      ['signed, but not the timestamp’s', () => signed().replace(/<Created>\d{4}/, '<Created>2020')],
      [
        'signed with a signature that is garbage',
        () => signed().replace(/<SignatureValue>[^<]*/, '<SignatureValue>AAAA'),
      ],
      [
        'signed with an algorithm of its own',
        () => signed().replaceAll('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha1'),
      ],
    ] as const) {
      it(`refuses one that is ${what}`, async () => {
        answer = { body: body() };
        const error = await rejection(call({ serviceCertificate: pem }));
        expect(error).to.include({ code: 'UPSTREAM_UNTRUSTED' });
        expect(error.message).to.not.include('666');
      });
    }

    it('refuses one in which a line feed has become a line separator, and takes one that was signed with that', async () => {
      answer = { body: signed(`${created}<c:Note>a\nb</c:Note>`).replace('a\nb', 'a\u2028b') };
      expect(await rejection(call({ serviceCertificate: pem }))).to.include({ code: 'UPSTREAM_UNTRUSTED' });
      answer = { body: signed(`${created}<c:Note>a&#8232;b</c:Note>`).replace('a&#8232;b', 'a\u2028b') };
      expect(await call({ serviceCertificate: pem })).to.deep.equal({ value: 7 });
    });

    it('refuses one that has nothing to be signed', async () => {
      answer = { status: 202, body: '' };
      expect(await rejection(call({ serviceCertificate: pem }))).to.include({ code: 'UPSTREAM_UNTRUSTED' });
      expect(await call({})).to.deep.equal({ value: undefined });
    });

    it('refuses one in several parts, and says so', async () => {
      const type = 'multipart/related; boundary=b; type="text/xml"';
      answer = { type, body: `--b\r\nContent-Type: text/xml\r\n\r\n${signed()}\r\n--b--` };
      const error = await rejection(call({ serviceCertificate: pem }));
      expect(error).to.include({ code: 'UPSTREAM_UNTRUSTED' });
      expect(error.message).to.include('several parts');
    });

    it('refuses one with a header that is read and not signed', async () => {
      const declared = (endpoint: string) =>
        contactsWsdl(endpoint).replace(
          /(<wsdl:operation name="CreateContact">(?:(?!<\/wsdl:operation>)[\s\S])*<wsdl:output><soap:body use="literal"\/>)/,
          '$1<soap:header message="tns:SessionHeader" part="session" use="literal"/>',
        );
      const own = await startSoapService(declared, () => answer);
      try {
        const described = await webServiceBroker.describe({ webServiceUrl: own.url }, context);
        const read = (keys: Partial<WebServiceKeys>) =>
          caller(described, context).execute('CreateContact', contact, { webServiceUrl: own.url, ...keys });
        const session = '<c:Session><c:token>forged</c:token></c:Session>';
        answer = { body: signed().replace('</e:Header>', `${session}</e:Header>`) };
        expect(JSON.stringify(await read({}))).to.include('forged');
        const error = await rejection(read({ serviceCertificate: pem }));
        expect(error).to.include({ code: 'UPSTREAM_UNTRUSTED' });
        expect(error.message).to.include('<Session>');
      } finally {
        await own.close();
      }
    });

    it('refuses one whose check would take long, before it is known who signed it', async () => {
      const started = performance.now();
      answer = { body: signed().replace('</e:Body>', `${'<a/>'.repeat(300_000)}</e:Body>`) };
      expect(await rejection(call({ serviceCertificate: pem }))).to.include({ code: 'UPSTREAM_TOO_LARGE' });
      const xml = signed();
      const [reference = ''] = /<Reference[\s\S]*?<\/Reference>/.exec(xml) ?? [];
      answer = { body: xml.replace(reference, reference.repeat(1_000)) };
      expect((await rejection(call({ serviceCertificate: pem }))).message).to.include('more than 50 parts');
      expect(performance.now() - started).to.be.below(15_000);
    });

    it('asks nothing of the service where the certificate of the service is none', async () => {
      const asked = service.asked.length;
      expect(await rejection(call({ serviceCertificate: 'none' }))).to.include({ code: 'KEYS_INVALID' });
      expect(service.asked.length).to.equal(asked);
    });

    it('refuses one that was signed long ago', async () => {
      const now = Date.now;
      const xml = (() => {
        const { Date: real } = globalThis;
        try {
          globalThis.Date = class extends real {
            constructor(...args: [] | [number]) {
              super(...((args.length === 0 ? [now() - 7_200_000] : args) as [number]));
            }
          } as DateConstructor;
          return signed();
        } finally {
          globalThis.Date = real;
        }
      })();
      answer = { body: xml };
      const error = await rejection(call({ serviceCertificate: pem }));
      expect(error).to.include({ code: 'UPSTREAM_UNTRUSTED' });
      expect(error.message).to.include('expired');
    });

    it('refuses one that is encrypted, or demands what is not understood; lets others’ blocks be', async () => {
      answer = { body: envelope(`<x:EncryptedData xmlns:x="${ns.xenc}"/>`) };
      expect((await rejection(call({}))).message).to.include('encrypted');
      const head = (attributes: string) => `<e:Header><t:Tx xmlns:t="urn:tx" ${attributes}/></e:Header>`;
      answer = { body: envelope(created, ns.soap11, head('e:mustUnderstand="1"')) };
      const error = await rejection(call({}));
      expect(error).to.include({ code: 'UPSTREAM_UNREADABLE' });
      expect(error.message).to.include('{urn:tx}Tx');
      for (const attributes of ['e:mustUnderstand="0"', 'e:mustUnderstand="1" e:actor="urn:somebody"']) {
        answer = { body: envelope(created, ns.soap11, head(attributes)) };
        expect(await call({})).to.deep.equal({ value: 7 });
      }
      const own = `<e:Header><w:Security xmlns:w="${ns.wsse}" e:mustUnderstand="1"/></e:Header>`;
      answer = { body: envelope(created, ns.soap11, own) };
      expect(await call({})).to.deep.equal({ value: 7 });
    });
  });
});

/** The server of the `soap` package checks who calls. */
describe('SOAP: a foreign server that authenticates', () => {
  let server: Server;
  before(async () => {
    server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('takes text and digest of the right password, and no other', async () => {
    const context = contextFor({ allowedHosts: ['127.0.0.1'] });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/contacts`;
    const create = () => ({ CreateContactResult: 7 });
    const foreign = listen(server, {
      path: '/contacts',
      services: { Contacts: { ContactPort: { CreateContact: create } } },
      xml: contactsWsdl(url),
    });
    foreign.authenticate = ({ UsernameToken: { Password: password, Nonce, Created, Username } }) => {
      const { attributes, $value } = password as { attributes: { Type: string }; $value: string };
      const nonce = (Nonce as { $value?: string } | undefined)?.$value ?? Nonce;
      const expected = attributes.Type.endsWith('#PasswordDigest')
        ? passwordDigest(nonce, Created, 'engine')
        : 'engine';
      return Username === 'ada' && $value === expected;
    };
    const described = await webServiceBroker.describe({ webServiceUrl: url }, context);
    const execute = (keys: Partial<WebServiceKeys>) =>
      caller(described, context).execute('CreateContact', contact, { webServiceUrl: url, ...keys });
    for (const passwordType of ['Text', 'Digest'] as const) {
      expect(await execute({ userName: 'ada', password: 'engine', passwordType })).to.deep.equal({ value: 7 });
      expect(await rejection(execute({ userName: 'ada', password: 'other', passwordType }))).to.include({
        code: 'UPSTREAM_REFUSED',
      });
    }
  });
});
