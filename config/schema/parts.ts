import type { JsonSchemaObject } from '../model/json-schema.js';
import { systemNamePattern } from '../model/names.js';
import { roles } from '../model/principal.js';

/** Schemas that several documents share. `title` and `description` are what a form shows. */

/** `kind`, the member that tells documents apart. */
export const kind = (value: string): JsonSchemaObject => ({ const: value, title: 'Kind', default: value });

export const systemName: JsonSchemaObject = {
  type: 'string',
  title: 'System name',
  description:
    'Used in URLs, code and references: letters, digits and underscores, no leading digit, at most 100 characters.',
  pattern: systemNamePattern,
};

/** What a person signs in with, or how an API key is called. */
export const accountName = (title: string, description: string): JsonSchemaObject => ({
  type: 'string',
  title,
  description: `${description} Letters, digits and . _ @ + -, at most 100 characters.`,
  pattern: '^[\\p{L}\\p{Nd}_][\\p{L}\\p{Nd}._@+-]{0,99}$',
});

export const displayName: JsonSchemaObject = {
  type: 'string',
  title: 'Display name',
  description: 'What people read. Default: made from the system name.',
  maxLength: 200,
};

export const description: JsonSchemaObject = { type: 'string', title: 'Description', maxLength: 10_000 };

/** A secret: its text, or a marker that keeps the stored one. */
export const secret = (title: string, text: string): JsonSchemaObject => ({
  type: ['string', 'object'],
  title,
  description: text,
  writeOnly: true,
  minLength: 1,
  ...storedSecretObject,
});

/** What an object at a secret's place must look like. */
export const storedSecretObject = {
  properties: { secret: { const: 'stored' } },
  required: ['secret'],
  additionalProperties: false,
} satisfies JsonSchemaObject;

/** What a list at a value's place must look like; a keyword for arrays, which says nothing of other types. */
export const listItems = {
  items: { type: 'string', maxLength: 10_000 },
  maxItems: 200,
} satisfies JsonSchemaObject;

/** The name of a placeholder, written `{name}`. `{user}` and `{email}` stand for the person in an assertion. */
export const placeholderName = '^(?!(user|email)$)[A-Za-z][A-Za-z0-9_]{0,99}$';

/** An absolute http or https URL without a fragment (RFC 6749 §3.1, §3.2). */
export const endpoint = (title: string, text: string): JsonSchemaObject => ({
  type: 'string',
  title,
  description: text,
  format: 'endpoint',
});

export const allowedHosts: JsonSchemaObject = {
  type: 'array',
  title: 'Allowed private hosts',
  description:
    'Hosts in private networks that may be reached: host, host:port, *.suffix or a CIDR block. Public ones need no entry.',
  items: { type: 'string', format: 'allowed-host' },
  uniqueItems: true,
};

export const roleList: JsonSchemaObject = {
  type: 'array',
  title: 'Roles',
  description: 'admin configures, designer builds with SmartObjects, user calls them. Each includes the ones after it.',
  items: { type: 'string', enum: [...roles] },
  uniqueItems: true,
  minItems: 1,
};
