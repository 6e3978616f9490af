import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';

const text: JsonSchema = { type: 'string' };
const optional = (type: 'string' | 'number'): JsonSchema => ({ type: [type, 'null'] });

const object = (description: string, properties: TypeMap, required: readonly string[]): JsonSchemaObject => ({
  type: 'object',
  description,
  properties,
  required: [...required],
  additionalProperties: false,
});

/** The types that columns of every list share, by name. */
export const sharedTypes = {
  LookupValue: object(
    'An item of another list.',
    {
      id: { type: 'integer', description: 'Its ID in that list.' },
      value: { ...(optional('string') as JsonSchemaObject), readOnly: true, description: 'What is shown of it.' },
    },
    ['id'],
  ),
  Person: object(
    'A person or group. To write one, either number, login name or e-mail address will do.',
    {
      id: { type: 'integer', description: 'The number on this site.' },
      name: { ...(optional('string') as JsonSchemaObject), readOnly: true },
      email: optional('string'),
      loginName: optional('string'),
    },
    [],
  ),
  Term: object('A term of the term store.', { id: { type: 'string', format: 'uuid' }, label: optional('string') }, [
    'id',
  ]),
  Hyperlink: object('A link with its text.', { url: text, description: optional('string') }, ['url']),
  Picture: object(
    'A picture that the site keeps.',
    {
      fileName: optional('string'),
      serverUrl: optional('string'),
      serverRelativeUrl: optional('string'),
      id: optional('string'),
    },
    [],
  ),
  Place: object(
    'A place with its address.',
    {
      displayName: optional('string'),
      street: optional('string'),
      city: optional('string'),
      state: optional('string'),
      postalCode: optional('string'),
      country: optional('string'),
      latitude: optional('number'),
      longitude: optional('number'),
    },
    [],
  ),
  GeoPoint: object(
    'A point on the earth.',
    {
      latitude: { type: 'number', minimum: -90, maximum: 90 },
      longitude: { type: 'number', minimum: -180, maximum: 180 },
      altitude: optional('number'),
      measure: optional('number'),
    },
    ['latitude', 'longitude'],
  ),
  SavedItem: object(
    'An item that was written.',
    {
      ID: { type: 'integer' },
      ETag: {
        ...(optional('string') as JsonSchemaObject),
        description: 'Its version; give it to the next Update to be sure that nobody else was faster.',
      },
    },
    ['ID'],
  ),
  WriteResult: object(
    'What became of one of many.',
    {
      ID: { type: ['integer', 'null'] },
      ok: { type: 'boolean' },
      status: {
        type: 'integer',
        description: 'The HTTP status; 0 when it was not sent, or nobody knows what became of it.',
      },
      error: optional('string'),
      column: optional('string'),
    },
    ['ok', 'status'],
  ),
} as const satisfies TypeMap;
