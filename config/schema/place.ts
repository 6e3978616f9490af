import { pointerPath } from '../model/json-pointer.js';

/**
 * Says where a JSON Pointer leads, as a person would: `/parameters/2/stages/token` in a resource type is
 * `parameter "client_id", stages.token`.
 */
export function placeOf(pointer: string, document: unknown): string {
  let value = document;
  const places: string[] = [];
  let path: string[] = [];
  for (const step of pointerPath(pointer)) {
    const list = Array.isArray(value) ? path.pop() : undefined;
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
    if (list === undefined) {
      path.push(step);
      continue;
    }
    if (path.length > 0) places.push(path.join('.'));
    path = [];
    places.push(`${singular(list)} ${nameOf(value) ?? Number(step) + 1}`);
  }
  if (path.length > 0) places.push(path.join('.'));
  return places.join(', ');
}

const singular = (name: string): string => name.replace(/s$/, '');

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  return typeof value.name === 'string' && value.name !== '' ? `"${value.name}"` : undefined;
}
