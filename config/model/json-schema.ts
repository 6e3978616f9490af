import type { DataType } from './data-type.js';
import type { ChoiceSource, SchemaSource, Visibility } from './designer.js';

/**
 * A JSON Schema 2020-12 document or subschema: the one language for types in Smartwright.
 *
 * A broker translates what its service speaks into this form once, at discovery. A `$ref` is either a local pointer
 * into the same schema or `#/types/{name}`, which names a type of the service instance (see `TypeMap`).
 *
 * Source: https://json-schema.org/draft/2020-12
 */
export type JsonSchema = boolean | JsonSchemaObject;

export type JsonSchemaType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

export interface JsonSchemaObject {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  $comment?: string;
  title?: string;
  description?: string;
  default?: unknown;
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  examples?: unknown[];
  type?: JsonSchemaType | JsonSchemaType[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  contentEncoding?: string;
  contentMediaType?: string;
  multipleOf?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
  minLength?: number;
  pattern?: string;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  contains?: JsonSchema;
  maxItems?: number;
  minItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, JsonSchema>;
  patternProperties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema;
  propertyNames?: JsonSchema;
  unevaluatedProperties?: JsonSchema;
  required?: string[];
  dependentRequired?: Record<string, string[]>;
  maxProperties?: number;
  minProperties?: number;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  not?: JsonSchema;
  if?: JsonSchema;
  then?: JsonSchema;
  else?: JsonSchema;
  /**
   * Which property tells the members of a `oneOf`/`anyOf` apart, and the value that each member's type name stands for.
   * An annotation (OpenAPI 3.1 §4.8.25): validation does not need it, generated code narrows by it.
   */
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  /** Names for the values of `enum`, in the same order. */
  'x-enum-varnames'?: string[];
  /** Descriptions of the values of `enum`, in the same order; '' where there is none. */
  'x-enum-descriptions'?: string[];
  /** How prominent it is; see `designer.ts`. */
  'x-smartwright-visibility'?: Visibility;
  /** Where the values to choose from come from; see `designer.ts`. */
  'x-smartwright-choices'?: ChoiceSource;
  /** Where the type comes from at design time; see `designer.ts`. */
  'x-smartwright-schema'?: SchemaSource;
  /** The K2 type, where it is another than the schema makes of it; see `data-type.ts`. */
  'x-smartwright-data-type'?: DataType;
  /** Any other annotation that a broker keeps for designers. */
  [annotation: `x-${string}`]: unknown;
}

/** The named types of one service instance; `{ $ref: '#/types/Contact' }` names `types.Contact`. */
export type TypeMap = Record<string, JsonSchema>;

const TYPE_REFERENCE = '#/types/';

/** A reference to a named type of the service instance. The name is escaped as RFC 6901 §3 and §6 ask. */
export function typeReference(name: string): JsonSchemaObject {
  return { $ref: TYPE_REFERENCE + encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')) };
}

/** The type name that a `$ref` names, or undefined when it is not a reference to a named type. */
export function referencedType(ref: string): string | undefined {
  if (!ref.startsWith(TYPE_REFERENCE)) return undefined;
  return decodeURIComponent(ref.slice(TYPE_REFERENCE.length)).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The keywords whose value is a schema, a list of schemas or a map of schemas. */
export const subschemaKeywords: ReadonlyMap<string, 'one' | 'list' | 'map'> = new Map([
  ...[
    'items',
    'contains',
    'additionalProperties',
    'propertyNames',
    'unevaluatedProperties',
    'not',
    'if',
    'then',
    'else',
  ].map((keyword) => [keyword, 'one'] as const),
  ...['prefixItems', 'allOf', 'anyOf', 'oneOf'].map((keyword) => [keyword, 'list'] as const),
  ...['$defs', 'properties', 'patternProperties'].map((keyword) => [keyword, 'map'] as const),
]);

/** Calls `visit` with the schema and each of its subschemas, parents first. References are not followed; data is not visited. */
export function walkSchema(schema: JsonSchema, visit: (schema: JsonSchemaObject) => void): void {
  const pending: JsonSchema[] = [schema];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'boolean') continue;
    visit(next);
    for (const keyword in next) {
      const kind = subschemaKeywords.get(keyword);
      if (kind === undefined) continue;
      const value = next[keyword as keyof JsonSchemaObject];
      if (kind === 'one') pending.push(value as JsonSchema);
      else
        for (const part of kind === 'list' ? (value as JsonSchema[]) : Object.values(value as TypeMap))
          pending.push(part);
    }
  }
}

/** The names of all named types that a schema refers to, directly. */
export function referencedTypes(schema: JsonSchema): Set<string> {
  const names = new Set<string>();
  walkSchema(schema, ({ $ref }) => {
    const name = $ref === undefined ? undefined : referencedType($ref);
    if (name !== undefined) names.add(name);
  });
  return names;
}
