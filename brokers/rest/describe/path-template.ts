/** A path template, cut up: literal text and the names of parameters. */
export type PathPart = string | { readonly parameter: string };

/**
 * Cuts a path template. Names lose what routers write around them: `{id:[0-9]+}`, `{path*}`, `{+path}`, `{?query}` (the last
 * is dropped: it stands for query parameters).
 */
export function pathParts(path: string): PathPart[] {
  const parts: PathPart[] = [];
  let literal = '';
  for (const piece of path.replace(/#.*$/s, '').split(/(\{[^{}/]*(?:\{[^{}]*\}[^{}/]*)*\})/)) {
    const name = piece.startsWith('{') && piece.endsWith('}') ? parameterName(piece.slice(1, -1)) : undefined;
    if (name === undefined) {
      literal += encodeLiteral(piece);
      continue;
    }
    if (name === '') continue;
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push({ parameter: name });
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function parameterName(text: string): string {
  if (text.startsWith('?') || text.startsWith('&')) return '';
  return text
    .replace(/^[+#./;]/, '')
    .replace(/:.*$/s, '')
    .replace(/\*$/, '')
    .trim();
}

/** Literal text as it goes on the wire: what a URL cannot hold is percent-encoded, what is encoded already stays. */
function encodeLiteral(text: string): string {
  return text.replace(/%(?![0-9a-f]{2})|[^\w\-.~!$&'()*+,;=:@/?%]+/gi, (found) =>
    Buffer.from(found).reduce((text, byte) => `${text}%${byte.toString(16).toUpperCase().padStart(2, '0')}`, ''),
  );
}
