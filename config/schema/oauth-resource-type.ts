import type { JsonSchemaObject } from '../model/json-schema.js';
import {
  clientAuthentications,
  grants,
  listStyles,
  type Stage,
  stages,
  tokenFields,
} from '../model/oauth-resource-type.js';
import { assertionSchema, clientAssertionSchema } from './assertion.js';
import { description, displayName, kind, listItems, placeholderName, storedSecretObject, systemName } from './parts.js';

const stageTitles: Readonly<Record<Stage, string>> = {
  authorization: 'Authorization request',
  token: 'Token request',
  refresh: 'Refresh request',
};

const stageDefault = (stage: Stage): JsonSchemaObject => ({
  type: 'object',
  title: stageTitles[stage],
  description: 'Present: the parameter is sent in this request.',
  properties: {
    default: {
      type: ['string', 'array', 'object'],
      title: 'Default value',
      description: 'The value when the resource gives none; one text or a list.',
      ...listItems,
      ...storedSecretObject,
    },
  },
  additionalProperties: false,
});

const parameterName = '^[^\\s&=#?%+\\p{C}]{1,200}$';

const parameter: JsonSchemaObject = {
  type: 'object',
  title: 'Parameter',
  properties: {
    name: {
      type: 'string',
      title: 'Name',
      description: 'The name on the wire, such as client_id. The runtime adds code and state itself.',
      pattern: parameterName,
    },
    description,
    secret: {
      type: 'boolean',
      title: 'Encrypted',
      description: 'Its values are secrets: encrypted at rest and never shown again.',
      default: false,
    },
    urlEncode: {
      type: 'boolean',
      title: 'URL-encoded',
      description: 'Whether the value is percent-encoded when it is sent. Off: it is sent as it stands.',
      default: true,
    },
    in: {
      type: 'string',
      title: 'Place',
      description: 'Where a token or refresh request carries it.',
      enum: ['body', 'header'],
      default: 'body',
    },
    list: {
      type: 'string',
      title: 'List',
      description: 'How a list is written: with spaces, with commas, or the parameter repeated for each item.',
      enum: [...listStyles],
      default: 'spaces',
    },
    replaces: {
      type: 'string',
      title: 'Replaces',
      description: 'The standard parameter that the provider wants under this name: client_key replaces client_id.',
      pattern: parameterName,
    },
    stages: {
      type: 'object',
      title: 'Sent in',
      properties: Object.fromEntries(stages.map((stage) => [stage, stageDefault(stage)])),
      additionalProperties: false,
      minProperties: 1,
    },
  },
  required: ['name', 'stages'],
  additionalProperties: false,
};

const placeholder: JsonSchemaObject = {
  type: 'object',
  title: 'Placeholder',
  properties: {
    name: {
      type: 'string',
      title: 'Name',
      description: 'Written {name} in addresses and values.',
      pattern: placeholderName,
    },
    description,
    default: { type: 'string', title: 'Default value', maxLength: 1_000 },
    example: { type: 'string', title: 'Example', maxLength: 1_000 },
  },
  required: ['name'],
  additionalProperties: false,
};

export const oauthResourceTypeSchema: JsonSchemaObject = {
  type: 'object',
  title: 'OAuth resource type',
  description: 'The parameters that one kind of OAuth provider wants, and how it departs from the standard.',
  properties: {
    kind: kind('OAuthResourceType'),
    name: systemName,
    displayName,
    description,
    grant: {
      type: 'string',
      title: 'Grant',
      description: 'How a first token is obtained.',
      enum: [...grants],
      default: 'authorization_code',
    },
    extension: {
      type: 'string',
      title: 'Extension',
      description: 'Obtains the tokens instead, for what OAuth 2.0 does not cover.',
      pattern: '^[a-z][a-z0-9-]{0,99}$',
    },
    clientAuthentication: {
      type: 'string',
      title: 'Client authentication',
      description: 'How the client authenticates at the token endpoint (RFC 6749 §2.3).',
      enum: [...clientAuthentications],
      default: 'client_secret_post',
    },
    clientAssertion: clientAssertionSchema,
    assertion: assertionSchema,
    dpop: {
      type: 'boolean',
      title: 'DPoP',
      description: 'Binds tokens to a key of each credential (RFC 9449); one that is not bound is refused.',
      default: false,
    },
    pkce: {
      type: 'string',
      title: 'PKCE',
      description: 'Proof Key for Code Exchange (RFC 7636). Turn it off only for a provider that refuses it.',
      enum: ['S256', 'off'],
      default: 'S256',
    },
    tokenRequestFormat: {
      type: 'string',
      title: 'Token request format',
      description: 'How the body of a token request is written.',
      enum: ['form', 'json'],
      default: 'form',
    },
    parameters: { type: 'array', title: 'Parameters', items: parameter },
    placeholders: {
      type: 'array',
      title: 'Placeholders',
      description: 'What a resource of this type fills in for {name} in its addresses and values.',
      items: placeholder,
    },
    tokenFields: {
      type: 'object',
      title: 'Token fields',
      description:
        'Where the token answer holds a standard field, when not under its own name: authed_user.access_token.',
      properties: Object.fromEntries(
        tokenFields.map((name) => [name, { type: 'string', title: name, minLength: 1, maxLength: 200 }]),
      ),
      additionalProperties: false,
    },
    tokenErrors: {
      type: 'object',
      title: 'Token errors',
      description: 'The standard name of error codes that only this provider has: bad_refresh_token is invalid_grant.',
      additionalProperties: { type: 'string', minLength: 1, maxLength: 100 },
    },
    tokenReplacementValues: {
      type: 'object',
      title: 'Token replacement values',
      description: 'Fields of the token response that are set to a fixed value, whatever the provider says.',
      additionalProperties: { type: 'string' },
    },
    refreshTokenExpirationDays: {
      type: 'number',
      title: 'Refresh token expiration days',
      description: 'Days after which an unused refresh token dies at the provider.',
      exclusiveMinimum: 0,
      maximum: 36_500,
    },
    expirationWarningDays: {
      type: 'number',
      title: 'Expiration warning days',
      description: 'Days before that from which the person is warned.',
      minimum: 0,
      maximum: 36_500,
    },
    expiringMessage: { type: 'string', title: 'Expiring message', maxLength: 2_000 },
    invalidMessage: { type: 'string', title: 'Invalid message', maxLength: 2_000 },
  },
  required: ['kind', 'name', 'parameters'],
  additionalProperties: false,
};
