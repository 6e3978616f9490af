import { stringifyJson } from './json/json.js';

/** A value as text: a string as it is, numbers and booleans as JSON writes them, lists and objects as JSON. */
export function scalar(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? (stringifyJson(value) ?? '') : String(value);
}

/** Whether there is nothing to send. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
