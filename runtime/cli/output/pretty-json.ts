/** JSON (RFC 8259), indented by two spaces, in which a bigint is written with all its digits. */
export function prettyJson(value: unknown, indent = ''): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object') return JSON.stringify(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return prettyJson(value.toJSON(), indent);
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return block(
      '[',
      ']',
      value.map((item) => prettyJson(item, inner)),
      indent,
    );
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return block(
    '{',
    '}',
    members.map(([name, member]) => `${JSON.stringify(name)}: ${prettyJson(member, inner)}`),
    indent,
  );
}

function block(open: string, close: string, parts: readonly string[], indent: string): string {
  return parts.length === 0 ? open + close : `${open}\n${indent}  ${parts.join(`,\n${indent}  `)}\n${indent}${close}`;
}
