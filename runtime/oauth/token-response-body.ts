/** Levels of nesting that a field of a token answer may have; real ones have three or four. */
const deepest = 32;

/**
 * The fields of a token answer: a JSON object, or a form-encoded body, which GitHub and older servers send. Undefined when it is
 * neither. A field that is nested too deep to be worth anything is left out. One that a form has more than once is a list, unless it
 * says the same each time.
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
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value).filter(([, field]) => isShallow(field, deepest)));
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((child) => isShallow(child, levels - 1));
}

function formFields(text: string): Map<string, unknown> | undefined {
  if (!/^[\w.%+[\]~-]+=[^\r\n<>]*$/.test(text)) return undefined;
  const values = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = values.get(name);
    if (known === undefined) values.set(name, new Set([value]));
    else known.add(value);
  }
  return new Map([...values].map(([name, all]) => [name, all.size === 1 ? [...all][0] : [...all]]));
}
