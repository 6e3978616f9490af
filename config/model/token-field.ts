const place = /\{token\.([A-Za-z_][\w.-]{0,199})\}/g;

/**
 * The fields of a token that a value asks for, in texts at any depth: `instance_url` in `{token.instance_url}/services`. They are
 * what the token answer, or the callback before it, holds beside the token (RFC 6749 §5.1).
 */
export function tokenFieldsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [...value.matchAll(place)].map(([, name = '']) => name);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(tokenFieldsIn);
}

/** The value with the fields filled in. @param fill gives a field's text, as it fits that place of the whole text */
export function fillTokenFields(
  value: unknown,
  fill: (name: string, whole: string, offset: number) => string,
): unknown {
  if (typeof value === 'string') {
    return value.replace(place, (_, name: string, offset: number) => fill(name, value, offset));
  }
  if (Array.isArray(value)) return value.map((item) => fillTokenFields(item, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillTokenFields(item, fill)]));
}
