import type { JsonSchemaObject } from '../model/json-schema.js';
import { allowedHosts, description, displayName, endpoint, kind, roleList, secret, systemName } from './parts.js';

const claim = (title: string, text: string): JsonSchemaObject => ({
  type: 'string',
  title,
  description: text,
  minLength: 1,
  maxLength: 200,
});

export const signInProviderSchema: JsonSchemaObject = {
  type: 'object',
  title: 'Sign-in provider',
  description: 'A provider of OpenID Connect where people may sign in instead of by a password.',
  properties: {
    kind: kind('SignInProvider'),
    name: systemName,
    displayName: { ...displayName, description: 'What the button on the sign-in page says. Default: the system name.' },
    description,
    issuer: endpoint('Issuer', 'Its issuer, exactly. Its endpoints are what its metadata names.'),
    clientId: { type: 'string', title: 'Client ID', minLength: 1, maxLength: 1_000 },
    clientSecret: secret('Client secret', 'Leave it out for a public client.'),
    scope: {
      type: 'string',
      title: 'Scope',
      description: 'What is asked for; openid is among it.',
      pattern: '(^|\\s)openid(\\s|$)',
      maxLength: 2_000,
      default: 'openid profile email',
    },
    userClaim: { ...claim('User name claim', 'The claim that holds the user name.'), default: 'preferred_username' },
    roles: {
      type: 'object',
      title: 'Roles by a claim',
      description:
        'What people may do, by a claim, anew at each sign-in. Leave it out to keep the roles of accounts; a new one gets user.',
      properties: {
        claim: claim('Claim', 'A text or a list of texts; a dot leads into it, such as realm_access.roles.'),
        values: {
          type: 'object',
          title: 'Roles of each value',
          additionalProperties: roleList,
          minProperties: 1,
        },
        default: {
          ...roleList,
          title: 'Other people',
          description: 'Roles of who has none of the values. Leave it out to keep them outside.',
        },
      },
      required: ['claim', 'values'],
      additionalProperties: false,
    },
    createUsers: {
      type: 'boolean',
      title: 'Create accounts',
      description: 'Whether somebody without an account gets one when they sign in.',
      default: true,
    },
    allowedHosts,
  },
  required: ['kind', 'name', 'issuer', 'clientId'],
  additionalProperties: false,
};
