/**
 * What a description tells designers' tools beside types: how prominent a thing is, which values can be chosen, and where
 * choices come from. It stands in schemas as annotations, which validation does not read.
 */
import { plainSchema } from './data-type.js';
import type { JsonSchema, JsonSchemaObject, TypeMap } from './json-schema.js';

/**
 * How a tool shows an input, property or method: `important` first, `advanced` on demand, `internal` not at all (programs may
 * use it). Absent: as usual. The terms of `x-ms-visibility`.
 */
export const visibilities = ['important', 'advanced', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];

/** One of the values of an `enum`, for a drop-down. */
export interface Choice {
  readonly value: unknown;
  readonly displayName: string;
  readonly description?: string;
}

/** A call of another method that a tool makes while a form is drawn. */
export interface DesignCall {
  /** The object: a service object's system name in a schema, the SmartObject's in an API answer. */
  readonly object: string;
  readonly method: string;
  /** By the called method's input: a fixed value, or the flat name (`address.city`) of an input of the form at hand. */
  readonly inputs: Readonly<Record<string, { readonly value: unknown } | { readonly input: string }>>;
}

/** Values to choose from that a method gives: fill a drop-down with one entry for each item. */
export interface ChoiceSource extends DesignCall {
  /** Property names from the result to the items; empty when the result is the list itself, as for a method of kind `list`. */
  readonly items: readonly string[];
  /** Property names from an item to the value that is chosen; empty: the item is the value. */
  readonly value: readonly string[];
  /** Property names from an item to the text that a person reads. */
  readonly title: readonly string[];
}

/** A type that a method tells at design time: the fields of a list that a person has chosen, for one. */
export interface SchemaSource extends DesignCall {
  /** Property names from the result to a JSON Schema; empty: the result is one. */
  readonly schema: readonly string[];
}

/** All that is told of one input or property. */
export interface DesignFacts {
  readonly visibility?: Visibility;
  readonly choices?: readonly Choice[];
  readonly choicesFrom?: ChoiceSource;
  readonly schemaFrom?: SchemaSource;
}

/**
 * What a schema tells designers, itself or by the type that it refers to.
 *
 * @param objectName makes the name that a tool calls an object by out of a service object's; default: the same
 */
export function designFacts(schema: JsonSchema, types: TypeMap, objectName = (name: string) => name): DesignFacts {
  const told = plainSchema(schema, types) ?? (typeof schema === 'object' ? schema : {});
  const items = typeof told.items === 'object' ? plainSchema(told.items, types) : undefined;
  const {
    'x-smartwright-visibility': visibility,
    'x-smartwright-choices': choicesFrom = items?.['x-smartwright-choices'],
    'x-smartwright-schema': schemaFrom,
  } = told;
  const choices = choicesOf(told) ?? (items && choicesOf(items));
  return {
    ...(visibility === undefined ? {} : { visibility }),
    ...(choices === undefined ? {} : { choices }),
    ...(choicesFrom === undefined ? {} : { choicesFrom: { ...choicesFrom, object: objectName(choicesFrom.object) } }),
    ...(schemaFrom === undefined ? {} : { schemaFrom: { ...schemaFrom, object: objectName(schemaFrom.object) } }),
  };
}

/** The values of an `enum` with their names; null, which means that nothing is chosen, is none of them. */
function choicesOf({ enum: values, ...schema }: JsonSchemaObject): Choice[] | undefined {
  if (values === undefined) return undefined;
  const names = schema['x-enum-varnames'] ?? [];
  const descriptions = schema['x-enum-descriptions'] ?? [];
  return values.flatMap((value, index) => {
    if (value === null) return [];
    const description = descriptions[index];
    const displayName = names[index] || (typeof value === 'string' ? value : JSON.stringify(value));
    return [{ value, displayName, ...(description === undefined || description === '' ? {} : { description }) }];
  });
}
