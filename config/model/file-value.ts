import type { JsonSchemaObject } from './json-schema.js';

/** A file as it travels through SmartObjects: K2's shape, a name plus base64 content. */
export interface FileValue {
  readonly name?: string;
  readonly mediaType?: string;
  /** The bytes, base64 with padding (RFC 4648 §4). */
  readonly content: string;
}

/** The schema of a `FileValue`. `x-smartwright-file` marks it for the designer's projection. */
export const fileSchema: JsonSchemaObject = {
  type: 'object',
  title: 'File',
  properties: {
    name: { type: 'string' },
    mediaType: { type: 'string' },
    content: { type: 'string', contentEncoding: 'base64' },
  },
  required: ['content'],
  additionalProperties: false,
  'x-smartwright-file': true,
};
