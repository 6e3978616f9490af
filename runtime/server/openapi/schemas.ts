import { documentKinds } from '../../../config/model/admin-document.js';
import { errorStatus } from '../../../config/model/errors.js';
import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { roles } from '../../../config/model/principal.js';
import { descriptionSchemas } from './description-schemas.js';
import { listOf, schemaReference } from './operation.js';
import { arrayOf, integer, moment, record, text } from './record.js';
import { aSchema, methodName, named, smartObjectSchemas } from './smart-object-schemas.js';
import { tokenSchemas } from './token-schemas.js';

const role: JsonSchemaObject = { type: 'string', enum: [...roles] };
/** What the answers look like; the schemas of admin documents are those that validate them. */
export const answerSchemas: Readonly<Record<string, JsonSchema>> = {
  Problem: record(
    {
      type: { type: 'string', description: 'A URN, such as `urn:smartwright:problem:input-invalid`.' },
      title: text,
      status: integer,
      detail: text,
      code: { type: 'string', enum: Object.keys(errorStatus), description: 'Stable: a program may branch on it.' },
      instance: text,
      'fields?': arrayOf(record({ pointer: { type: 'string', description: 'RFC 6901' }, message: text })),
      'authorizationUrl?': { type: 'string', format: 'uri', description: 'Where a person gives consent.' },
      'upstream?': {
        type: 'object',
        description:
          'What the service answered: `status`, `headers`, `body`; where its description declares the error also `declared`, `type` and `$headers`.',
      },
      'review?': schemaReference('Review'),
      'version?': { type: 'integer', description: 'The stored version of a document that was to be changed.' },
      'expectedVersion?': { type: 'integer', description: 'The version that was to be changed.' },
    },
    'Problem details, RFC 9457.',
  ),
  Saved: record({
    kind: { type: 'string', enum: [...documentKinds] },
    name: text,
    version: integer,
    outcome: { type: 'string', enum: ['created', 'changed', 'unchanged'] },
    'description?': schemaReference('DescriptionSummary'),
    'review?': schemaReference('Review'),
    'key?': { type: 'string', description: 'A new API key; it is shown this once.' },
  }),
  ListPage: {
    ...listOf({}),
    properties: {
      items: { type: 'array', items: {} },
      next: { type: 'string', description: 'Pass it as `$next` for the page that follows; absent on the last.' },
      meta: { type: 'object', description: 'What the service says beside the items.' },
    },
  },
  ServiceType: record({ type: text, displayName: text, description: text, keys: aSchema }),
  Discovery: record({
    'title?': text,
    'version?': text,
    operations: integer,
    types: integer,
    hosts: arrayOf(text),
    serviceObjects: arrayOf(record({ ...named, methods: arrayOf(methodName) })),
    diagnostics: arrayOf(schemaReference('Diagnostic')),
  }),
  ConnectionProposal: record({
    documents: arrayOf({ anyOf: ['OAuthResourceType', 'OAuthResource', 'ServiceInstance'].map(schemaReference) }),
    ways: arrayOf(record({ scheme: text, 'description?': text, authentication: { type: 'object' } })),
    variables: arrayOf(record({ name: text, description: text, secret: { type: 'boolean' } })),
    notes: arrayOf(text),
  }),
  PreviewRequest: record({ resource: schemaReference('OAuthResource'), 'type?': schemaReference('OAuthResourceType') }),
  StagePreview: record({
    stage: { type: 'string', enum: ['authorization', 'token', 'refresh'] },
    method: { type: 'string', enum: ['GET', 'POST'] },
    url: text,
    headers: { type: 'object', additionalProperties: text },
    parameters: arrayOf(
      record({ name: text, value: text, source: { type: 'string', enum: ['runtime', 'type', 'resource'] } }),
    ),
    body: { type: ['string', 'null'] },
  }),
  ...descriptionSchemas,
  ...smartObjectSchemas,
  ...tokenSchemas,
  ProviderImportRequest: record({
    url: { type: 'string', format: 'uri', description: 'The metadata URL of a provider, or its issuer.' },
    'name?': { type: 'string', description: 'System name of the documents.' },
    'scope?': text,
    'clientId?': text,
    'allowedHosts?': arrayOf(text),
  }),
  ProviderImport: record({
    resourceType: schemaReference('OAuthResourceType'),
    resource: schemaReference('OAuthResource'),
    scopes: arrayOf(text),
    warnings: arrayOf({ type: 'string', description: 'What the provider lacks.' }),
  }),
  PresetSummary: record({
    name: text,
    title: { type: 'string', description: 'What people call the provider.' },
    documentation: { type: 'string', format: 'uri', description: "The provider's own page." },
    'notes?': arrayOf({ type: 'string', description: 'What an admin must know.' }),
    required: arrayOf({ type: 'string', description: 'A parameter that a resource must give a value for.' }),
  }),
  Preset: record({
    name: text,
    title: text,
    documentation: { type: 'string', format: 'uri' },
    'notes?': arrayOf(text),
    required: arrayOf(text),
    documents: record({
      resourceType: schemaReference('OAuthResourceType'),
      resource: schemaReference('OAuthResource'),
    }),
  }),
  Introspection: record({ active: { type: 'boolean' } }, 'RFC 7662 §2.2.'),
  DeviceConsentRequest: record({
    resource: { type: 'string', description: 'System name of the OAuth resource.' },
    'credential?': { type: 'string', description: '`service:NAME`, for an admin. Default: your own.' },
  }),
  DeviceConsent: record({
    'id?': { type: 'string', description: 'The handle by which the outcome is asked for.' },
    status: { type: 'string', enum: ['pending', 'authorized'] },
    resource: text,
    credential: text,
    'userCode?': text,
    'verificationUri?': { type: 'string', format: 'uri' },
    'verificationUriComplete?': { type: 'string', format: 'uri' },
    'askAgainIn?': { type: 'integer', description: 'Seconds.' },
    'expiresAt?': moment,
  }),
  KeptDescriptor: record({
    descriptor: { type: 'string', description: 'Its path, as the service key of a service instance takes it.' },
    bytes: integer,
  }),
  SignInLink: record({ url: { type: 'string', format: 'uri' }, expiresAt: moment }),
  AuditEntry: record({
    at: moment,
    actor: text,
    action: text,
    subject: text,
    outcome: { type: 'string', enum: ['done', 'refused', 'failed'] },
    'details?': { type: 'object' },
  }),
  Call: record({
    at: moment,
    object: text,
    method: text,
    'instance?': text,
    actor: text,
    credential: text,
    status: { type: 'integer', description: 'The HTTP status that it answers with.' },
    'code?': { type: 'string', description: 'The error code; absent where it went well.' },
    ms: { type: 'integer', description: 'How long it took.' },
  }),
  Me: record({
    name: text,
    'displayName?': text,
    'email?': text,
    credential: text,
    roles: arrayOf(role),
    via: { type: 'string', enum: ['session', 'api-key', 'token', 'local'] },
  }),
  Health: record({ status: { type: 'string', const: 'ok' } }),
};

/** A stored document with its version. */
export const storedSchema = (kindName: string): JsonSchemaObject =>
  record({ document: schemaReference(kindName), version: integer, updatedAt: moment });
