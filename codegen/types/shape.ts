import type { JsonSchema, JsonSchemaObject } from '../../config/model/json-schema.js';
import type { TsType } from './ts-type.js';

/** What a schema asks of an object: its members, from its own keywords and from the schemas it is composed of by `allOf`. */
export interface Shape {
  readonly properties: Map<string, ShapeProperty>;
  readonly required: Set<string>;
  /** Schemas of members that are not named; empty when the schema says nothing of them. */
  readonly rest: JsonSchema[];
}

export interface ShapeProperty {
  readonly schema: JsonSchema;
  /** Stands in for the schema's own type: the literal that tells a union's member apart. */
  readonly literal?: TsType;
}

export const emptyShape = (): Shape => ({ properties: new Map(), required: new Set(), rest: [] });

/** Whether a schema's own keywords describe an object's members. */
export function hasMembers(schema: JsonSchemaObject): boolean {
  return (
    schema.properties !== undefined ||
    schema.patternProperties !== undefined ||
    typeof schema.additionalProperties === 'object' ||
    (schema.additionalProperties === true && schema.type === 'object')
  );
}

/** Adds what a schema's own keywords say. A property that is there already is replaced: what is nearer says more. */
export function addOwnMembers(shape: Shape, schema: JsonSchemaObject): void {
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    shape.properties.set(name, { schema: property });
  for (const name of schema.required ?? []) shape.required.add(name);
  for (const pattern of Object.values(schema.patternProperties ?? {})) shape.rest.push(pattern);
  const { additionalProperties } = schema;
  const names = typeof schema.propertyNames === 'object' ? schema.propertyNames.enum : undefined;
  if (names !== undefined && schema.properties === undefined && additionalProperties !== undefined) {
    for (const name of names)
      if (typeof name === 'string') shape.properties.set(name, { schema: additionalProperties });
    return;
  }
  const bare = schema.properties === undefined || Object.keys(schema.properties).length === 0;
  if (additionalProperties !== undefined && (additionalProperties !== false || bare))
    shape.rest.push(additionalProperties);
}

/** Adds all of `part`'s members. One that both have is replaced: what is nearer says more. */
export function mergeShape(shape: Shape, part: Shape): void {
  for (const [name, property] of part.properties) shape.properties.set(name, property);
  for (const name of part.required) shape.required.add(name);
  shape.rest.push(...part.rest);
}
