import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import type { ServiceKeys } from '../broker.js';
import { type TlsKeys, tlsKeys } from '../tls-keys.js';

/** The service keys of the REST broker, after validation. */
export interface RestKeys extends ServiceKeys, TlsKeys {
  readonly descriptor: string;
  readonly defaultHttpRequestHeaders?: Readonly<Record<string, string>> | string;
  readonly serviceUrl?: string;
  /** Seconds. */
  readonly timeout?: number;
  readonly strictAnswers?: boolean;
}

/** The service keys, by the names that K2 has for them. */
export const restKeys = {
  type: 'object',
  properties: {
    descriptor: {
      type: 'string',
      title: 'Descriptor Location',
      description: 'A Swagger 2.0 or OpenAPI 3.x document, in JSON or YAML: a path, or a file:, http: or https: URL.',
      minLength: 1,
    },
    serviceUrl: {
      type: 'string',
      title: 'Service URL',
      description: 'The base URL of the service, in place of the one that the descriptor names.',
      format: 'uri',
    },
    defaultHttpRequestHeaders: {
      title: 'Default HTTP Request Headers',
      description:
        'Headers for every request: an object, or a "Name: value" on each line. Headers of a method win over them.',
      anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }],
    },
    timeout: {
      type: 'number',
      title: 'Timeout',
      description: 'Seconds until the whole answer of a call must be there.',
      exclusiveMinimum: 0,
      maximum: 3600,
      default: 30,
    },
    strictAnswers: {
      type: 'boolean',
      title: 'Strict Answers',
      description:
        'Whether an answer that breaks the schema that the descriptor declares fails the call. Otherwise it is passed on, and the fault is logged and counted.',
      default: false,
    },
    ...tlsKeys,
  },
  required: ['descriptor'],
  additionalProperties: false,
} satisfies JsonSchemaObject;
