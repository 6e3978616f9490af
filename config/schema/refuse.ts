import { ConfigurationError, type ErrorCode, type FieldError } from '../model/errors.js';
import { placeOf } from './place.js';

/**
 * Throws when there are faults: the message names the first, `fields` has all.
 *
 * @param what the subject, such as `OAuth resource type "Salesforce"`
 * @param value the faulty value, for saying where a fault is
 */
export function refuseFaults(
  code: Extract<ErrorCode, 'DOCUMENT_INVALID' | 'KEYS_INVALID'>,
  what: string,
  value: unknown,
  faults: readonly FieldError[],
): void {
  const sentences = faults.map((fault) => sentence(fault, value));
  const [first] = sentences;
  if (first === undefined) return;
  const more = sentences.length === 1 ? '' : ` (and ${sentences.length - 1} more: ${sentences.slice(1, 4).join(' ')})`;
  throw new ConfigurationError(code, `${what}: ${first}${more}`, { fields: faults });
}

function sentence({ pointer, message }: FieldError, value: unknown): string {
  const place = placeOf(pointer, value);
  // A message that starts with its own subject names the place already.
  const text = place === '' || message.startsWith('parameter "') ? message : `${place}: ${message}`;
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
