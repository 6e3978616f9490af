import { type DataType, dataTypeOf, plainSchema } from '../../config/model/data-type.js';
import { type DesignFacts, designFacts, type Visibility } from '../../config/model/designer.js';
import { type FlatProperty, flatten } from '../../config/model/flat-property.js';
import { type JsonSchema, referencedTypes, type TypeMap } from '../../config/model/json-schema.js';
import { toDisplayName } from '../../config/model/names.js';
import { type DeclaredError, type MethodKind, schemasOf } from '../../config/model/service-object.js';
import { type SmartMethod, type SmartObject, smartObjectName } from '../../config/model/smart-object.js';
import { selfContained } from './self-contained.js';

/** A method as a form or another tool wants it: schemas that need nothing beside them. */
export interface MethodSchema {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly kind: MethodKind;
  readonly visibility?: Visibility;
  readonly trigger?: 'single' | 'batch';
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

/** An input or property with what a tool needs to draw its control. Drop-downs are filled by SmartObjects. */
export interface DesignerProperty extends DesignFacts {
  /** `address.city`; see `FlatProperty.name`. */
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly dataType: DataType;
  readonly required: boolean;
}

/**
 * @param instance the service instance that the method's SmartObject was generated from
 * @param types the closure of the types that the method refers to
 */
export function methodSchema(method: SmartMethod, instance: string, types: TypeMap): MethodSchema {
  const { name, displayName, description, kind, visibility, trigger, input, output, meta, errors } = method;
  const told = (schema: JsonSchema) => flatten(schema, types).map((flat) => designerProperty(flat, instance, types));
  return {
    name,
    displayName,
    ...(description !== undefined && { description }),
    kind,
    ...(visibility !== undefined && { visibility }),
    ...(trigger !== undefined && { trigger }),
    input: selfContained(input, types),
    output: selfContained(output, types),
    ...(meta !== undefined && { meta: selfContained(meta, types) }),
    ...(errors !== undefined && { errors: errors.map((error) => selfContainedError(error, types)) }),
    inputProperties: told(input),
    returnProperties: told(output),
  };
}

const selfContainedError = (error: DeclaredError, types: TypeMap): DeclaredError => ({
  ...error,
  ...(error.body !== undefined && { body: selfContained(error.body, types) }),
  ...(error.headers !== undefined && { headers: selfContained(error.headers, types) }),
});

/** @param told what is known of the property beside its schema */
export function designerProperty(
  { name, path, schema, required }: FlatProperty,
  instance: string,
  types: TypeMap,
  told: { readonly key?: boolean | undefined; readonly outerName?: string | undefined } = {},
): DesignerProperty {
  const title = typeof schema === 'object' ? schema.title : undefined;
  const words = path.map((step, level) => (level === 0 ? told.outerName : undefined) ?? toDisplayName(step));
  const description = plainSchema(schema, types)?.description;
  return {
    name,
    displayName: title ?? words.join(' '),
    ...(description !== undefined && { description }),
    dataType: dataTypeOf(schema, types, told.key === true ? { key: true } : {}),
    required,
    ...designFacts(schema, types, (object) => smartObjectName(instance, object)),
  };
}

/** The named types that a definition refers to, directly. */
export function definitionTypes({ properties, methods }: Pick<SmartObject, 'properties' | 'methods'>): Set<string> {
  const schemas = [...properties.map(({ schema }) => schema), ...methods.flatMap(schemasOf)];
  return new Set(schemas.flatMap((schema) => [...referencedTypes(schema)]));
}
