import type { MethodResult, RequestPreview } from '../../../brokers/broker.js';
import type { Output } from './output.js';

/** A method's result as the HTTP face answers it: the object itself, or `{ items, next?, meta? }`; null when there is none. */
export const resultDocument = (result: MethodResult): unknown => ('items' in result ? result : (result.value ?? null));

/** A method's result for a person: a table of a list's items, a line for each property of an object. */
export function resultText(result: MethodResult, output: Output): string {
  if (!('items' in result)) return valueText(result.value, output);
  const columns = columnsOf(result.items);
  const rows = result.items.map((item) => (isRecord(item) ? columns.map((name) => item[name]) : [item]));
  const more =
    result.next === undefined ? '' : `\nThere is more: add "$next": ${JSON.stringify(result.next)} to the input.`;
  if (rows.length === 0) return `No items.${more}`;
  return `${output.table(columns, rows)}\n\n${rows.length} ${rows.length === 1 ? 'item' : 'items'}${more}`;
}

function valueText(value: unknown, output: Output): string {
  if (value === undefined) return 'Done; the method has no result.';
  if (!isRecord(value))
    return output.table(
      ['Result'],
      (Array.isArray(value) ? value : [value]).map((item) => [item]),
    );
  return output.table(['Property', 'Value'], Object.entries(value));
}

/** Properties of the first items, plain ones first, as many as a screen takes. */
function columnsOf(items: readonly unknown[]): string[] {
  const records = items.slice(0, 20).filter(isRecord);
  if (records.length === 0) return ['Item'];
  const names = [...new Set(records.flatMap((item) => Object.keys(item)))];
  const nested = (name: string): boolean =>
    records.some((item) => typeof item[name] === 'object' && item[name] !== null);
  return [...names.filter((name) => !nested(name)), ...names.filter(nested)].slice(0, 8);
}

/** A request that would be sent, the way that it goes on the wire. */
export function requestText({ method, url, headers, body, bodyBase64 }: RequestPreview): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const content =
    bodyBase64 === undefined ? body : `(${Buffer.from(bodyBase64, 'base64').length} bytes that are not text)`;
  return [`${method} ${url}`, ...lines, ...(content === null ? [] : ['', content])].join('\n');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
