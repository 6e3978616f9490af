import type { JsonSchemaObject } from '../../../config/model/json-schema.js';

/** A column's default as a value of its schema; undefined when it is worked out by SharePoint, such as `[today]`, or does not fit. */
export function defaultOf(text: string | undefined, schema: JsonSchemaObject): unknown {
  if (text === undefined || text.startsWith('=') || /^\[\w+\]$/.test(text)) return undefined;
  if (schema.type === 'boolean') return text === '1' ? true : text === '0' ? false : undefined;
  if (schema.type === 'number' || schema.type === 'integer') {
    const number = Number(text);
    return Number.isFinite(number) ? number : undefined;
  }
  if (schema.type !== 'string' || schema.format !== undefined) return undefined;
  return schema.enum === undefined || schema.enum.includes(text) ? text : undefined;
}
