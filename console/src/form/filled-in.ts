import type { RJSFSchema } from '@rjsf/utils';
import { integerFrom } from './integer.ts';

/**
 * What a form says, of what it holds. A form goes on holding an optional object whose fields were cleared again, and an optional
 * list or map whose entries were all removed: that is left out, as it is where nobody touched it. A list or map that had entries at
 * first and has none now was emptied on purpose, and stays. The digits of a long integer (`asHeld`) become a bigint again.
 *
 * @param first what the form held at first
 * @param root has the types that the schema refers to under `$defs`
 */
export function filledIn(value: unknown, first: unknown, schema: unknown, root: RJSFSchema): unknown {
  const parts = partsOf(schema, root);
  if (Array.isArray(value)) {
    const items = parts.map((part) => part.items).find(isObject);
    const before: readonly unknown[] = Array.isArray(first) ? first : [];
    return value.map((item, index) => filledIn(item, before[index], items, root));
  }
  if (!isObject(value)) return isOnlyInteger(parts) ? integerFrom(value) : value;
  const members = Object.entries(value).flatMap(([name, held]) => {
    const was = memberOf(first, name);
    const inner = parts.map(({ properties }) => memberOf(properties, name)).find(isObject);
    const said = filledIn(held, was, inner, root);
    const isRequired = parts.some(({ required }) => Array.isArray(required) && required.includes(name));
    return said === undefined || (!isRequired && isLeftEmpty(held, said, was)) ? [] : [[name, said] as const];
  });
  return Object.fromEntries(members);
}

function isLeftEmpty(held: unknown, said: unknown, was: unknown): boolean {
  if (typeof said !== 'object' || said === null || Object.keys(said).length > 0) return false;
  const isCleared = isObject(held) && Object.keys(held).length > 0;
  return isCleared || was === undefined;
}

function isOnlyInteger(parts: readonly Members[]): boolean {
  const types = parts.flatMap(({ type }) => type);
  return types.includes('integer') && !types.includes('string');
}

/** A schema with the types and choices that it is made of. */
function partsOf(schema: unknown, root: RJSFSchema, parts = new Set<Members>()): Members[] {
  if (!isObject(schema) || parts.has(schema)) return [...parts];
  parts.add(schema);
  const { $ref, allOf, anyOf, oneOf } = schema;
  const name = typeof $ref === 'string' ? /^#\/\$defs\/(.+)$/.exec($ref)?.[1] : undefined;
  const type = name && memberOf(root.$defs, decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'));
  for (const part of [type, allOf, anyOf, oneOf].flat()) partsOf(part, root, parts);
  return [...parts];
}

type Members = Readonly<Record<string, unknown>>;

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
