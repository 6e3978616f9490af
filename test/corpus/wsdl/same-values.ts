type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where a value that was written and read back is another than it was: a path, or undefined when nowhere. XML has no way to say what
 * these differences would: an empty list or object that is as if it were away, null of what cannot be null, the type's own name, and
 * the fixed value of an attribute or element that was left out: that what was read is written as the same text shows the rest.
 */
export function difference(input: unknown, read: unknown, path = ''): string | undefined {
  if (Array.isArray(input) && Array.isArray(read)) {
    if (input.length !== read.length) return `${path}: ${input.length} items became ${read.length}`;
    for (const [index, item] of input.entries()) {
      const found = difference(item, read[index], `${path}/${index}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isObject(input) && isObject(read)) {
    for (const [name, value] of Object.entries(input)) {
      if (!Object.hasOwn(read, name)) {
        if (isNothing(value) || name === '$type') continue;
        return `${path}/${name} is lost`;
      }
      const found = difference(value, read[name], `${path}/${name}`);
      if (found !== undefined) return found;
    }
    const more = Object.keys(read).find(
      (name) => !Object.hasOwn(input, name) && name !== '$type' && typeof read[name] === 'object',
    );
    return more === undefined ? undefined : `${path}/${more} came from nowhere`;
  }
  if (Object.is(input, read) || (isNothing(input) && isNothing(read))) return undefined;
  return `${path}: ${JSON.stringify(input)?.slice(0, 100)} became ${JSON.stringify(read)?.slice(0, 100)}`;
}

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.every(isNothing) : isObject(value) && Object.values(value).every(isNothing));
