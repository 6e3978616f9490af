import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import type { Description, ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';

export const method = (name: string, changes: Partial<ServiceMethod> = {}): ServiceMethod => ({
  name,
  displayName: name,
  kind: 'read',
  input: { type: 'object', properties: {}, additionalProperties: false },
  output: false,
  binding: { path: `/${name}` },
  ...changes,
});

export const object = (name: string, methods: readonly ServiceMethod[], changes: Partial<ServiceObject> = {}) => ({
  name,
  displayName: name,
  properties: [],
  methods,
  ...changes,
});

export const described = (
  serviceObjects: readonly ServiceObject[],
  types: TypeMap = {},
  changes: Partial<Description> = {},
): Description => ({ serviceObjects, types, diagnostics: [], operations: 1, hosts: ['api.example'], ...changes });

/** A service of one method that takes, or gives, values of a schema. */
export const taking = (input: JsonSchema, types: TypeMap = {}): Description =>
  described([object('Thing', [method('Do', { input })])], types);
export const giving = (output: JsonSchema, types: TypeMap = {}): Description =>
  described([object('Thing', [method('Do', { output })])], types);
