/** A value all of whose texts and names come back from `smartwright apply` as they are, also those that read like `${env:NAME}`. */
export function withPlaceholdersEscaped(value: unknown): unknown {
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return value.map(withPlaceholdersEscaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [escaped(name), withPlaceholdersEscaped(member)]),
  );
}

const escaped = (text: string): string => text.replaceAll('${env:', (mark) => `$${mark}`);
