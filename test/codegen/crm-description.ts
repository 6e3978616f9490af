import { fileSchema } from '../../config/model/file-value.js';
import type { JsonSchema, JsonSchemaObject } from '../../config/model/json-schema.js';
import { typeReference } from '../../config/model/json-schema.js';
import type { Description, ServiceMethod } from '../../config/model/service-object.js';

const ref = typeReference;

const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchemaObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const method = (name: string, kind: ServiceMethod['kind'], rest: Partial<ServiceMethod>): ServiceMethod => ({
  name,
  displayName: name,
  kind,
  input: object({}),
  output: false,
  binding: { opaque: name },
  ...rest,
});

/** A small service that has every kind of type that generated modules must get right. */
export const crmDescription: Description = {
  title: 'CRM',
  version: '1.0',
  operations: 12,
  hosts: ['crm.example'],
  diagnostics: [],
  types: {
    Contact: {
      type: 'object',
      description: 'A person that the company does business with.\n\nClosing a comment with */ does not end it.',
      properties: {
        id: { type: 'integer', format: 'int64', readOnly: true, description: 'Identifies the contact.' },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        nickname: { type: ['string', 'null'], description: 'Null: asked for, and there is none.' },
        status: ref('contact-status'),
        address: ref('Address'),
        birthday: { type: 'string', format: 'date' },
        tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
        channels: { type: 'array', items: ref('Channel') },
        'preferred language': { enum: ['en', 'de', 'fr', null], default: 'en' },
        manager: ref('Contact'),
        photo: fileSchema,
        position: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], items: false, minItems: 2 },
        extra: { type: 'object', additionalProperties: { type: ['string', 'number'] }, deprecated: true },
      },
      required: ['id', 'name', 'status', 'nickname'],
    },
    'contact-status': { enum: ['lead', 'active', "won't answer", 'closed'], description: 'Where the contact stands.' },
    Address: object(
      { street: { type: 'string' }, city: { type: 'string' }, country: { type: 'string', pattern: '^[A-Z]{2}$' } },
      ['city'],
    ),
    Channel: {
      oneOf: [ref('EmailChannel'), ref('PhoneChannel'), ref('PostChannel')],
      discriminator: {
        propertyName: 'type',
        mapping: { email: '#/types/EmailChannel', phone: '#/types/PhoneChannel' },
      },
    },
    ChannelBase: object({ type: { type: 'string' }, verified: { type: 'boolean' } }, ['type']),
    EmailChannel: {
      allOf: [ref('ChannelBase'), object({ address: { type: 'string', format: 'email' } }, ['address'])],
    },
    PhoneChannel: {
      allOf: [
        ref('ChannelBase'),
        object({ number: { type: 'string' }, verified: { type: 'boolean' } }, ['number', 'verified']),
      ],
    },
    PostChannel: object({ type: { const: 'post' }, address: ref('Address') }, ['type', 'address']),
    Deal: {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        amount: { type: 'number', minimum: 0 },
        stage: {
          type: 'string',
          enum: [
            'qualification',
            'needs-analysis',
            'proposal',
            'negotiation',
            'closed-won',
            'closed-lost',
            'postponed',
          ],
        },
        contact: { anyOf: [ref('Contact'), { type: 'string' }] },
        history: {
          type: 'array',
          items: object(
            { at: { type: 'string', format: 'date-time', description: 'When.' }, stage: { type: 'string' } },
            ['at'],
          ),
        },
        probability: { type: ['number', 'null'] },
      },
      required: ['id', 'amount', 'stage'],
      additionalProperties: true,
    },
    Filter: {
      anyOf: [
        object({ and: { type: 'array', items: ref('Filter') } }, ['and']),
        object({ field: { type: 'string' }, value: {} }, ['field', 'value']),
      ],
    },
    Json: {
      anyOf: [
        { type: ['string', 'number', 'boolean', 'null'] },
        { type: 'array', items: ref('Json') },
        { type: 'object', additionalProperties: ref('Json') },
      ],
    },
    Date: { type: 'string', format: 'date', description: 'A day, in no time zone.' },
    LoopA: { anyOf: [ref('LoopB'), { type: 'null' }] },
    LoopB: { anyOf: [ref('LoopA'), { type: 'string' }] },
    Unused: object({ never: { type: 'string' } }),
  },
  serviceObjects: [
    {
      name: 'Contact',
      displayName: 'Contacts',
      description: 'People that the company does business with.',
      properties: [
        { name: 'id', displayName: 'Id', schema: { type: 'integer' }, key: true },
        { name: 'name', displayName: 'Name', schema: { type: 'string' } },
      ],
      methods: [
        method('List', 'list', {
          displayName: 'List contacts',
          description: 'Lists contacts, the newest first.',
          input: object({
            limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
            status: { type: 'array', items: ref('contact-status') },
            since: ref('Date'),
          }),
          output: ref('Contact'),
          meta: object({ total: { type: 'integer' } }, ['total']),
          paged: true,
        }),
        method('Read', 'read', {
          input: object({ id: { type: 'integer', format: 'int64' } }, ['id']),
          output: ref('Contact'),
        }),
        method('Create', 'create', {
          input: object(
            {
              name: { type: 'string' },
              status: ref('contact-status'),
              channels: { type: 'array', items: ref('Channel') },
            },
            ['name'],
          ),
          output: ref('Contact'),
        }),
        method('Delete', 'delete', {
          input: object({ id: { type: 'integer', format: 'int64' } }, ['id']),
          deprecated: true,
        }),
        method('Search', 'list', {
          input: object({ filter: ref('Filter') }, ['filter']),
          output: object({ contact: ref('Contact'), score: { type: 'number' } }, ['contact']),
        }),
      ],
    },
    {
      name: 'Deal',
      displayName: 'Deals',
      properties: [{ name: 'id', displayName: 'Id', schema: { type: 'string' }, key: true }],
      methods: [
        method('List', 'list', { output: ref('Deal') }),
        method('Update', 'update', {
          input: object({ id: { type: 'string' }, amount: { type: 'number' }, 'X-Request-Id': { type: 'string' } }, [
            'id',
          ]),
          output: ref('Deal'),
        }),
        method('Stages', 'execute', { output: { type: 'array', items: { type: 'string' } } }),
      ],
    },
    {
      name: 'Delete',
      displayName: 'Odd names',
      description: 'A name that is a reserved word, and results of odd types.',
      properties: [],
      methods: [
        method('default', 'execute', { output: ref('Json') }),
        method('Loop', 'execute', { output: ref('LoopA') }),
        method('constructor_', 'execute', { output: { type: 'integer', format: 'int64' } }),
      ],
    },
  ],
};
