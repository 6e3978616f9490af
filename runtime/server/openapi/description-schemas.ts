import { impacts } from '../../../config/model/description-difference.js';
import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { schemaReference } from './operation.js';
import { arrayOf, integer, moment, record, text } from './record.js';

const impact: JsonSchemaObject = { type: 'string', enum: [...impacts] };

const versionSchema = record({
  version: integer,
  current: { type: 'boolean' },
  describedAt: moment,
  'by?': text,
  'restored?': { type: 'integer', description: 'The version that it brought back.' },
  'title?': text,
  'serviceVersion?': text,
  serviceObjects: integer,
  methods: integer,
  types: integer,
  hash: text,
  'changes?': record({ impact, breaking: integer, warning: integer, additive: integer, none: integer }),
});

/** What the descriptions of service instances, their reviews and their versions look like in answers. */
export const descriptionSchemas: Readonly<Record<string, JsonSchema>> = {
  Diagnostic: record({
    severity: { type: 'string', enum: ['skipped', 'warning'] },
    code: text,
    'operation?': text,
    'location?': text,
    message: text,
  }),
  DescriptionSummary: record({
    instance: text,
    'title?': text,
    'version?': text,
    serviceObjects: integer,
    methods: integer,
    types: integer,
    operations: integer,
    hosts: arrayOf(text),
    diagnostics: arrayOf(schemaReference('Diagnostic')),
    'security?': arrayOf(record({ name: text, scheme: text, 'description?': text })),
    hash: text,
    describedAt: moment,
  }),
  DescriptionChange: record({
    impact,
    code: { type: 'string', description: 'Stable: a program may branch on it.' },
    pointer: { type: 'string', description: 'RFC 6901, with the names of service objects and methods.' },
    message: text,
    methods: arrayOf(record({ serviceObject: text, method: text })),
    'more?': { type: 'boolean', description: 'There are more methods than named.' },
  }),
  Review: record({
    instance: text,
    id: { type: 'string', description: 'Names this difference, for `accept`.' },
    impact,
    counts: record({ breaking: integer, warning: integer, additive: integer, none: integer }),
    changes: arrayOf(schemaReference('DescriptionChange')),
    dependents: arrayOf(record({ object: text, method: text, impact, 'composite?': { type: 'boolean' } })),
  }),
  Refreshed: {
    allOf: [schemaReference('DescriptionSummary'), record({ review: schemaReference('Review') })],
  },
  DescriptionVersion: versionSchema,
  DescriptionVersionChanges: {
    allOf: [
      schemaReference('DescriptionVersion'),
      record({ differences: arrayOf(schemaReference('DescriptionChange')) }),
    ],
  },
};
