import type { JsonSchema } from '../../model/json-schema.js';
import type { Description, ServiceObject } from '../../model/service-object.js';
import { pack, unpack } from './pack.js';

type Line =
  | { readonly head: Omit<Description, 'serviceObjects' | 'types'> }
  | { readonly object: ServiceObject }
  | { readonly type: readonly [name: string, schema: JsonSchema] };

/** A whole description as one compressed text: a tenth to a sixth of its size. */
export function archived(description: Description): Promise<string> {
  return pack(linesOf(description));
}

function* linesOf({ serviceObjects, types, ...head }: Description): Generator<Line> {
  yield { head };
  for (const object of serviceObjects) yield { object };
  for (const type of Object.entries(types)) yield { type };
}

export async function fromArchive(archive: string): Promise<Description> {
  let head: Omit<Description, 'serviceObjects' | 'types'> = { diagnostics: [], operations: 0, hosts: [] };
  const serviceObjects: ServiceObject[] = [];
  const types: [string, JsonSchema][] = [];
  for await (const value of unpack(archive)) {
    const line = value as Line;
    if ('object' in line) serviceObjects.push(line.object);
    else if ('type' in line) types.push([...line.type]);
    else head = line.head;
  }
  return { ...head, serviceObjects, types: Object.fromEntries(types) };
}
