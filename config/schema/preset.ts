import type { JsonSchemaObject } from '../model/json-schema.js';
import { oauthResourceSchema } from './oauth-resource.js';
import { oauthResourceTypeSchema } from './oauth-resource-type.js';

/** A document's schema without its names, which whoever uses the preset gives. */
function withoutNames(schema: JsonSchemaObject, names: readonly string[]): JsonSchemaObject {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !names.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    required: (schema.required ?? []).filter((name) => !names.includes(name) && name !== 'values'),
  };
}

/** The JSON Schema of a file in `config/presets`. */
export const presetSchema: JsonSchemaObject = {
  type: 'object',
  title: 'Preset',
  description: 'What is known of one OAuth provider.',
  properties: {
    name: { type: 'string', title: 'Name', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 50 },
    title: { type: 'string', title: 'Title', minLength: 1, maxLength: 100 },
    documentation: { type: 'string', title: "The provider's page", format: 'endpoint', pattern: '^https://' },
    notes: { type: 'array', title: 'Notes', items: { type: 'string', minLength: 10, maxLength: 500 } },
    required: {
      type: 'array',
      title: 'Required values',
      description: 'Parameters that a resource must give a value for.',
      items: { type: 'string' },
      uniqueItems: true,
      minItems: 1,
    },
    resourceType: withoutNames(oauthResourceTypeSchema, ['kind', 'name']),
    resource: withoutNames(oauthResourceSchema, ['kind', 'name', 'type']),
  },
  required: ['name', 'title', 'documentation', 'required', 'resourceType', 'resource'],
  additionalProperties: false,
};
