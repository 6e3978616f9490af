/** A JSON Schema in a few words, such as `Address`, `string (date)` or `list of string`; what it says in full stands elsewhere. */
export function typeText(schema: unknown, depth = 3): string {
  if (typeof schema !== 'object' || schema === null || depth === 0) return 'any';
  const { $ref, type, format, items, enum: values, anyOf, oneOf, allOf } = schema as Record<string, unknown>;
  if (typeof $ref === 'string') return nameOf($ref);
  if (Array.isArray(values))
    return values.length <= SHOWN ? values.map((value) => JSON.stringify(value)).join(' | ') : 'enum';
  const members = anyOf ?? oneOf;
  if (Array.isArray(members)) return [...new Set(members.map((member) => typeText(member, depth - 1)))].join(' | ');
  if (Array.isArray(allOf) && allOf.length > 0) return allOf.map((part) => typeText(part, depth - 1)).join(' & ');
  if (type === 'array') return `list of ${typeText(items, depth - 1)}`;
  const name = Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : 'any';
  return typeof format === 'string' ? `${name} (${format})` : name;
}

/** Values that are written out. */
const SHOWN = 4;

function nameOf(reference: string): string {
  const last = reference.split('/').at(-1) ?? reference;
  try {
    return decodeURIComponent(last).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return last;
  }
}
