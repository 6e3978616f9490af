import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import { commentLines } from './doc-comment.js';

/**
 * The doc comment of a property or type: its description, its limits, its default, whether it is deprecated.
 *
 * @param title stands in for a description; undefined where it has become the type's name
 */
export function schemaDoc(schema: JsonSchemaObject, title: string | undefined): string[] {
  const file = schema['x-smartwright-file'] === true;
  const lines = commentLines(schema.description ?? (file ? undefined : title));
  const limits = limitsOf(schema);
  const tags: string[] = [];
  if (schema.default !== undefined && schema.default !== null) tags.push(`@default ${jsonLine(schema.default)}`);
  if (schema.deprecated === true) tags.push('@deprecated');
  const last = limits === '' ? tags : [limits, ...tags];
  if (lines.length > 1 && last.length > 0) lines.push('');
  return [...lines, ...last];
}

function jsonLine(value: unknown): string {
  const json = JSON.stringify(value, (_key, member: unknown) => (typeof member === 'bigint' ? String(member) : member));
  const [first = '', ...more] = commentLines(json);
  return more.length === 0 ? first : `${first} …`;
}

/** Formats that the TypeScript type says already. */
const numeric = new Set(['int32', 'int64', 'float', 'double']);

const limiting = new Set(
  (
    'format contentEncoding minimum exclusiveMinimum maximum exclusiveMaximum multipleOf minLength maxLength minItems ' +
    'maxItems minProperties maxProperties uniqueItems pattern'
  ).split(' '),
);

function isLimited(schema: JsonSchemaObject): boolean {
  for (const keyword in schema) if (limiting.has(keyword)) return true;
  return false;
}

/** What a value must keep to beyond its TypeScript type, in one line: `Format date-time. At least 1, at most 100.` */
function limitsOf(schema: JsonSchemaObject): string {
  if (!isLimited(schema)) return '';
  const sentences: string[] = [];
  if (typeof schema.format === 'string' && !numeric.has(schema.format)) sentences.push(`Format ${schema.format}.`);
  if (schema.contentEncoding !== undefined) sentences.push(`Encoded as ${schema.contentEncoding}.`);
  const bounds = [
    bound('at least', schema.minimum),
    bound('more than', schema.exclusiveMinimum),
    bound('at most', schema.maximum),
    bound('less than', schema.exclusiveMaximum),
    bound('a multiple of', schema.multipleOf),
    range(schema.minLength, schema.maxLength, 'character'),
    schema.prefixItems === undefined ? range(schema.minItems, schema.maxItems, 'item') : undefined,
    range(schema.minProperties, schema.maxProperties, 'member'),
  ].filter((part) => part !== undefined);
  const joined = bounds.join(', ');
  if (joined !== '') sentences.push(`${joined.charAt(0).toUpperCase()}${joined.slice(1)}.`);
  if (schema.uniqueItems === true) sentences.push('Without duplicates.');
  if (typeof schema.pattern === 'string') sentences.push(`Pattern \`${schema.pattern}\`.`);
  return commentLines(sentences.join(' ').replaceAll(/[\r\n]/g, ' '))[0] ?? '';
}

function bound(words: string, limit: unknown): string | undefined {
  return typeof limit === 'number' || typeof limit === 'bigint' ? `${words} ${limit}` : undefined;
}

function range(least: unknown, most: unknown, unit: string): string | undefined {
  const from = typeof least === 'number' && least > 0 ? least : undefined;
  const to = typeof most === 'number' ? most : undefined;
  if (from === undefined && to === undefined) return undefined;
  const count =
    from === to
      ? `${to}`
      : from === undefined
        ? `at most ${to}`
        : to === undefined
          ? `at least ${from}`
          : `${from} to ${to}`;
  return `${count} ${unit}${(to ?? from) === 1 ? '' : 's'}`;
}
