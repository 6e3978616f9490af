import type { JsonSchema } from '../../config/model/json-schema.js';

/** The subschema that a local reference (`#`, `#/$defs/…`) names within its own schema; undefined when there is none. */
export function resolvePointer(root: JsonSchema, ref: string): JsonSchema | undefined {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return undefined;
  let target: unknown = root;
  for (const token of ref.slice(2).split('/')) {
    const key = decodeToken(token);
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return undefined;
    target = (target as Record<string, unknown>)[key];
  }
  return typeof target === 'boolean' || (typeof target === 'object' && target !== null)
    ? (target as JsonSchema)
    : undefined;
}

function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return token;
  }
}
