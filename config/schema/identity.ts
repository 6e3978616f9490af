import type { JsonSchemaObject } from '../model/json-schema.js';
import { accountName, displayName, kind, roleList, secret, systemName } from './parts.js';

export const userSchema: JsonSchemaObject = {
  type: 'object',
  title: 'User',
  description: 'A person with a local account.',
  properties: {
    kind: kind('User'),
    name: accountName('User name', 'What the person signs in with.'),
    displayName: { ...displayName, description: 'What people read. Default: the user name.' },
    email: { type: 'string', title: 'E-mail address', format: 'email', maxLength: 320 },
    attributes: {
      type: 'object',
      title: 'Attributes',
      description: 'What other systems know the person by, such as sid: for assertions and extensions.',
      propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,99}$' },
      additionalProperties: { type: 'string', maxLength: 1_000 },
    },
    password: {
      ...secret('Password', 'Sets the password; it is kept as a hash. At least 8 characters.'),
      minLength: 8,
    },
    roles: roleList,
    signsInWith: {
      type: 'object',
      title: 'Signs in with',
      description: 'The sign-in provider that vouches for the person.',
      properties: {
        provider: { ...systemName, title: 'Sign-in provider', description: 'System name of the sign-in provider.' },
        subject: {
          type: 'string',
          title: 'Subject',
          description: 'Who the person is there (sub). Leave it out for whoever comes first with the user name.',
          minLength: 1,
          maxLength: 1_000,
        },
      },
      required: ['provider'],
      additionalProperties: false,
    },
    disabled: {
      type: 'boolean',
      title: 'Disabled',
      description: 'A disabled person cannot sign in, and their keys do not work.',
      default: false,
    },
  },
  required: ['kind', 'name', 'roles'],
  additionalProperties: false,
};

const actsAs = (title: string, description: string): JsonSchemaObject => ({
  type: 'object',
  title,
  description,
  properties: {
    user: accountName('User', 'The user name of a person.'),
    serviceAccount: accountName('Service account', 'The name of a service account.'),
  },
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
});

export const apiKeySchema: JsonSchemaObject = {
  type: 'object',
  title: 'API key',
  description: "A program's key. Its secret is shown once, when it is made.",
  properties: {
    kind: kind('ApiKey'),
    name: accountName('Name', 'How the key is called.'),
    actsAs: actsAs(
      'Acts as',
      'Whose rights and tokens the key uses: a person, or a service account with tokens of its own.',
    ),
    roles: roleList,
    mayActAs: {
      type: 'array',
      title: 'May act as',
      description: 'Others whose tokens a call may use instead, when it says so.',
      items: actsAs('Account', 'A person or a service account.'),
    },
    key: {
      ...secret('Key', 'A key of your own making, 32 characters or more. Leave it out to have one made.'),
      minLength: 32,
    },
    expiresAt: {
      type: 'string',
      title: 'Expires at',
      description: 'Date and time (RFC 3339) from which the key does not work. Leave it out for never.',
      format: 'date-time',
    },
  },
  required: ['kind', 'name', 'actsAs', 'roles'],
  additionalProperties: false,
};
