import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { listen } from 'soap';
import { wcfBroker, webServiceBroker } from '../../../brokers/soap/index.js';
import { rejection } from '../../support/rejection.js';
import { contextFor } from '../rest/describing.js';
import { contactsWsdl } from './contacts-wsdl.js';

const typed = (name: string) => ({
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:type': `tns:${name}`,
});

const faults = {
  '1.1': { faultcode: 'soap:Client', faultstring: 'No such contact', detail: { NoSuchContact: { id: 404 } } },
  '1.2': { Code: { Value: 'soap:Sender' }, Reason: { Text: 'No such contact' } },
};

/** The server of the `soap` package: nobody of this product wrote it. */
describe('SOAP: a foreign server', () => {
  const context = contextFor({ allowedHosts: ['127.0.0.1'] });
  const open: Server[] = [];
  after(() => {
    for (const server of open) server.closeAllConnections();
    for (const server of open) server.close();
  });

  /** What the server understood of the last request. */
  let understood: unknown;
  async function serve(version: '1.1' | '1.2'): Promise<string> {
    const server = createServer((_, response) => response.writeHead(404).end());
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/contacts`;
    const operations = {
      GetContact: (input: { id: string }) => {
        understood = input;
        if (String(input.id) === '404') {
          throw { Fault: faults[version] };
        }
        return {
          GetContactResult: { attributes: typed('Company'), id: 1, name: 'Engines & Co', revenue: 12.5 },
        };
      },
      ListContacts: (input: unknown) => {
        understood = input;
        return { ListContactsResult: { Party: [{ attributes: typed('Person'), id: 1, name: 'Ada' }] } };
      },
      CreateContact: (input: unknown) => {
        understood = input;
        return { CreateContactResult: 7 };
      },
    };
    listen(server, {
      path: '/contacts',
      services: { Contacts: { ContactPort: operations } },
      xml: contactsWsdl(url, version),
      forceSoap12Headers: version === '1.2',
    });
    return url;
  }

  for (const version of ['1.1', '1.2'] as const) {
    it(`is described and called by SOAP ${version}`, async () => {
      const url = await serve(version);
      const broker = version === '1.1' ? webServiceBroker : wcfBroker;
      const keys =
        version === '1.1' ? { webServiceUrl: url } : { metadataUrl: `${url}?wsdl`, binding: 'WSHttpBinding' as const };
      const described = await broker.describe(keys as never, context);
      const call = (name: string, input: Record<string, unknown>) => {
        const method = described.serviceObjects[0]?.methods.find((one) => one.name === name);
        if (method === undefined) throw new Error(`There is no method ${name}.`);
        const types = async () => described.types;
        return broker.execute({ keys: keys as never, serviceObject: 'Contact', method, input, types }, context);
      };
      expect(await call('GetContact', { id: 1 })).to.deep.equal({
        value: { $type: 'Company', id: 1, name: 'Engines & Co', revenue: 12.5 },
      });
      expect(understood).to.deep.equal({ id: 1 });
      expect(await call('ListContacts', { limit: 3 })).to.deep.equal({
        items: [{ $type: 'Person', id: 1, name: 'Ada' }],
      });
      const contact = {
        $type: 'Person',
        id: 5,
        name: 'Grace <Hopper>',
        tags: ['a', 'b'],
        email: 'g@example.com',
        rank: 2,
      };
      expect(await call('CreateContact', { contact })).to.deep.equal({ value: 7 });
      expect(JSON.parse(JSON.stringify(understood))).to.deep.include({
        contact: {
          attributes: {
            'xsi:type': (understood as { contact: { attributes: Record<string, string> } }).contact.attributes[
              'xsi:type'
            ],
            rank: '2',
          },
          id: 5,
          name: 'Grace <Hopper>',
          tags: { string: ['a', 'b'] },
          email: 'g@example.com',
        },
      });
      const refused = await rejection(call('GetContact', { id: 404 }), 'UPSTREAM_REFUSED');
      expect(refused.extensions.upstream).to.deep.include({ reason: 'No such contact' });
    });
  }
});
