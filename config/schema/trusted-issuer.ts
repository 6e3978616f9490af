import type { JsonSchemaObject } from '../model/json-schema.js';
import { allowedHosts, description, displayName, endpoint, kind, roleList, systemName } from './parts.js';

export const trustedIssuerSchema: JsonSchemaObject = {
  type: 'object',
  title: 'Trusted issuer',
  description: 'Who issues the bearer tokens by which people and programs may prove who they are here.',
  properties: {
    kind: kind('TrustedIssuer'),
    name: systemName,
    displayName,
    description,
    issuer: endpoint('Issuer', 'The iss of its tokens, exactly.'),
    audience: {
      type: 'string',
      title: 'Audience',
      description: 'The aud that a token must have: what the issuer knows this installation by.',
      minLength: 1,
      maxLength: 2_000,
    },
    jwksEndpoint: endpoint('Key set', 'Its keys (RFC 7517). Default: the ones that its metadata names.'),
    userClaim: {
      type: 'string',
      title: 'User name claim',
      description: 'The claim that holds the user name.',
      minLength: 1,
      maxLength: 200,
      default: 'sub',
    },
    roles: roleList,
    acceptUnknown: {
      type: 'boolean',
      title: 'Accept unknown people',
      description: 'Whether people without an account here are let in, with these roles.',
      default: false,
    },
    allowedHosts,
  },
  required: ['kind', 'name', 'issuer', 'audience', 'roles'],
  additionalProperties: false,
};
