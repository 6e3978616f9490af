import type { JsonSchemaObject } from '../model/json-schema.js';
import { stages } from '../model/oauth-resource-type.js';
import { assertionSchema, clientAssertionSchema, signingKeySchema } from './assertion.js';
import {
  allowedHosts,
  description,
  displayName,
  endpoint,
  kind,
  listItems,
  placeholderName,
  storedSecretObject,
  systemName,
} from './parts.js';

const stageValue: JsonSchemaObject = { type: ['string', 'array', 'object'], ...listItems, ...storedSecretObject };

export const oauthResourceSchema: JsonSchemaObject = {
  type: 'object',
  title: 'OAuth resource',
  description: 'One application, registered at one OAuth provider.',
  properties: {
    kind: kind('OAuthResource'),
    name: systemName,
    displayName,
    description,
    type: { ...systemName, title: 'OAuth resource type', description: 'System name of its OAuth resource type.' },
    authorizationEndpoint: endpoint(
      'Authorization endpoint',
      'Where people give their consent. Leave it out where the grant has no authorization request.',
    ),
    tokenEndpoint: endpoint('Token endpoint', 'Where tokens are asked for.'),
    refreshEndpoint: endpoint('Refresh endpoint', 'Where tokens are refreshed. Default: the token endpoint.'),
    metadataEndpoint: endpoint('Metadata endpoint', 'RFC 8414 or OpenID Connect discovery document.'),
    revocationEndpoint: endpoint('Revocation endpoint', 'Where tokens are revoked (RFC 7009).'),
    introspectionEndpoint: endpoint('Introspection endpoint', 'Where tokens are looked up (RFC 7662).'),
    pushedAuthorizationEndpoint: endpoint(
      'Pushed authorization request endpoint',
      'Where the parameters of the authorization request are pushed to, so that the browser carries none (RFC 9126).',
    ),
    deviceAuthorizationEndpoint: endpoint(
      'Device authorization endpoint',
      'Where consent on another device begins (RFC 8628).',
    ),
    jwksEndpoint: endpoint('Key set', "The provider's keys, by which an id_token is verified (RFC 7517)."),
    issuer: {
      type: 'string',
      title: 'Issuer',
      description: 'The issuer that an authorization response must name (RFC 9207), and an id_token.',
      format: 'endpoint',
    },
    responseIssuer: {
      type: 'string',
      title: 'Issuer in the authorization response',
      description:
        'Optional: for a provider that does not name its issuer in the answer. A wrong one is always refused.',
      enum: ['required', 'optional'],
      default: 'required',
    },
    signingKey: signingKeySchema,
    clientAssertion: clientAssertionSchema,
    assertion: assertionSchema,
    subjectResource: {
      ...systemName,
      title: 'Subject resource',
      description: 'For a token exchange: the OAuth resource whose token is exchanged when the caller brings none.',
    },
    values: {
      type: 'object',
      title: 'Parameter values',
      description:
        'A value for each parameter, a text or a list: one for every request, or one for each of authorization, token and refresh.',
      additionalProperties: {
        type: ['string', 'array', 'object'],
        ...listItems,
        properties: { secret: { const: 'stored' }, ...Object.fromEntries(stages.map((stage) => [stage, stageValue])) },
        additionalProperties: false,
        minProperties: 1,
      },
    },
    placeholders: {
      type: 'object',
      title: 'Placeholders',
      description: 'What stands for {name} in the addresses and values.',
      propertyNames: { pattern: placeholderName },
      additionalProperties: { type: 'string', maxLength: 1_000 },
    },
    allowedHosts,
  },
  required: ['kind', 'name', 'type', 'tokenEndpoint', 'values'],
  additionalProperties: false,
};
