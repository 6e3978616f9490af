/** A media type without parameters, in lower case: `Application/JSON; charset=utf-8` → `application/json`. RFC 9110 §8.3.1. */
export function essence(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end === -1 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/** JSON itself or a type built on it (RFC 6839 §3.1). */
export function isJsonType(mediaType: string): boolean {
  const type = essence(mediaType);
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

export function isXmlType(mediaType: string): boolean {
  const type = essence(mediaType);
  return type === 'application/xml' || type === 'text/xml' || type.endsWith('+xml');
}

export function isRange(mediaType: string): boolean {
  return mediaType.includes('*');
}

/** Whether a type is within a range such as `image/*`; a concrete type is within itself. Both as `essence` gives them. */
export function within(type: string, range: string): boolean {
  return (
    range === '*/*' || range === '*' || type === range || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))
  );
}
