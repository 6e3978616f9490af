import { Secret } from '../../config/model/secret.js';
import type { StageParameter } from './stage-parameters.js';

/**
 * Writes parameters as `application/x-www-form-urlencoded` (RFC 6749 Appendix B), for a query or a body. A space becomes `%20`,
 * which every decoder reads, rather than `+`, which some servers keep.
 */
export function formEncode(parameters: readonly StageParameter[]): string {
  return parameters.map((parameter) => `${percentEncode(parameter.name)}=${encodedValue(parameter)}`).join('&');
}

/** Percent-encodes everything but unreserved characters (RFC 3986 §2.3). A lone surrogate becomes U+FFFD. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(/[!'()*]/g, hexEscape);
}

export const plainText = (value: string | Secret): string => (value instanceof Secret ? value.reveal() : value);

function encodedValue({ value, raw }: StageParameter): string {
  const text = plainText(value);
  return raw ? text.replace(/[^\x21-\x7e]|["#&<>]/gu, percentEncode) : percentEncode(text);
}

const hexEscape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
