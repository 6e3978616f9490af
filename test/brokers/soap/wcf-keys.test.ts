import { expect } from 'chai';
import { wcfBroker } from '../../../brokers/soap/index.js';
import type { WcfKeys } from '../../../brokers/soap/keys.js';
import type { Description } from '../../../config/model/service-object.js';
import { contextFor } from '../rest/describing.js';
import { contactsWsdl } from './contacts-wsdl.js';
import { envelope, type SoapService, startSoapService } from './soap-service.js';

const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';

describe('WCF: service keys', () => {
  let service: SoapService;
  const context = contextFor({ allowedHosts: ['127.0.0.1'] });
  before(async () => {
    service = await startSoapService(
      (endpoint) =>
        contactsWsdl(endpoint, '1.2')
          .replaceAll(/ soapAction="[^"]*"/g, '')
          .replace('GetContactResult" type="tns:Party"', 'GetContactResult" type="tns:Company"'),
      () => ({
        type: 'application/soap+xml',
        body: envelope(
          '<c:CreateContactResponse><c:CreateContactResult>7</c:CreateContactResult></c:CreateContactResponse>',
          SOAP12,
        ),
      }),
    );
  });
  after(() => service.close());

  const describeWith = (
    keys: Partial<WcfKeys>,
    names?: ReadonlyMap<string, { serviceObject: string; method: string }>,
  ) =>
    wcfBroker.describe(
      { metadataUrl: service.url, binding: 'WSHttpBinding', ...keys },
      names === undefined ? context : { ...context, names },
    );
  const methodsOf = ({ serviceObjects }: Description) => serviceObjects.flatMap(({ methods }) => methods);

  it('Names: Append Property Types puts the type into display names, and nowhere else', async () => {
    const plain = await describeWith({});
    const typed = await describeWith({ namesAppendPropertyTypes: true });
    const names = (description: Description) =>
      description.serviceObjects[0]?.properties.map(({ name, displayName }) => [name, displayName]);
    expect(names(plain)).to.deep.equal([
      ['id', 'Id'],
      ['name', 'Name'],
      ['revenue', 'Revenue'],
    ]);
    expect(names(typed)).to.deep.equal([
      ['id', 'Id (Number)'],
      ['name', 'Name (Text)'],
      ['revenue', 'Revenue (Decimal)'],
    ]);
    expect(typed.types).to.deep.equal(plain.types);
  });

  it('Names: Use Method FullName names methods with their contract; a name that was given stays', async () => {
    const full = methodsOf(await describeWith({ namesUseMethodFullName: true }));
    expect(full[0]).to.include({ name: 'ContactServiceGetContact', displayName: 'ContactService.GetContact' });
    const names = new Map([['Contacts.ContactPort.GetContact', { serviceObject: 'Contact', method: 'GetContact' }]]);
    const kept = methodsOf(await describeWith({ namesUseMethodFullName: true }, names));
    expect(kept.map(({ name }) => name)).to.deep.equal([
      'GetContact',
      'ContactServiceListContacts',
      'ContactServiceCreateContact',
    ]);
    expect(kept[0]?.displayName).to.equal('ContactService.GetContact');
  });

  it('WSHttpBinding addresses its messages, by the default action where the description names none', async () => {
    const description = await describeWith({});
    const method = methodsOf(description).find(({ name }) => name === 'CreateContact');
    if (method === undefined) throw new Error('There is no method CreateContact.');
    const result = await wcfBroker.execute(
      {
        keys: { metadataUrl: service.url },
        serviceObject: 'Contact',
        method,
        input: { contact: { $type: 'Person', id: 1, name: 'Ada' } },
        types: async () => description.types,
      },
      context,
    );
    expect(result).to.deep.equal({ value: 7 });
    const { headers, body = '' } = service.asked.at(-1) ?? {};
    expect(headers?.['content-type']).to.include('action="urn:contacts:ContactService:CreateContactRequest"');
    expect(body).to.include('<wsa:Action>urn:contacts:ContactService:CreateContactRequest</wsa:Action>');
    expect(body)
      .to.include(`<wsa:To>${service.url}</wsa:To>`)
      .and.match(/<wsa:MessageID>urn:uuid:[0-9a-f-]{36}</);
  });
});
