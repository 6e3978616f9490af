import { stringify } from 'yaml';

/** A reference to the environment in a document, `${env:NAME}`; `$${env:NAME}` is that text itself. */
const REFERENCE = /(\$?)\$\{env:(\w+)\}/g;

/** What a proposed or preset document leaves to the admin, by name. */
export function variablesIn(document: unknown): string[] {
  const names = [...JSON.stringify(document ?? null).matchAll(REFERENCE)]
    .filter(([, escaped]) => escaped === '')
    .map(([, , name = '']) => name);
  return [...new Set(names)];
}

/** The document with what was typed in place of the references; one without a value stays. */
export function filledIn<T>(document: T, values: Readonly<Record<string, string>>): T {
  return mapTexts(document, (text) =>
    text.replace(REFERENCE, (reference, escaped: string, name: string) =>
      escaped === '$' ? reference.slice(1) : (values[name] ?? reference),
    ),
  ) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)]));
}

/** Documents as `smartwright apply` takes them. */
export const toYaml = (...documents: readonly unknown[]): string =>
  documents.map((document) => stringify(document, { lineWidth: 100 })).join('---\n');

/** One argument of a command line, as a POSIX shell reads it. */
export const shellWord = (text: string): string =>
  /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
