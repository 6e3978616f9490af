import type { FileValue } from '../config/model/file-value.js';
import { inputInvalid } from './input-error.js';

export function isFile(value: unknown): value is FileValue {
  return typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'string';
}

/** Whether a text is base64 (RFC 4648 §4 and §5), white space in it or not. No two parts of the pattern match the same: linear. */
export const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/\-_\s]*(?:={1,2}\s*)?$/.test(text);

/**
 * The bytes of a file.
 *
 * @throws CallerError INPUT_INVALID when its content is not base64
 */
export function fileBytes({ content }: FileValue, input: string): Buffer {
  if (!isBase64(content)) throw inputInvalid([input, 'content'], 'is not base64 (RFC 4648 §4)');
  return Buffer.from(content, 'base64');
}
