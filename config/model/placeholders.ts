import type { OAuthResource } from './oauth-resource.js';
import type { OAuthResourceType } from './oauth-resource-type.js';

const placeholder = /\{([A-Za-z][A-Za-z0-9_]{0,99})\}/g;

/** What stands for each placeholder, by name. */
export type PlaceholderValues = ReadonlyMap<string, string>;

/** The names of the placeholders in a text: `tenant` in `https://login.example.com/{tenant}`. */
export const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].map(([, name = '']) => name);

/** The values that a resource gives, else the defaults of its type. An empty value counts as none. */
export function placeholderValues(
  { placeholders: declared = [] }: Pick<OAuthResourceType, 'placeholders'>,
  { placeholders: given = {} }: Pick<OAuthResource, 'placeholders'>,
): PlaceholderValues {
  const values = new Map<string, string>();
  for (const { name, default: value = '' } of declared) if (value !== '') values.set(name, value);
  for (const [name, value] of Object.entries(given)) if (value !== '') values.set(name, value);
  return values;
}

/**
 * A document with its placeholders filled in, in texts at any depth. Braces around a name that has no value stay as they are: they
 * are part of a value, such as JSON.
 */
export function fillIn<T>(document: T, values: PlaceholderValues): T;
export function fillIn(document: unknown, values: PlaceholderValues): unknown {
  if (values.size === 0) return document;
  if (typeof document === 'string') {
    return document.includes('{')
      ? document.replace(placeholder, (whole, name: string) => values.get(name) ?? whole)
      : document;
  }
  if (Array.isArray(document)) return document.map((item) => fillIn(item, values));
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, fillIn(value, values)]));
}
