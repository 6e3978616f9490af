import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { ContentPlan } from '../plan.js';
import type { Attributes } from './attributes.js';
import { objectSchema, type Particle } from './particles.js';
import { type PropertyNames, special } from './property-names.js';
import type { SimpleType } from './simple-types.js';

/** A complex type in the middle of being read: what a derived type adds to. */
export interface Shape {
  readonly particles: readonly Particle[];
  readonly names: PropertyNames;
  readonly attributes: Attributes;
  /** Simple content. */
  readonly text?: SimpleType;
  readonly mixed: boolean;
}

/** The content of a complex type and the schema of its properties. */
export function contentOf({ particles, text, mixed }: Shape): { content: ContentPlan; schema: JsonSchemaObject } {
  if (text !== undefined) {
    const property = special.value;
    return {
      content: { kind: 'text', property, simple: text.simple },
      schema: {
        type: 'object',
        properties: { [property]: text.schema },
        required: [property],
        additionalProperties: false,
      },
    };
  }
  if (mixed) {
    const property = special.xml;
    const schema = { type: 'string' as const, contentMediaType: 'application/xml' };
    return {
      content: { kind: 'mixed', property },
      schema: { type: 'object', properties: { [property]: schema }, additionalProperties: false },
    };
  }
  const content: ContentPlan =
    particles.length === 0 ? { kind: 'empty' } : { kind: 'elements', items: particles.map(({ item }) => item) };
  return { content, schema: objectSchema(particles) };
}

/** The schema with null among its values. */
export function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { type } = schema;
  if (typeof type === 'string' && schema.enum === undefined && schema.const === undefined && schema.anyOf === undefined)
    return { ...schema, type: [type, 'null'] };
  return { anyOf: [schema, { type: 'null' }] };
}
