/** What was typed for an integer: a bigint where a number would not keep all digits; a text that is no integer stays, for its fault. */
export function integerFrom(typed: unknown): unknown {
  if (typed === '') return undefined;
  const digits = typeof typed === 'bigint' || (typeof typed === 'string' && /^-?\d+$/.test(typed));
  if (!digits) return typed;
  return Number.isSafeInteger(Number(typed)) ? Number(typed) : BigInt(typed as bigint | string);
}

/** A value as a form holds it: a bigint by its digits, for the form library writes JSON of all that it holds. */
export function asHeld(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(asHeld);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asHeld(member)]));
}
