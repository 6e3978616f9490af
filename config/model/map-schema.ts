import { type JsonSchema, type JsonSchemaObject, subschemaKeywords, type TypeMap } from './json-schema.js';

/**
 * The schema with `change` made to it and to each of its subschemas, the inner ones first. References are not followed; data is
 * left alone. What does not change is the very same object as before.
 */
export function mapSchema(schema: JsonSchema, change: (schema: JsonSchemaObject) => JsonSchemaObject): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  let copy: Record<string, unknown> | undefined;
  for (const [keyword, value] of Object.entries(schema)) {
    const kind = subschemaKeywords.get(keyword);
    if (kind === undefined || value === undefined) continue;
    const mapped = mapValue(kind, value, change);
    if (mapped === value) continue;
    copy ??= { ...schema };
    copy[keyword] = mapped;
  }
  return change(copy ?? schema);
}

/** All types of a map, changed in the same way. */
export function mapTypes(types: TypeMap, change: (schema: JsonSchemaObject) => JsonSchemaObject): TypeMap {
  return mapValue('map', types, change) as TypeMap;
}

function mapValue(
  kind: 'one' | 'list' | 'map',
  value: unknown,
  change: (schema: JsonSchemaObject) => JsonSchemaObject,
): unknown {
  if (kind === 'one') return mapSchema(value as JsonSchema, change);
  if (kind === 'list') {
    const list = value as JsonSchema[];
    const mapped = list.map((member) => mapSchema(member, change));
    return mapped.some((member, index) => member !== list[index]) ? mapped : list;
  }
  const entries = Object.entries(value as TypeMap);
  const mapped = entries.map(([name, member]): [string, JsonSchema] => [name, mapSchema(member, change)]);
  return mapped.some(([, member], index) => member !== entries[index]?.[1]) ? Object.fromEntries(mapped) : value;
}
