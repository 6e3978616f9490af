import type { FileValue } from '../../../../config/model/file-value.js';
import { inputInvalid } from '../../../input-error.js';
import { isRecord } from '../scalar.js';

export function isFile(value: unknown): value is FileValue {
  return isRecord(value) && typeof value.content === 'string';
}

/**
 * The bytes of a file.
 *
 * @throws CallerError INPUT_INVALID when its content is not base64
 */
export function fileBytes({ content }: FileValue, input: string): Buffer {
  if (!/^[A-Za-z0-9+/\-_\s]*={0,2}\s*$/.test(content))
    throw inputInvalid([input, 'content'], 'is not base64 (RFC 4648 §4)');
  return Buffer.from(content, 'base64');
}
