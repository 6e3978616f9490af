import { type JsonSchema, referencedTypes, type TypeMap } from '../config/model/json-schema.js';
import type { SmartObject } from '../config/model/smart-object.js';

/** Marks a type that more than one SmartObject uses. */
export const SHARED = Symbol('shared');

/** The one SmartObject that uses a type, or `SHARED`. */
export type Owner = SmartObject | typeof SHARED;

/** For each named type that is used, who uses it. */
export type Owners = ReadonlyMap<string, Owner>;

/**
 * Finds the types that the methods of the SmartObjects use, directly and through other types, and who uses each. A type's
 * owner changes at most twice, so this is linear in the references.
 */
export function ownersOf(objects: readonly SmartObject[], types: TypeMap): Owners {
  const owners = new Map<string, Owner>();
  const references = new Map<string, Set<string>>();
  for (const object of objects) {
    const pending: { name: string; by: Owner }[] = [];
    for (const name of namedIn(schemasOf(object))) pending.push({ name, by: object });
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { name, by } = next;
      const schema = Object.hasOwn(types, name) ? types[name] : undefined;
      const owner = owners.get(name);
      if (schema === undefined || owner === by || owner === SHARED) continue;
      const now = owner === undefined ? by : SHARED;
      owners.set(name, now);
      const uses = references.get(name) ?? referencedTypes(schema);
      references.set(name, uses);
      for (const used of uses) pending.push({ name: used, by: now });
    }
  }
  return owners;
}

/** All schemas of a SmartObject's methods. */
export function schemasOf(object: SmartObject): JsonSchema[] {
  return object.methods.flatMap(({ input, output, meta }) =>
    meta === undefined ? [input, output] : [input, output, meta],
  );
}

function namedIn(schemas: readonly JsonSchema[]): Set<string> {
  const names = new Set<string>();
  for (const schema of schemas) for (const name of referencedTypes(schema)) names.add(name);
  return names;
}
