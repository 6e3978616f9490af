import { expect } from 'chai';
import { webServiceBroker } from '../../../brokers/soap/index.js';
import type { WebServiceKeys } from '../../../brokers/soap/keys.js';
import type { SoapPlan } from '../../../brokers/soap/plan.js';
import type { Description } from '../../../config/model/service-object.js';
import { proposeConnection } from '../../../runtime/proposal/propose-connection.js';
import { rejection } from '../../support/rejection.js';
import { contextFor } from '../rest/describing.js';
import { caller } from './calling.js';
import { contactsWsdl } from './contacts-wsdl.js';
import { envelope, type SoapService, startSoapService } from './soap-service.js';

const spaces = `xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy" xmlns:p15="http://www.w3.org/ns/ws-policy"
  xmlns:sp="http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702" xmlns:http="http://schemas.microsoft.com/ws/06/2004/policy/http"
  xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl" xmlns:wsam="http://www.w3.org/2007/05/addressing/metadata"
  xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" `;

const overTls = (more = '') =>
  `<sp:TransportBinding><wsp:Policy><sp:TransportToken><wsp:Policy>${more || '<sp:HttpsToken/>'}</wsp:Policy></sp:TransportToken><sp:IncludeTimestamp/></wsp:Policy></sp:TransportBinding>`;
const user = (inside = '') =>
  `<sp:SignedSupportingTokens><wsp:Policy><sp:UsernameToken><wsp:Policy>${inside}<sp:WssUsernameToken10/></wsp:Policy></sp:UsernameToken></wsp:Policy></sp:SignedSupportingTokens>`;

