import { expect } from 'chai';
import type { MethodResult } from '../../../brokers/broker.js';
import { webServiceBroker } from '../../../brokers/soap/index.js';
import type { Description } from '../../../config/model/service-object.js';
import { rejection } from '../../support/rejection.js';
import { contextFor } from '../rest/describing.js';
import { contactsWsdl } from './contacts-wsdl.js';
import { envelope, type SoapAnswer, type SoapService, startSoapService } from './soap-service.js';

const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';

describe('SOAP: calls', () => {
  let service: SoapService;
  let description: Description;
  let answer: SoapAnswer;
  const context = contextFor({ allowedHosts: ['127.0.0.1'] });
  before(async () => {
    service = await startSoapService(contactsWsdl, () => answer);
    description = await webServiceBroker.describe({ webServiceUrl: service.url }, context);
  });
  after(() => service.close());

  const methodOf = (name: string) => {
    const [object] = description.serviceObjects;
    const method = object?.methods.find((one) => one.name === name);
    if (object === undefined || method === undefined) throw new Error(`There is no method ${name}.`);
    return { serviceObject: object.name, method };
  };
  const call = (name: string, input: Record<string, unknown>): Promise<MethodResult> => {
    const types = async () => description.types;
    return webServiceBroker.execute({ keys: { webServiceUrl: service.url }, ...methodOf(name), input, types }, context);
  };
  const sent = (): string => /<soap:Body>(.*)<\/soap:Body>/.exec(service.asked.at(-1)?.body ?? '')?.[1] ?? '';

  it('are described by the entity that their operations are about, with the kinds that their names say', () => {
    expect(description.diagnostics).to.deep.equal([]);
    expect(description.serviceObjects.map(({ name }) => name)).to.deep.equal(['Contact']);
    const kinds = description.serviceObjects[0]?.methods.map(({ name, kind }) => [name, kind]);
    expect(kinds).to.deep.equal([
      ['GetContact', 'read'],
      ['ListContacts', 'list'],
      ['CreateContact', 'create'],
    ]);
    expect(description.hosts).to.deep.equal([new URL(service.url).host]);
    expect(methodOf('GetContact').method.description).to.equal('GetContact of the tests.');
    expect(methodOf('GetContact').method.errors?.map(({ status }) => status)).to.deep.equal(['NoSuchContact']);
  });

  it('post an envelope with the action, and give the result without its wrappers', async () => {
    answer = {
      body: envelope(
        '<c:GetContactResponse><c:GetContactResult xsi:type="c:Person" rank="3"><c:id>9007199254740993</c:id><c:name xsi:nil="true"/><c:born>1815-12-10</c:born><c:tags><c:string>a</c:string><c:string xsi:nil="1"/></c:tags><c:email>ada@example.com</c:email></c:GetContactResult></c:GetContactResponse>',
      ),
    };
    expect(await call('GetContact', { id: 1 })).to.deep.equal({
      value: {
        $type: 'Person',
        id: 9007199254740993n,
        name: null,
        born: '1815-12-10',
        tags: ['a', null],
        email: 'ada@example.com',
        rank: 3,
      },
    });
    const { headers } = service.asked.at(-1) ?? {};
    expect(headers?.soapaction).to.equal('"urn:contacts/GetContact"');
    expect(headers?.['content-type']).to.equal('text/xml; charset=utf-8');
    expect(sent()).to.match(/^<(n\d+):GetContact><\1:id>1<\/\1:id><\/\1:GetContact>$/);
  });

  it('give a list as its items, also when there are none', async () => {
    answer = {
      body: envelope(
        '<c:ListContactsResponse><c:ListContactsResult><c:Party xsi:type="c:Company"><c:id>1</c:id><c:name>Analytical Engines</c:name><c:revenue>12345678901234567890.25</c:revenue></c:Party><c:Party xsi:type="c:Person"><c:id>2</c:id><c:name>Ada</c:name></c:Party></c:ListContactsResult></c:ListContactsResponse>',
      ),
    };
    expect(await call('ListContacts', { limit: 2 })).to.deep.equal({
      items: [
        { $type: 'Company', id: 1, name: 'Analytical Engines', revenue: '12345678901234567890.25' },
        { $type: 'Person', id: 2, name: 'Ada' },
      ],
    });
    answer = { body: envelope('<c:ListContactsResponse/>') };
    expect(await call('ListContacts', {})).to.deep.equal({ items: [] });
  });

  it('write derived types, headers, attributes and characters that XML has for itself', async () => {
    answer = {
      body: envelope(
        '<c:CreateContactResponse><c:CreateContactResult>7</c:CreateContactResult></c:CreateContactResponse>',
      ),
    };
    const contact = { $type: 'Person', id: 5, name: 'A & B <c>', tags: [], phone: '+44', rank: 1 };
    const created = await call('CreateContact', { contact, $headers: { Session: { token: 'abc' } } });
    expect(created).to.deep.equal({ value: 7 });
    const { body } = service.asked.at(-1) ?? { body: '' };
    expect(body).to.match(/<soap:Header><(n\d+):Session><\1:token>abc<\/\1:token><\/\1:Session><\/soap:Header>/);
    expect(sent()).to.match(
      /<(n\d+):contact xsi:type="\1:Person" rank="1"><\1:id>5<\/\1:id><\1:name>A &amp; B &lt;c&gt;<\/\1:name><\1:tags\/><\1:phone>\+44</,
    );
  });

  it('name the field that cannot be written, before anything is sent', async () => {
    const before = service.asked.length;
    const one = await rejection(call('CreateContact', { contact: { id: 1, name: 'x' } }), 'INPUT_INVALID');
    expect(one.fields[0]).to.deep.equal({
      pointer: '/contact',
      message: 'must say by $type which it is: Person, Company',
    });
    const bad = await rejection(
      call('CreateContact', { contact: { $type: 'Person', id: 1, name: 'a\u0000b' } }),
      'INPUT_INVALID',
    );
    expect(bad.fields[0]?.pointer).to.equal('/contact/name');
    expect(service.asked.length).to.equal(before);
  });

  it('report a declared fault with its detail, whatever the status, and nothing of it in the message', async () => {
    const detail = '<detail><c:NoSuchContact><c:id>404</c:id></c:NoSuchContact></detail>';
    const fault = `<e:Fault><faultcode>e:Client</faultcode><faultstring>canary-fault</faultstring>${detail}</e:Fault>`;
    for (const status of [500, 200]) {
      answer = { status, body: envelope(fault) };
      const error = await rejection(call('GetContact', { id: 404 }), 'UPSTREAM_REFUSED');
      expect(error.message).to.equal(
        'Contact.GetContact: the service answered with the fault "NoSuchContact" of the code "Client".',
      );
      expect(error.extensions.upstream).to.deep.equal({
        status,
        code: 'Client',
        reason: 'canary-fault',
        declared: 'NoSuchContact',
        body: { id: 404 },
      });
    }
  });

  it('report a SOAP 1.2 fault with its subcode', async () => {
    const codes = '<e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>c:Quota</e:Value></e:Subcode></e:Code>';
    const fault = `<e:Fault>${codes}<e:Reason><e:Text xml:lang="en">No.</e:Text></e:Reason><e:Detail><x>1</x></e:Detail></e:Fault>`;
    answer = { status: 500, body: envelope(fault, SOAP12) };
    const { extensions } = await rejection(call('GetContact', { id: 1 }), 'UPSTREAM_REFUSED');
    expect(extensions.upstream).to.deep.equal({
      status: 500,
      code: 'Sender',
      subcode: 'Quota',
      reason: 'No.',
      body: '<x>1</x>',
    });
  });

  it('take elements in another namespace or order by their names, and leave out what is not known', async () => {
    answer = {
      body: envelope(
        '<GetContactResponse><GetContactResult xsi:type="c:Company"><extra>1</extra><name>B</name><id>2</id></GetContactResult></GetContactResponse>',
      ),
    };
    expect(await call('GetContact', { id: 2 })).to.deep.equal({ value: { $type: 'Company', name: 'B', id: 2 } });
  });

  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'<!ENTITY b "&a;&a;&a;">'}]>`;
  const external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  for (const [what, body, code] of [
    ['HTML with 200', '<html><body>Sign in</body></html>', 'UPSTREAM_UNREADABLE'],
    ['a body that breaks off', envelope('<c:GetContactResponse>').slice(0, -20), 'UPSTREAM_UNREADABLE'],
    ['nothing', '', 'UPSTREAM_UNREADABLE'],
    ['entities that expand', bomb + envelope('&b;'), 'UPSTREAM_UNREADABLE'],
    ['an external entity', external + envelope('&a;'), 'UPSTREAM_UNREADABLE'],
    ['elements nested without end', envelope('<a>'.repeat(2_000)), 'UPSTREAM_UNREADABLE'],
    ['an undeclared prefix', envelope('<q:GetContactResponse/>'), 'UPSTREAM_UNREADABLE'],
    ['an envelope without a body', `<e:Envelope xmlns:e="${SOAP12}"/>`, 'UPSTREAM_UNREADABLE'],
  ] as const) {
    it(`refuse ${what} as an answer`, async () => {
      answer = { body: body.replace('<?xml version="1.0"?>', '') };
      const error = await rejection(call('GetContact', { id: 1 }), code);
      expect(error.message).to.contain('is no SOAP message').and.not.contain('root:');
    });
  }

  it('report an error status with HTML as what it is', async () => {
    answer = { status: 503, type: 'text/html', body: '<html>busy' };
    const { extensions } = await rejection(call('GetContact', { id: 1 }), 'UPSTREAM_REFUSED');
    expect(extensions.upstream).to.deep.equal({ status: 503 });
  });

  for (const encoding of ['utf-16le', 'latin1'] as const) {
    it(`read an answer in ${encoding}`, async () => {
      const label = encoding === 'latin1' ? 'iso-8859-1' : 'utf-16';
      const text = envelope(
        '<c:GetContactResponse><c:GetContactResult xsi:type="c:Company"><c:id>1</c:id><c:name>Bücher</c:name></c:GetContactResult></c:GetContactResponse>',
      ).replace('version="1.0"', `version="1.0" encoding="${label}"`);
      const bytes = Buffer.from(encoding === 'latin1' ? text : `\uFEFF${text}`, encoding);
      answer = { type: 'text/xml', body: bytes };
      expect(await call('GetContact', { id: 1 })).to.deep.equal({ value: { $type: 'Company', id: 1, name: 'Bücher' } });
    });
  }
});
