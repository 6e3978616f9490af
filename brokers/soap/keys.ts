import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import type { ServiceKeys } from '../broker.js';
import { type TlsKeys, tlsKeys } from '../tls-keys.js';
import { type SecurityKeys, securityKeys } from './security/keys.js';

/** The service keys that both service types have, as a call and discovery need them. */
export interface SoapKeys extends ServiceKeys, TlsKeys, SecurityKeys {
  readonly serviceEndpointUrl?: string;
  readonly httpRequestHeaders?: Readonly<Record<string, string>> | string;
  /** Seconds. */
  readonly timeout?: number;
  readonly attachments?: 'Envelope' | 'MTOM';
}

export interface WebServiceKeys extends SoapKeys {
  readonly webServiceUrl: string;
}

export interface WcfKeys extends SoapKeys {
  readonly metadataUrl: string;
  readonly binding?: 'BasicHttpBinding' | 'WSHttpBinding';
  readonly namesAppendPropertyTypes?: boolean;
  readonly namesUseMethodFullName?: boolean;
}

const endpoint = (title: string): JsonSchemaObject => ({
  type: 'string',
  title,
  description: 'Where calls go, in place of the address that the description names.',
  format: 'uri',
});

const timeout = (seconds: number): JsonSchemaObject => ({
  type: 'number',
  title: 'Timeout',
  description: 'Seconds until the whole answer of a call must be there.',
  exclusiveMinimum: 0,
  maximum: 3600,
  default: seconds,
});

const headers: JsonSchemaObject = {
  title: 'HTTP Request Headers',
  description: 'Headers for every request: an object, or a "Name: value" on each line.',
  anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }],
};

const attachments: JsonSchemaObject = {
  type: 'string',
  title: 'Attachments',
  description:
    'How binary values of 768 bytes and more are sent: in the envelope as base64, or beside it (MTOM). Where it is not set, the policy of the service decides, else it is the envelope.',
  enum: ['Envelope', 'MTOM'],
};

/** K2's keys of the service type WebService. */
export const webServiceKeys = {
  type: 'object',
  properties: {
    webServiceUrl: {
      type: 'string',
      title: 'WebService URL',
      description:
        'The service, such as https://host/Service.asmx: "?wsdl" is added where there is no query. A path or URL of a WSDL file will do too.',
      minLength: 1,
    },
    serviceEndpointUrl: endpoint('Service Endpoint URL'),
    httpRequestHeaders: headers,
    timeout: timeout(100),
    attachments,
    ...securityKeys,
    ...tlsKeys,
  },
  required: ['webServiceUrl'],
  additionalProperties: false,
} satisfies JsonSchemaObject;

/** K2's keys of the service type WCF. */
export const wcfKeys = {
  type: 'object',
  properties: {
    metadataUrl: {
      type: 'string',
      title: 'Service Metadata URL',
      description:
        'The WSDL or the metadata document (MEX) of the service, such as https://host/Service.svc?wsdl; or a path.',
      minLength: 1,
    },
    serviceEndpointUrl: endpoint('Service Endpoint URL'),
    binding: {
      type: 'string',
      title: 'Binding',
      description:
        'BasicHttpBinding is SOAP 1.1; WSHttpBinding is SOAP 1.2 with WS-Addressing, secured by the transport. One instance calls one binding.',
      enum: ['BasicHttpBinding', 'WSHttpBinding'],
      default: 'BasicHttpBinding',
    },
    namesAppendPropertyTypes: {
      type: 'boolean',
      title: 'Names: Append Property Types',
      description: 'Whether display names of properties end with the type: "Born (Date)". System names stay.',
      default: false,
    },
    namesUseMethodFullName: {
      type: 'boolean',
      title: 'Names: Use Method FullName',
      description:
        'Whether methods are named with their contract: "ContactService.GetContact". Methods that have a system name keep it.',
      default: false,
    },
    httpRequestHeaders: headers,
    timeout: timeout(60),
    attachments,
    ...securityKeys,
    ...tlsKeys,
  },
  required: ['metadataUrl'],
  additionalProperties: false,
} satisfies JsonSchemaObject;

/** The URL of a service's WSDL: `?wsdl` is added to the URL of a service that has no query and is no file of a description. */
export function wsdlLocation(webServiceUrl: string): string {
  const text = webServiceUrl.trim();
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return text;
  const url = new URL(text);
  return url.search === '' && !/\.(?:wsdl|xml)$/i.test(url.pathname) ? `${url.href}?wsdl` : text;
}
