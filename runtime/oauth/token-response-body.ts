/** Levels of nesting that a token answer may have; real ones have three or four. */
const deepest = 32;

/**
 * The fields of a token answer: a JSON object, or a form-encoded body, which GitHub and older servers send. Undefined when it is
 * neither. A form-encoded body that names a field twice is refused: which one counts is anyone's guess (RFC 6749 §3.2).
 */
export function bodyFields(body: string): Map<string, unknown> | undefined {
  const text = body.replace(/^\uFEFF/, '').trim();
  return text.startsWith('{') ? jsonFields(text) : formFields(text);
}

function jsonFields(text: string): Map<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !isShallow(value, deepest)) return undefined;
  return new Map(Object.entries(value));
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((child) => isShallow(child, levels - 1));
}

function formFields(text: string): Map<string, unknown> | undefined {
  if (!/^[\w.%-]+=[^\s<>]*$/.test(text)) return undefined;
  const fields = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return fields;
}
