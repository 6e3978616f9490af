import { inputInvalid } from '../../input-error.js';
import { percentEncode } from '../../percent-encode.js';

/**
 * A text in quotes for a URL: quotes within are doubled, everything but unreserved characters is escaped. `/` is escaped too, so
 * that a value stays within its path segment.
 *
 * @throws CallerError INPUT_INVALID for half of a surrogate pair
 */
export function quoted(text: string, input: string): string {
  return `'${encoded(text.replaceAll("'", "''"), input)}'`;
}

/** A text for a query. @throws CallerError INPUT_INVALID for half of a surrogate pair */
export function encoded(text: string, input: string): string {
  try {
    return percentEncode(text);
  } catch (cause) {
    throw inputInvalid(input, 'is no well-formed Unicode text', cause);
  }
}

/** A text in a filter expression, not yet escaped for a URL (OData 3.0 URI §4.4). */
export function filterText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A query string of `$select`, `$filter` and the like; those that are empty are left out. */
export function queryOf(options: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encoded(String(value), name).replaceAll('%2F', '/').replaceAll('%2C', ',')}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
