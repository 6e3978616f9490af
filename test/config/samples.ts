import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import type { ServiceInstance } from '../../config/model/service-instance.js';
import type { Description, ServiceMethod } from '../../config/model/service-object.js';
import type { SmartObject } from '../../config/model/smart-object.js';

export const resourceType = (changes: Partial<OAuthResourceType> = {}): OAuthResourceType => ({
  kind: 'OAuthResourceType',
  name: 'Salesforce',
  parameters: [
    { name: 'client_id', stages: { authorization: {}, token: {}, refresh: {} } },
    { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
    { name: 'audience', stages: { token: {} } },
  ],
  ...changes,
});

export const resource = (changes: Partial<OAuthResource> = {}): OAuthResource => ({
  kind: 'OAuthResource',
  name: 'SalesforceProduction',
  type: 'Salesforce',
  authorizationEndpoint: 'https://login.example/authorize',
  tokenEndpoint: 'https://login.example/token',
  values: { client_id: 'app', client_secret: 's3cret' },
  ...changes,
});

export const instance = (changes: Partial<ServiceInstance> = {}): ServiceInstance => ({
  kind: 'ServiceInstance',
  name: 'CRM',
  type: 'rest',
  authentication: { mode: 'none' },
  keys: { descriptor: 'https://crm.example/openapi.json' },
  ...changes,
});

export const serviceMethod = (name: string, changes: Partial<ServiceMethod> = {}): ServiceMethod => ({
  name,
  displayName: name,
  kind: 'read',
  input: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  output: { $ref: '#/types/Contact' },
  binding: { verb: 'GET', path: '/contacts/{id}' },
  ...changes,
});

export const description = (changes: Partial<Description> = {}): Description => ({
  title: 'CRM',
  version: '1.0',
  serviceObjects: [
    {
      name: 'Contact',
      displayName: 'Contact',
      properties: [{ name: 'id', displayName: 'Id', schema: { type: 'string' }, key: true }],
      methods: [serviceMethod('Read'), serviceMethod('Delete', { kind: 'delete', output: false })],
    },
    { name: 'Account', displayName: 'Account', properties: [], methods: [serviceMethod('Read')] },
  ],
  types: {
    Contact: {
      type: 'object',
      properties: { address: { $ref: '#/types/Address' }, manager: { $ref: '#/types/Contact' } },
    },
    Address: { type: 'object', properties: { country: { $ref: '#/types/Country' } } },
    Country: { type: 'string' },
    Unused: { type: 'number' },
  },
  diagnostics: [{ severity: 'warning', code: 'SERVER_MISSING', message: 'There is no server.' }],
  operations: 3,
  hosts: ['crm.example'],
  ...changes,
});

export const smartObject = (name: string, changes: Partial<SmartObject> = {}): SmartObject => ({
  name,
  displayName: name,
  category: 'CRM',
  instance: 'CRM',
  properties: [{ name: 'id', displayName: 'Id', schema: { type: 'string' }, dataType: 'Text' }],
  methods: [
    {
      name: 'Read',
      displayName: 'Read',
      kind: 'read',
      input: { type: 'object', properties: {} },
      output: { $ref: '#/types/Contact' },
      parameters: [],
      steps: [{ instance: 'CRM', serviceObject: name, method: 'Read' }],
    },
    {
      name: 'List',
      displayName: 'List',
      kind: 'list',
      input: { type: 'object', properties: {} },
      output: { $ref: '#/types/Contact' },
      parameters: [],
      steps: [{ instance: 'CRM', serviceObject: name, method: 'List' }],
    },
  ],
  ...changes,
});
