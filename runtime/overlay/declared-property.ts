import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  type TypeMap,
} from '../../config/model/json-schema.js';

/** Changes one property where it is declared: its schema, and whether its object requires it. */
export interface PropertyChange {
  schema(property: JsonSchema): JsonSchema;
  readonly required: boolean | undefined;
}

/**
 * Changes a property of a schema in the place where it is declared: in the schema itself, in a part of it, or in a named type,
 * which is then changed for all that use it.
 *
 * @param path the names from the outermost property inwards
 * @param types is changed
 * @returns the schema; undefined when it has no such property
 */
export function changeProperty(
  schema: JsonSchema,
  path: readonly string[],
  change: PropertyChange,
  types: TypeMap,
): JsonSchema | undefined {
  return within(schema, path, change, types, new Set());
}

function within(
  schema: JsonSchema,
  path: readonly string[],
  change: PropertyChange,
  types: TypeMap,
  open: ReadonlySet<string>,
): JsonSchema | undefined {
  const [name, ...rest] = path;
  if (typeof schema === 'boolean' || name === undefined) return undefined;
  const own = schema.properties;
  if (own !== undefined && Object.hasOwn(own, name)) {
    const before = own[name] ?? true;
    const after = rest.length === 0 ? change.schema(before) : within(before, rest, change, types, open);
    if (after === undefined) return undefined;
    const copy = { ...schema, properties: withMember(own, name, after) };
    return rest.length === 0 ? withRequired(copy, name, change.required) : copy;
  }
  const type = schema.$ref === undefined ? undefined : referencedType(schema.$ref);
  if (type !== undefined && Object.hasOwn(types, type) && !open.has(type)) {
    const after = within(types[type] ?? true, path, change, types, new Set([...open, type]));
    if (after !== undefined) {
      types[type] = after;
      return schema;
    }
  }
  let found = false;
  const copy = { ...schema };
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const members = schema[keyword];
    if (members === undefined) continue;
    const changed = members.map((member) => within(member, path, change, types, open));
    if (changed.every((member) => member === undefined)) continue;
    found = true;
    copy[keyword] = members.map((member, index) => changed[index] ?? member);
  }
  return found ? copy : undefined;
}

/** `__proto__` is a name like any other. */
function withMember(properties: TypeMap, name: string, value: JsonSchema): TypeMap {
  return Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, key === name ? value : schema]));
}

function withRequired(
  { required = [], ...schema }: JsonSchemaObject,
  name: string,
  wanted: boolean | undefined,
): JsonSchemaObject {
  const names = required.filter((other) => other !== name || wanted !== false);
  if (wanted === true && !names.includes(name)) names.push(name);
  return names.length === 0 ? schema : { ...schema, required: names };
}

/** The names of the properties that a schema declares, itself or by what it is made of. */
export function declaredNames(schema: JsonSchema, types: TypeMap, open: ReadonlySet<string> = new Set()): string[] {
  if (typeof schema === 'boolean') return [];
  const type = schema.$ref === undefined ? undefined : referencedType(schema.$ref);
  const referred =
    type === undefined || open.has(type) ? [] : declaredNames(types[type] ?? true, types, new Set([...open, type]));
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [
    ...Object.keys(schema.properties ?? {}),
    ...referred,
    ...parts.flatMap((part) => declaredNames(part, types, open)),
  ];
}
