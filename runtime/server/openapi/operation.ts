import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';

/** What `/openapi.json` says about a route, beside its verb, path and access. OpenAPI 3.1 §4.8.10. */
export interface Operation {
  /** Unique; the name that a client generator gives the function. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What the path's parameters stand for, by name. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, JsonSchemaObject>>;
  /** Request headers that it heeds. */
  readonly headers?: Readonly<Record<string, JsonSchemaObject>>;
  /** The body, of `application/json` unless said otherwise; `optional` when it may be left out. */
  readonly body?: { readonly schema: JsonSchema; readonly optional?: boolean; readonly mediaType?: string };
  readonly answers: Readonly<Record<number, Answer>>;
}

export interface Answer {
  readonly description: string;
  /** Absent: no body. */
  readonly schema?: JsonSchema;
  /** Default `application/json`. */
  readonly mediaType?: string;
  /** The answer carries an `ETag`. */
  readonly etag?: boolean;
}

/** A reference to one of the document's schemas. */
export const schemaReference = (name: string): JsonSchemaObject => ({ $ref: `#/components/schemas/${name}` });

/** The schema of `{ items: [...] }`. */
export const listOf = (items: JsonSchema, more: Record<string, JsonSchema> = {}): JsonSchemaObject => ({
  type: 'object',
  properties: { items: { type: 'array', items }, ...more },
  required: ['items', ...Object.keys(more)],
});
