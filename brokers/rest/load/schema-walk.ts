import { pointerTo } from './json-pointer.js';
import { isRawObject, type RawObject } from './raw.js';

/** Keywords whose value is data, where a `$ref` is no reference. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'x-example', 'x-examples', 'mapping']);

/** Keywords whose value is a map from free names: a property called `default` is a schema. */
const NAMED = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'definitions',
  '$defs',
  'schemas',
  'parameters',
  'responses',
  'headers',
  'requestBodies',
  'pathItems',
  'mediaTypes',
  'content',
  'encoding',
  'paths',
  'x-ms-paths',
]);

/** Where a walk goes on from a value: children with whether their keys are free names, and the key that leads there. */
export type Visit = (value: RawObject, pointer: string) => void;

/**
 * Visits every object below a value where keywords stand, parents first, each object once. Data is not visited. The walk is
 * iterative: no depth exhausts the stack.
 */
export function walkKeywords(root: unknown, pointer: string, visit: Visit, seen = new Set<object>()): void {
  const pending: { value: unknown; pointer: string; named: boolean }[] = [{ value: root, pointer, named: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, named } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        pending.push({ value: item, pointer: pointerTo(next.pointer, index), named: false });
      }
      continue;
    }
    if (!isRawObject(value)) continue;
    if (!named) visit(value, next.pointer);
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'object' || item === null) continue;
      if (!named && (DATA.has(key) || isExtension(key))) continue;
      pending.push({
        value: item,
        pointer: pointerTo(next.pointer, key),
        named: !named && NAMED.has(key) && !Array.isArray(item),
      });
    }
  }
}

const isExtension = (key: string): boolean => key.startsWith('x-') && key !== 'x-ms-paths';
