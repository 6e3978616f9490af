import type { JsonSchemaObject } from '../model/json-schema.js';
import { overlaySchema } from './overlay.js';
import { allowedHosts, description, displayName, kind, secret, systemName } from './parts.js';

/** A variant of the authentication: `tag` is what its discriminator says. */
const variant = (
  title: string,
  tags: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, JsonSchemaObject>> = {},
  required: readonly string[] = Object.keys(properties),
): JsonSchemaObject => ({
  title,
  properties: {
    ...Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, { const: tag }])),
    ...properties,
  },
  required: [...Object.keys(tags), ...required],
  additionalProperties: false,
});

const place = (scheme: string, title: string, where: string): JsonSchemaObject =>
  variant(
    title,
    { mode: 'static', scheme },
    {
      name: {
        type: 'string',
        title: `Name of the ${where}`,
        pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~\\[\\]-]{1,200}$",
      },
      value: secret('Value', `The key that the ${where} carries.`),
    },
  );

const resource: JsonSchemaObject = {
  ...systemName,
  title: 'OAuth resource',
  description: 'System name of the OAuth resource whose tokens are sent.',
};

const exchangeResource: JsonSchemaObject = {
  ...resource,
  description:
    "System name of the OAuth resource where the caller's token is exchanged. Leave it out to pass it on as it is.",
};

const enforceImpersonation: JsonSchemaObject = {
  type: 'boolean',
  title: 'Enforce impersonation',
  description: 'Refuses a call whose person is not known.',
  default: false,
};

const authentication: JsonSchemaObject = {
  type: 'object',
  title: 'Authentication',
  description: 'How discovery and calls authenticate at the service.',
  properties: { mode: { type: 'string', title: 'Mode' } },
  required: ['mode'],
  discriminator: { propertyName: 'mode' },
  oneOf: [
    variant('None', { mode: 'none' }),
    {
      title: 'Static',
      properties: { mode: { const: 'static' }, scheme: { type: 'string', title: 'Scheme' } },
      required: ['mode', 'scheme'],
      type: 'object',
      discriminator: { propertyName: 'scheme' },
      oneOf: [
        variant(
          'User name and password',
          { mode: 'static', scheme: 'basic' },
          {
            userName: { type: 'string', title: 'User name', minLength: 1 },
            password: secret('Password', 'Sent with HTTP Basic authentication (RFC 7617).'),
          },
        ),
        variant(
          'Bearer token',
          { mode: 'static', scheme: 'bearer' },
          {
            token: secret('Token', 'Sent in the Authorization header (RFC 6750).'),
          },
        ),
        place('header', 'Key in a header', 'header'),
        place('query', 'Key in the query', 'query parameter'),
        place('cookie', 'Key in a cookie', 'cookie'),
      ],
    },
    variant('OAuth', { mode: 'oauth' }, { resource, enforceImpersonation }, ['resource']),
    variant(
      'Service account',
      { mode: 'service-account' },
      {
        resource,
        account: {
          type: 'string',
          title: 'Service account',
          description: 'Whose token is sent, whoever calls. Default: the service account of the installation.',
          minLength: 1,
          maxLength: 100,
        },
      },
      ['resource'],
    ),
    variant('Impersonate', { mode: 'impersonate' }, { resource: exchangeResource, enforceImpersonation }, []),
  ],
};

export const serviceInstanceSchema: JsonSchemaObject = {
  type: 'object',
  title: 'Service instance',
  description: 'One configured connection to a service.',
  properties: {
    kind: kind('ServiceInstance'),
    name: systemName,
    displayName,
    description,
    type: {
      type: 'string',
      title: 'Service type',
      description: 'The broker that talks to the service, such as rest.',
      minLength: 1,
      maxLength: 100,
    },
    authentication,
    keys: { type: 'object', title: 'Service keys', description: 'The settings of the service type.' },
    allowedHosts,
    overlay: overlaySchema,
  },
  required: ['kind', 'name', 'type', 'authentication', 'keys'],
  additionalProperties: false,
};
