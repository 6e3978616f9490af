import type { DataType } from '../../config/model/data-type.js';
import { flatten } from '../../config/model/flat-property.js';
import { type JsonSchema, referencedTypes, type TypeMap } from '../../config/model/json-schema.js';
import { type DeclaredError, type MethodKind, schemasOf } from '../../config/model/service-object.js';
import type { SmartMethod, SmartObject } from '../../config/model/smart-object.js';
import { selfContained } from './self-contained.js';

/** A method as a form or another tool wants it: schemas that need nothing beside them. */
export interface MethodSchema {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly kind: MethodKind;
  readonly input: JsonSchema;
  /** For a list, one item; `false`: no result. */
  readonly output: JsonSchema;
  readonly meta?: JsonSchema;
  /** The error answers that the service declares. */
  readonly errors?: readonly DeclaredError[];
  /** The input as a designer without nested values sees it: flat names with K2's data types. */
  readonly inputProperties: readonly DesignerProperty[];
  /** The same of the output. */
  readonly returnProperties: readonly DesignerProperty[];
}

export interface DesignerProperty {
  /** `address.city`; see `FlatProperty.name`. */
  readonly name: string;
  readonly dataType: DataType;
  readonly required: boolean;
}

/** @param types the closure of the types that the method refers to */
export function methodSchema(method: SmartMethod, types: TypeMap): MethodSchema {
  const { name, displayName, description, kind, input, output, meta, errors } = method;
  return {
    name,
    displayName,
    ...(description !== undefined && { description }),
    kind,
    input: selfContained(input, types),
    output: selfContained(output, types),
    ...(meta !== undefined && { meta: selfContained(meta, types) }),
    ...(errors !== undefined && { errors: errors.map((error) => selfContainedError(error, types)) }),
    inputProperties: designerProperties(input, types),
    returnProperties: designerProperties(output, types),
  };
}

const selfContainedError = (error: DeclaredError, types: TypeMap): DeclaredError => ({
  ...error,
  ...(error.body !== undefined && { body: selfContained(error.body, types) }),
  ...(error.headers !== undefined && { headers: selfContained(error.headers, types) }),
});

const designerProperties = (schema: JsonSchema, types: TypeMap): DesignerProperty[] =>
  flatten(schema, types).map(({ name, dataType, required }) => ({ name, dataType, required }));

/** The named types that a definition refers to, directly. */
export function definitionTypes({ properties, methods }: Pick<SmartObject, 'properties' | 'methods'>): Set<string> {
  const schemas = [...properties.map(({ schema }) => schema), ...methods.flatMap(schemasOf)];
  return new Set(schemas.flatMap((schema) => [...referencedTypes(schema)]));
}
