/**
 * Reads parameters as a server does, from the tables of OpenAPI 3.1 §4.8.12.4 and of Swagger 2.0's collection formats. It knows
 * nothing of how the requests are built.
 */
export type Shape = 'primitive' | 'array' | 'object';
export type Decoded = string | string[] | Record<string, string> | undefined;

const unescaped = decodeURIComponent;

function fromList(parts: string[]): Record<string, string> {
  const object: Record<string, string> = {};
  for (let index = 0; index < parts.length; index += 2) object[parts[index] ?? ''] = parts[index + 1] ?? '';
  return object;
}

function fromPairs(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) =>
      pair
        .split(/=(.*)/s)
        .slice(0, 2)
        .map((part) => unescaped(part ?? '')),
    ),
  );
}

const split = (text: string, separator: string): string[] => (text === '' ? [] : text.split(separator));

/** A path segment, or with `decode` off a header's value, in the style `simple`. */
export function simple(raw: string, explode: boolean, shape: Shape): Decoded {
  if (shape === 'primitive') return unescaped(raw);
  if (shape === 'array') return split(raw, ',').map(unescaped);
  return explode ? fromPairs(split(raw, ',')) : fromList(split(raw, ',').map(unescaped));
}

export function label(raw: string, explode: boolean, shape: Shape): Decoded {
  if (!raw.startsWith('.')) throw new Error(`"${raw}" does not begin with a dot`);
  const text = raw.slice(1);
  if (shape === 'primitive') return unescaped(text);
  const parts = split(text, explode ? '.' : ',');
  if (shape === 'array') return parts.map(unescaped);
  return explode ? fromPairs(parts) : fromList(parts.map(unescaped));
}

export function matrix(raw: string, name: string, explode: boolean, shape: Shape): Decoded {
  if (!raw.startsWith(';')) throw new Error(`"${raw}" does not begin with a semicolon`);
  const pieces = raw.slice(1).split(';');
  if (shape === 'object' && explode) return fromPairs(pieces);
  const values = pieces.map((piece) => {
    const [key = '', value = ''] = piece.split(/=(.*)/s);
    if (unescaped(key) !== name) throw new Error(`"${key}" is not ${name}`);
    return value;
  });
  if (shape === 'primitive') return unescaped(values[0] ?? '');
  const parts = explode ? values : split(values[0] ?? '', ',');
  return shape === 'array' ? parts.map(unescaped) : fromList(parts.map(unescaped));
}

const delimiters: Record<string, RegExp> = {
  form: /,/,
  spaceDelimited: /%20/,
  pipeDelimited: /%7C/i,
  tsv: /%09/,
};

/** A raw query string, or the content of a Cookie header with `separator` `; `. */
export function pairsOf(raw: string, separator = '&'): [string, string][] {
  return split(raw, separator).map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    return [name, value];
  });
}

export function query(pairs: [string, string][], name: string, style: string, explode: boolean, shape: Shape): Decoded {
  if (style === 'deepObject') {
    const members = pairs.flatMap(([key, value]): [string, string][] => {
      const [, outer, inner] = /^([^[]+)\[(.*)\]$/s.exec(unescaped(key)) ?? [];
      return outer === name && inner !== undefined ? [[inner, unescaped(value)]] : [];
    });
    return Object.fromEntries(members);
  }
  if (shape === 'object' && explode)
    return Object.fromEntries(pairs.map((pair) => pair.map((part) => unescaped(part))));
  const values = pairs.filter(([key]) => unescaped(key) === name).map(([, value]) => value);
  if (shape === 'primitive') return values[0] === undefined ? undefined : unescaped(values[0]);
  const parts = explode ? values : values.flatMap((value) => value.split(delimiters[style] ?? /,/));
  return shape === 'array' ? parts.map((part) => unescaped(part)) : fromList(parts.map((part) => unescaped(part)));
}
