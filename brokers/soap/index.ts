import type { Broker, Previewable } from '../broker.js';
import { headersOf } from '../service-keys.js';
import { executeSoap, previewSoap } from './execute/execute.js';
import { type SoapKeys, type WcfKeys, type WebServiceKeys, wcfKeys, webServiceKeys, wsdlLocation } from './keys.js';

const headers = (keys: SoapKeys): Record<string, string> =>
  headersOf(keys.httpRequestHeaders, 'httpRequestHeaders', 'HTTP Request Headers');

/** Services described by a WSDL 1.1 document and called by SOAP: `.asmx` and what other platforms offer. */
export const webServiceBroker: Broker<WebServiceKeys> & Previewable<WebServiceKeys> = {
  type: 'webservice',
  displayName: 'WebService',
  description: 'A SOAP service, described by a WSDL 1.1 document.',
  keys: webServiceKeys,
  describe: async (keys, ctx) => {
    const { describeSoap } = await import('./describe/describe.js');
    const location = wsdlLocation(keys.webServiceUrl);
    return describeSoap({ location, key: 'WebService URL', headers: headers(keys), keys }, ctx);
  },
  execute: executeSoap,
  preview: previewSoap,
};

/** WCF services, by one of their bindings over HTTP. */
export const wcfBroker: Broker<WcfKeys> & Previewable<WcfKeys> = {
  type: 'wcf',
  displayName: 'WCF',
  description: 'A WCF service, by its BasicHttpBinding or WSHttpBinding, described by its WSDL or metadata document.',
  keys: wcfKeys,
  describe: async (keys, ctx) => {
    const { describeSoap } = await import('./describe/describe.js');
    const version = keys.binding === 'WSHttpBinding' ? '1.2' : '1.1';
    return describeSoap(
      {
        location: keys.metadataUrl,
        key: 'Service Metadata URL',
        headers: headers(keys),
        keys,
        version,
        naming: { propertyTypes: keys.namesAppendPropertyTypes, fullMethodNames: keys.namesUseMethodFullName },
      },
      ctx,
    );
  },
  execute: executeSoap,
  preview: previewSoap,
};

export type { WcfKeys, WebServiceKeys } from './keys.js';