describe('SOAP: policies', () => {
  let service: SoapService;
  let wsdl: (endpoint: string) => string;
  const context = contextFor({ allowedHosts: ['127.0.0.1'] });
  before(async () => {
    service = await startSoapService(
      (endpoint) => wsdl(endpoint),
      () => ({
        body: envelope(
          '<c:CreateContactResponse><c:CreateContactResult>7</c:CreateContactResult></c:CreateContactResponse>',
        ),
      }),
    );
  });
  after(() => service.close());

  /** @param attached what stands in the binding; @param elsewhere what stands at the top of the document */
  const describeWith = (attached: string, elsewhere = '', keys: Partial<WebServiceKeys> = {}): Promise<Description> => {
    wsdl = (endpoint) =>
      contactsWsdl(endpoint)
        .replace('<wsdl:definitions ', `<wsdl:definitions ${spaces}`)
        .replace('<wsdl:types>', `${elsewhere}<wsdl:types>`)
        .replace('<soap:binding ', `${attached}<soap:binding `);
    return webServiceBroker.describe({ webServiceUrl: service.url, ...keys }, context);
  };
  const plans = ({ serviceObjects }: Description) =>
    serviceObjects.flatMap(({ methods }) => methods.map(({ binding }) => binding as SoapPlan));
  const told = ({ diagnostics }: Description) => diagnostics.map(({ code, message }) => [code, message] as const);

  for (const [how, attached, elsewhere] of [
    ['inline', `<wsp:Policy>${overTls()}${user()}</wsp:Policy>`, ''],
    [
      'by reference',
      '<wsp:PolicyReference URI="#own"/>',
      `<wsp:Policy wsu:Id="own"><wsp:ExactlyOne><wsp:All>${overTls()}${user()}</wsp:All></wsp:ExactlyOne></wsp:Policy>`,
    ],
    [
      'by reference from one to the next, in WS-Policy 1.5',
      '<p15:PolicyReference URI="#a"/>',
      `<p15:Policy xml:id="a"><p15:PolicyReference URI="#b"/></p15:Policy><p15:Policy Name="b"><p15:All>${overTls()}${user()}</p15:All></p15:Policy>`,
    ],
  ] as const) {
    it(`are read ${how}, and tell which service keys they want`, async () => {
      const description = await describeWith(attached, elsewhere);
      for (const { security } of plans(description))
        expect(security).to.deep.equal({ userName: 'Text', timestamp: true });
      expect(told(description)).to.deep.equal([
        [
          'SECURITY_KEY_MISSING',
          'The policy of Contacts.ContactPort wants a user name in each message: set the service key "User Name".',
        ],
      ]);
      expect((await describeWith(attached, elsewhere, { userName: 'ada' })).diagnostics).to.deep.equal([]);
    });
  }

  it('decide what is in the message, and refuse a call that lacks a key', async () => {
    const description = await describeWith(`<wsp:Policy>${overTls()}${user('<sp:HashPassword/>')}</wsp:Policy>`);
    const contact = { contact: { $type: 'Person', id: 1, name: 'Ada' } };
    const execute = (keys: Partial<WebServiceKeys>) =>
      caller(description, context).execute('CreateContact', contact, { webServiceUrl: service.url, ...keys });
    const error = await rejection(execute({}));
    expect(error).to.include({ code: 'KEYS_INVALID' });
    expect(error.message).to.include('"User Name" must be set');
    expect(service.asked).to.have.length(0);
    await execute({ userName: 'ada', password: 'engine' });
    const { body = '' } = service.asked.at(-1) ?? {};
    expect(body).to.include('#PasswordDigest"').and.include('<wsu:Timestamp');
    await execute({ userName: 'ada', password: 'engine', passwordType: 'Text', timestamp: false });
    expect(service.asked.at(-1)?.body).to.include('#PasswordText"').and.not.include('<wsu:Timestamp');
  });

  it('are taken by the first alternative that can be done', async () => {
    const kerberos = '<sp:SupportingTokens><wsp:Policy><sp:KerberosToken/></wsp:Policy></sp:SupportingTokens>';
    const choice = `<wsp:Policy><wsp:ExactlyOne><wsp:All>${kerberos}</wsp:All><wsp:All>${overTls()}</wsp:All></wsp:ExactlyOne></wsp:Policy>`;
    const description = await describeWith(choice);
    expect(plans(description)[0]?.security).to.deep.equal({ timestamp: true });
    expect(description.diagnostics).to.deep.equal([]);
    const [only] = told(await describeWith(`<wsp:Policy>${kerberos}<sp:EncryptedParts/></wsp:Policy>`));
    expect(only?.[0]).to.equal('POLICY_UNSUPPORTED');
    expect(only?.[1]).to.include('a KerberosToken, encrypted messages');
  });

  it('ask for addressing where it is not optional', async () => {
    for (const [attached, addressing] of [
      ['<wsp:Policy><wsaw:UsingAddressing/></wsp:Policy>', true],
      ['<wsp:Policy><wsam:Addressing wsp:Optional="true"/></wsp:Policy>', undefined],
      ['<wsaw:UsingAddressing wsdl:required="true"/>', true],
      ['<wsaw:UsingAddressing wsdl:required="false"/>', undefined],
    ] as const) {
      expect(plans(await describeWith(attached))[0]?.addressing, attached).to.equal(addressing);
    }
  });

  it('say how an instance could authenticate', async () => {
    const certificate = '<sp:HttpsToken RequireClientCertificate="true"/>';
    const description = await describeWith(
      `<wsp:Policy>${overTls(certificate)}${user()}<http:BasicAuthentication/></wsp:Policy>`,
    );
    expect(description.security?.map(({ name, scheme }) => [name, scheme])).to.deep.equal([
      ['HttpBasicAuthentication', 'basic'],
      ['UsernameToken', 'other'],
      ['ClientCertificate', 'other'],
    ]);
    expect(told(description).map(([code]) => code)).to.deep.equal(['SECURITY_KEY_MISSING', 'SECURITY_KEY_MISSING']);
    const { ways, notes } = proposeConnection(
      { kind: 'ServiceInstance', name: 'contacts', type: 'webservice', authentication: { mode: 'none' }, keys: {} },
      description.security ?? [],
    );
    expect(ways.map(({ authentication }) => authentication.mode)).to.deep.equal(['static']);
    expect(notes.join(' ')).to.include('"User Name" and "Password"').and.include('"Client Certificate"');
  });

  it('that go in circles, lead nowhere or branch without end are read in bounded time', async () => {
    const references = (to: string) => `<wsp:PolicyReference URI="#${to}"/>`.repeat(5);
    const circle = Array.from(
      { length: 30 },
      (_, index) => `<wsp:Policy wsu:Id="a${index}">${references(`a${(index + 1) % 3_000}`)}<sp:A/></wsp:Policy>`,
    ).join('');
    const branch = Array.from({ length: 60 }, () => '<wsp:ExactlyOne><sp:A/><sp:B/></wsp:ExactlyOne>').join('');
    const attached = `<wsp:PolicyReference URI="#a0"/><wsp:PolicyReference URI="#none"/><wsp:Policy>${branch}</wsp:Policy>`;
    const from = performance.now();
    const description = await describeWith(attached, circle);
    expect(plans(description)).to.have.length(3);
    expect(performance.now() - from).to.be.below(5_000);
  });

  for (const [what, attached, elsewhere] of [
    ['have very many assertions', `<wsp:Policy>${'<sp:A/>'.repeat(30_000)}</wsp:Policy>`, ''],
    [
      'have very many choices',
      `<wsp:Policy>${`<wsp:ExactlyOne>${'<sp:A/>'.repeat(100)}</wsp:ExactlyOne>`.repeat(1_000)}</wsp:Policy>`,
      '',
    ],
    [
      'have an assertion that is full of others',
      `<wsp:Policy><wsp:ExactlyOne>${'<sp:A/>'.repeat(63)}</wsp:ExactlyOne><sp:TransportBinding>${'<sp:B/>'.repeat(100_000)}</sp:TransportBinding></wsp:Policy>`,
      '',
    ],
    [
      'nest deeply, and refer to others that do',
      '<wsp:PolicyReference URI="#d0"/>',
      Array.from({ length: 20 }, (_, index) => {
        const inside = `<wsp:PolicyReference URI="#d${index + 1}"/>`;
        return `<wsp:Policy wsu:Id="d${index}">${'<wsp:All>'.repeat(450)}${inside}${'</wsp:All>'.repeat(450)}</wsp:Policy>`;
      }).join(''),
    ],
  ] as const) {
    it(`that ${what} are read in bounded time and depth`, async function () {
      this.timeout(20_000);
      const from = performance.now();
      expect(plans(await describeWith(attached, elsewhere))).to.have.length(3);
      expect(performance.now() - from).to.be.below(10_000);
    });
  }
});
