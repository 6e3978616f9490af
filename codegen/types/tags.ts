import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  type TypeMap,
  walkSchema,
} from '../../config/model/json-schema.js';

/** For each named type, the properties that tell it apart in a union, with the values that they have there. */
export type Tags = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/**
 * Reads the discriminators (OpenAPI 3.1 §4.8.25) of all unions. A member that its mapping does not name goes by its type's
 * name.
 */
export function discriminatorTags(schemas: Iterable<JsonSchema>): Tags {
  const tags = new Map<string, Map<string, string[]>>();
  const add = (type: string, property: string, value: string): void => {
    const properties = tags.get(type) ?? new Map<string, string[]>();
    tags.set(type, properties);
    const values = properties.get(property) ?? [];
    properties.set(property, values);
    if (!values.includes(value)) values.push(value);
  };
  for (const schema of schemas) {
    walkSchema(schema, (part) => {
      const property = part.discriminator?.propertyName;
      if (typeof property !== 'string') return;
      const mapped = mappedTypes(part);
      for (const type of memberTypes(part)) {
        for (const value of mapped.get(type) ?? [type]) add(type, property, value);
      }
    });
  }
  return tags;
}

function memberTypes(schema: JsonSchemaObject): string[] {
  const members = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return members.flatMap((member) => {
    const type = typeof member === 'object' && member.$ref !== undefined ? referencedType(member.$ref) : undefined;
    return type === undefined ? [] : [type];
  });
}

/** Type name → the values that stand for it. A mapping names a type by reference, or just by name. */
function mappedTypes(schema: JsonSchemaObject): Map<string, string[]> {
  const mapped = new Map<string, string[]>();
  for (const [value, target] of Object.entries(schema.discriminator?.mapping ?? {})) {
    const type = referencedType(target) ?? target.slice(target.lastIndexOf('/') + 1);
    mapped.set(type, [...(mapped.get(type) ?? []), value]);
  }
  return mapped;
}

/** The values of a property that tells types apart; undefined: any string; null: it is no string. */
export function allowedValues(schema: JsonSchema, all: TypeMap, depth = 0): readonly unknown[] | undefined | null {
  if (typeof schema === 'boolean') return undefined;
  if (schema.const !== undefined) return [schema.const];
  if (Array.isArray(schema.enum)) return schema.enum;
  const target = schema.$ref === undefined ? undefined : referencedType(schema.$ref);
  const named = target === undefined ? undefined : all[target];
  if (named !== undefined && depth < 8) return allowedValues(named, all, depth + 1);
  const types = schema.type === undefined ? ['string'] : [schema.type].flat();
  return types.includes('string') ? undefined : null;
}
