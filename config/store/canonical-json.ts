/**
 * JSON with the members of each object ordered by name, so that equal values give equal texts. As in `JSON.stringify`,
 * members that are undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => (isPlainObject(member) ? ordered(member) : member));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ordered(object: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(object);
  for (let index = 1; index < names.length; index++) {
    // Names that are ordered already are the common case, and need no copy.
    if ((names[index - 1] ?? '') > (names[index] ?? '')) {
      return Object.fromEntries(names.sort().map((name) => [name, object[name]]));
    }
  }
  return object;
}
