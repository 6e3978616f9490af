import { webServiceBroker } from '../../../brokers/soap/index.js';
import { brokerSuite } from '../../conformance/broker-suite.js';
import { contactsWsdl } from './contacts-wsdl.js';
import { envelope, type SoapService, startSoapService } from './soap-service.js';

let service: SoapService;

const company = '<c:id>1</c:id><c:name>Engines</c:name>';
function answer({ body }: { readonly body: string }) {
  if (body.includes(':ListContacts'))
    return {
      body: envelope(
        `<c:ListContactsResponse><c:ListContactsResult><c:Party xsi:type="c:Company">${company}</c:Party></c:ListContactsResult></c:ListContactsResponse>`,
      ),
    };
  if (body.includes(':CreateContact'))
    return {
      body: envelope(
        '<c:CreateContactResponse><c:CreateContactResult>7</c:CreateContactResult></c:CreateContactResponse>',
      ),
    };
  return {
    body: envelope(
      `<c:GetContactResponse><c:GetContactResult xsi:type="c:Company">${company}</c:GetContactResult></c:GetContactResponse>`,
    ),
  };
}

before(async () => {
  service = await startSoapService(contactsWsdl, answer);
});
after(() => service.close());

brokerSuite('webservice', {
  broker: webServiceBroker,
  keys: () => ({ webServiceUrl: service.url }),
  calls: [
    { method: 'Contact.GetContact', input: { id: 1 } },
    { method: 'Contact.ListContacts', input: { limit: 2 } },
    { method: 'Contact.CreateContact', input: { contact: { $type: 'Person', id: 1, name: null } } },
  ],
});
