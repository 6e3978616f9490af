import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';
import { typeReference } from '../../../config/model/json-schema.js';
import { type Column, inputSchema, resultSchema } from './columns.js';
import type { ListContext } from './list-method.js';

/** A column that a new item can be given. */
export const isNewValue = ({ plan, internal }: Column): boolean => plan.writable === true && internal !== 'FileLeafRef';

/** The columns as inputs. @param isNew whether what is required must be given */
export function inputsOf(
  columns: readonly Column[],
  isNew: boolean,
): { readonly properties: TypeMap; readonly required: string[] } {
  const properties = columns.map((column): [string, JsonSchema] => [
    column.plan.name,
    inputSchema(column, isNew && column.isRequired),
  ]);
  const required = isNew ? columns.filter((column) => column.isRequired && column.default === undefined) : [];
  return { properties: Object.fromEntries(properties), required: required.map(({ plan }) => plan.name) };
}

/** Adds the type of a whole item, and gives a reference to it. */
export function addType(
  { types, typeNames }: ListContext,
  wanted: string,
  columns: readonly Column[],
  description: string | undefined,
): JsonSchemaObject {
  const name = typeNames.take(wanted);
  types[name] = {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: {
      ...Object.fromEntries(columns.map((column) => [column.plan.name, resultSchema(column)])),
      ETag: { type: ['string', 'null'], readOnly: true, description: 'Its version, for Update and Delete.' },
    },
    required: ['ID'],
    additionalProperties: false,
  };
  return typeReference(name);
}
