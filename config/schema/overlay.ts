import { dataTypes } from '../model/data-type.js';
import { visibilities } from '../model/designer.js';
import type { JsonSchemaObject } from '../model/json-schema.js';
import { pagingPlanSchema } from '../model/paging-plan.js';
import { methodKinds } from '../model/service-object.js';
import { description, displayName, systemName } from './parts.js';

const closed = (title: string, properties: Readonly<Record<string, JsonSchemaObject>>): JsonSchemaObject => ({
  type: 'object',
  title,
  properties: { ...properties },
  additionalProperties: false,
  minProperties: 1,
});

const byName = (title: string, text: string, rule: JsonSchemaObject): JsonSchemaObject => ({
  type: 'object',
  title,
  description: text,
  additionalProperties: rule,
});

const text: JsonSchemaObject = { type: 'string', minLength: 1, maxLength: 1_000 };
const patterns: JsonSchemaObject = { type: 'array', items: text, uniqueItems: true };
const visibility: JsonSchemaObject = {
  type: 'string',
  title: 'Visibility',
  description: 'important: first; advanced: on demand; internal: not shown.',
  enum: [...visibilities],
};
const schemaPatch: JsonSchemaObject = {
  type: 'object',
  title: 'Schema',
  description: 'A JSON Merge Patch (RFC 7396) of the JSON Schema; null takes a keyword away.',
};
const scalar: JsonSchemaObject = { type: ['string', 'number', 'boolean'] };

const choiceSource: JsonSchemaObject = {
  ...closed('Choices from', {
    method: { ...text, title: 'Method', description: 'Such as Site.List.', pattern: '^[^.\\s]+\\.[^.\\s]+$' },
    inputs: byName('Inputs', 'By input of that method: { value: … }, or { input: … } of the form at hand.', {
      type: 'object',
      properties: { value: {}, input: text },
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    }),
    value: { ...text, title: 'Value', description: 'The property of an item that is chosen, such as id.' },
    title: { ...text, title: 'Title', description: 'The property of an item that a person reads.' },
  }),
  required: ['method', 'value'],
};

const propertyRule = closed('Property', {
  displayName,
  description,
  dataType: { type: 'string', title: 'Data type', enum: [...dataTypes] },
  schema: schemaPatch,
  visibility,
  required: { type: 'boolean', title: 'Required' },
  default: { title: 'Default value' },
  choices: {
    type: 'array',
    title: 'Choices',
    description: 'The values to choose from, with names where a person reads something else.',
    minItems: 1,
    items: {
      type: ['string', 'number', 'boolean', 'object'],
      properties: { value: { ...scalar, type: ['string', 'number', 'boolean', 'null'] }, displayName, description },
      required: ['value'],
      additionalProperties: false,
    },
  },
  choicesFrom: choiceSource,
});

const properties = (title: string, text: string): JsonSchemaObject => byName(title, text, propertyRule);

const objectRule = closed('Service object', {
  name: systemName,
  displayName,
  description,
  key: { ...text, title: 'Key property' },
  properties: properties('Properties', 'By property; address.city names a nested one.'),
});

const methodRule = closed('Method', {
  name: systemName,
  object: { ...systemName, title: 'Service object', description: 'The object that the method goes to.' },
  displayName,
  description,
  kind: { type: 'string', title: 'Kind', enum: [...methodKinds] },
  visibility,
  deprecated: { type: 'boolean', title: 'Deprecated' },
  items: {
    type: 'array',
    title: 'Items',
    description: "For a list: property names from the answer's root to the items; empty when the answer is the list.",
    items: text,
    maxItems: 20,
  },
  paging: pagingPlanSchema,
  inputs: properties('Inputs', 'By input.'),
  outputs: properties('Outputs', 'By property of the result; of an item for a list.'),
});

const typeRule = closed('Type', {
  description,
  schema: schemaPatch,
  properties: properties('Properties', 'By property.'),
});

/** What an admin changes in what discovery finds. */
export const overlaySchema: JsonSchemaObject = {
  type: 'object',
  title: 'Overlay',
  description: 'Changes to what discovery finds. Rules name things by the names that discovery gives.',
  properties: {
    hide: { ...patterns, title: 'Hide', description: 'Leaves out: Contact, Contact.Delete, DELETE /contacts/*.' },
    show: { ...patterns, title: 'Show', description: 'Leaves out everything else.' },
    objects: byName('Service objects', 'By service object.', objectRule),
    methods: byName('Methods', 'By Contact.List, or by operation: GET /contacts.', methodRule),
    types: byName('Types', 'By named type.', typeRule),
  },
  additionalProperties: false,
};
