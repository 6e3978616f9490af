import { type JsonSchema, referencedTypes, type TypeMap } from './json-schema.js';
import { type ServiceObject, schemasOf } from './service-object.js';

/** The types that methods and properties need, themselves or through others, in the order in which they stand. */
export function reachableTypes(objects: readonly ServiceObject[], all: TypeMap): TypeMap {
  const names = new Set<string>();
  const pending: JsonSchema[] = objects.flatMap(({ methods, properties }) => [
    ...methods.flatMap(schemasOf),
    ...properties.map(({ schema }) => schema),
  ]);
  for (let schema = pending.pop(); schema !== undefined; schema = pending.pop()) {
    for (const name of referencedTypes(schema)) {
      const type = names.has(name) ? undefined : all[name];
      names.add(name);
      if (type !== undefined) pending.push(type);
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}
