import { dataTypes } from '../../../config/model/data-type.js';
import { visibilities } from '../../../config/model/designer.js';
import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { methodKinds } from '../../../config/model/service-object.js';
import { schemaReference } from './operation.js';
import { arrayOf, record, text } from './record.js';

const kind: JsonSchemaObject = { type: 'string', enum: [...methodKinds] };
/** A schema in an answer. */
export const aSchema: JsonSchemaObject = { type: ['object', 'boolean'], description: 'A JSON Schema 2020-12.' };
const dataType: JsonSchemaObject = { type: 'string', enum: [...dataTypes] };
const visibility: JsonSchemaObject = {
  type: 'string',
  enum: [...visibilities],
  description: 'Absent: shown as usual. `internal`: not shown.',
};
const trigger: JsonSchemaObject = {
  type: 'string',
  enum: ['single', 'batch'],
  description: 'Made for asking at intervals whether something has happened.',
};

/** What tools draw controls by. */
const design: Record<string, JsonSchema> = {
  'visibility?': visibility,
  'choices?': arrayOf(record({ value: {}, displayName: text, 'description?': text })),
  'choicesFrom?': schemaReference('ChoiceSource'),
  'schemaFrom?': schemaReference('SchemaSource'),
};

const designCall: Record<string, JsonSchema> = {
  object: { type: 'string', description: 'The SmartObject to call.' },
  method: text,
  inputs: {
    type: 'object',
    description: 'By input of that method: a fixed value, or the flat name of an input of the form at hand.',
    additionalProperties: { oneOf: [record({ value: {} }), record({ input: text })] },
  },
};

/** A method without its schemas. */
export const methodName = record({ name: text, displayName: text, kind });
/** What has a name for programs and one for people. */
export const named = { name: text, displayName: text, 'description?': text };

/** What SmartObjects and their methods look like in answers. */
export const smartObjectSchemas: Readonly<Record<string, JsonSchema>> = {
  SmartObjectSummary: record({ ...named, category: text, instance: text, methods: arrayOf(methodName) }),
  MethodEntry: record({
    object: text,
    objectDisplayName: text,
    category: text,
    instance: text,
    ...named,
    kind,
    'visibility?': visibility,
    'deprecated?': { type: 'boolean' },
  }),
  SmartObject: record({
    ...named,
    category: text,
    instance: text,
    properties: arrayOf(
      record({
        ...named,
        dataType,
        schema: aSchema,
        'key?': { type: 'boolean' },
        ...design,
      }),
    ),
    methods: arrayOf(
      record({
        ...named,
        kind,
        'deprecated?': { type: 'boolean' },
        'visibility?': visibility,
        'trigger?': trigger,
        input: aSchema,
        output: aSchema,
        'meta?': aSchema,
        parameters: arrayOf(text),
        'paged?': { type: 'boolean' },
        'errors?': arrayOf(record({ status: text, 'description?': text, 'body?': aSchema, 'headers?': aSchema })),
        steps: arrayOf({ type: 'object' }),
      }),
    ),
    types: { type: 'object', additionalProperties: aSchema },
  }),
  FlatProperty: record({
    ...named,
    dataType,
    ...design,
    required: { type: 'boolean' },
    'key?': { type: 'boolean' },
    schema: aSchema,
  }),
  FlatSmartObject: record(
    {
      ...named,
      category: text,
      instance: text,
      properties: arrayOf(schemaReference('FlatProperty')),
      methods: arrayOf(
        record({
          ...named,
          kind,
          'deprecated?': { type: 'boolean' },
          'meta?': aSchema,
          parameters: arrayOf(text),
          'paged?': { type: 'boolean' },
          inputProperties: arrayOf(schemaReference('FlatProperty')),
          returnProperties: arrayOf(schemaReference('FlatProperty')),
        }),
      ),
      types: { type: 'object', additionalProperties: aSchema },
    },
    'A SmartObject whose nested properties have flat names, such as `address.city`.',
  ),
  MethodSchema: record({
    ...named,
    kind,
    'visibility?': visibility,
    'trigger?': trigger,
    input: aSchema,
    output: aSchema,
    'meta?': aSchema,
    'errors?': arrayOf(record({ status: text, 'description?': text, 'body?': aSchema, 'headers?': aSchema })),
    inputProperties: arrayOf(schemaReference('DesignerProperty')),
    returnProperties: arrayOf(schemaReference('DesignerProperty')),
  }),
  DesignerProperty: record({
    ...named,
    name: { type: 'string', description: 'Flat: `address.city`.' },
    dataType,
    required: { type: 'boolean' },
    ...design,
  }),
  ChoiceSource: record(
    {
      ...designCall,
      items: { type: 'array', items: text, description: 'Property names from the result to the items.' },
      value: { type: 'array', items: text, description: 'Property names from an item to the value that is chosen.' },
      title: { type: 'array', items: text, description: 'Property names from an item to what a person reads.' },
    },
    'A method that gives the values to choose from.',
  ),
  SchemaSource: record(
    {
      ...designCall,
      schema: { type: 'array', items: text, description: 'Property names from the result to a JSON Schema.' },
    },
    'A method that tells the type at design time.',
  ),
};
