import { certificateHeaders, signingAlgorithms } from '../model/assertion.js';
import type { JsonSchemaObject } from '../model/json-schema.js';
import { secret } from './parts.js';

const text = (title: string, description: string, maxLength = 2_000): JsonSchemaObject => ({
  type: 'string',
  title,
  description,
  minLength: 1,
  maxLength,
});

const jwtProperties: Readonly<Record<string, JsonSchemaObject>> = {
  algorithm: {
    type: 'string',
    title: 'Algorithm',
    description: 'The JWS algorithm (RFC 7518 §3.1). Default: the one that fits the key.',
    enum: [...signingAlgorithms],
  },
  audience: text('Audience', 'Who is meant to accept it. Default: the URL of the token endpoint.'),
  lifetime: {
    type: 'integer',
    title: 'Lifetime',
    description: 'Seconds that it is valid.',
    minimum: 10,
    maximum: 3_600,
    default: 300,
  },
  certificateHeader: {
    type: 'string',
    title: 'Certificate header',
    description: 'How the JWT names the certificate of its key.',
    enum: [...certificateHeaders],
    default: 'x5t#S256',
  },
};

export const clientAssertionSchema: JsonSchemaObject = {
  type: 'object',
  title: 'Client assertion',
  description: 'How the JWT by which the client authenticates is made (RFC 7523 §2.2).',
  properties: jwtProperties,
  additionalProperties: false,
};

export const assertionSchema: JsonSchemaObject = {
  type: 'object',
  title: 'Assertion',
  description: 'How the assertion that is exchanged for a token is made (RFC 7523 §2.1, RFC 7522 §2.1).',
  properties: {
    ...jwtProperties,
    issuer: text('Issuer', 'Default: the client_id.'),
    subject: text('Subject', 'May hold {user}, {email} and {attribute.NAME}. Default: the issuer.'),
    claims: {
      type: 'object',
      title: 'Claims',
      description: 'Further claims of a JWT, or attributes of a SAML assertion.',
      additionalProperties: { type: 'string' },
    },
    nameIdFormat: text('Name identifier format', "SAML: the format of the subject's name."),
    recipient: text('Recipient', 'SAML: where the assertion may be handed in. Default: the URL of the token endpoint.'),
  },
  additionalProperties: false,
};

export const signingKeySchema: JsonSchemaObject = {
  type: 'object',
  title: 'Signing key',
  description: "The key that signs this application's assertions.",
  properties: {
    privateKey: secret('Private key', 'PEM (PKCS #8, PKCS #1 or SEC 1) or a JWK as JSON.'),
    certificate: {
      type: 'string',
      title: 'Certificate',
      description: 'PEM. It begins with -----BEGIN CERTIFICATE-----.',
      pattern: '^\\s*-----BEGIN CERTIFICATE-----',
      maxLength: 100_000,
    },
    keyId: text('Key identifier', 'The kid of the JWT header.', 500),
  },
  required: ['privateKey'],
  additionalProperties: false,
};
