/** How a piece of text is made fit for its place. */
export type Encode = (text: string) => string;

const hex = (text: string): string => `%${text.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * All but the unreserved characters of RFC 3986 §2.3 is escaped, as UTF-8.
 *
 * @throws URIError for half of a surrogate pair
 */
export const percentEncode: Encode = (text) => {
  const encoded = encodeURIComponent(text);
  return /[!'()*]/.test(encoded) ? encoded.replace(/[!'()*]/g, hex) : encoded;
};

/** A piece that may stay as it is, and one that must be escaped, in turn. */
const reservedInQuery = /(%[0-9A-Fa-f]{2}|[:/?[\]@!$'()*,;=]+)/;
const reservedInPath = /(%[0-9A-Fa-f]{2}|[:@!$&'()*+,;=]+)/;

/**
 * `allowReserved` (OpenAPI 3.1 §4.8.12.2.1, RFC 6570 §3.2.3): reserved characters and escapes stay. Those that would end the
 * value do not: `&`, `+` and `#` in a query.
 */
export const encodeAllowingReservedInQuery: Encode = (text) => except(text, reservedInQuery);

/** The same for a path, where `/`, `?`, `#` and brackets would end the segment. */
export const encodeAllowingReservedInPath: Encode = (text) => except(text, reservedInPath);

function except(text: string, kept: RegExp): string {
  return text
    .split(kept)
    .map((piece, index) => (index % 2 === 1 ? piece : percentEncode(piece)))
    .join('');
}

/** Text goes as it is. */
export const verbatim: Encode = (text) => text;
