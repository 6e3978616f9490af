import type { SmartMethod, SmartObject } from '../smart-objects/queries.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * The input to change what a row of a list shows: the members that the method takes under the same name. Where it calls the
 * object's key otherwise, as `contactId` for `id`, its one required parameter gets the key.
 */
export function inputFromRow(row: unknown, object: SmartObject, method: SmartMethod | undefined): Members {
  if (method === undefined || !isRecord(row)) return {};
  const { input, parameters } = method;
  const { names, required } = inputsOf(input, object.types);
  const taken = Object.entries(row).filter(([name, value]) => names.has(name) && value !== null);
  const key = object.properties.find((property) => property.key === true)?.name;
  const missing = parameters.filter((name) => required.has(name) && !Object.hasOwn(row, name));
  const [outer] = missing;
  const named = key !== undefined && outer !== undefined && missing.length === 1 && Object.hasOwn(row, key);
  return Object.fromEntries(named ? [...taken, [outer, row[key]]] : taken);
}

/** The names of an input, by its own members and those of the types that it is made of. */
function inputsOf(schema: unknown, types: Members): { names: Set<string>; required: Set<string> } {
  const names = new Set<string>();
  const required = new Set<string>();
  const seen = new Set<unknown>();
  const collect = (part: unknown): void => {
    if (!isRecord(part) || seen.has(part)) return;
    seen.add(part);
    const { properties, required: needed, allOf, $ref } = part;
    for (const name of isRecord(properties) ? Object.keys(properties) : []) names.add(name);
    for (const name of Array.isArray(needed) ? needed : []) required.add(String(name));
    for (const inner of Array.isArray(allOf) ? allOf : []) collect(inner);
    const type = typeof $ref === 'string' ? /^#\/types\/(.+)$/.exec($ref)?.[1] : undefined;
    if (type !== undefined) collect(types[decodeURIComponent(type).replaceAll('~1', '/').replaceAll('~0', '~')]);
  };
  collect(schema);
  return { names, required };
}

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
