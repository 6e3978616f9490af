import { inputInvalid } from './input-error.js';

/** Headers that belong to the transport: it sets them, and nobody else may. */
export const transportHeaders: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);

/**
 * Text as a header's value: characters beyond ASCII as UTF-8 (RFC 9110 §5.5 takes them for opaque bytes).
 *
 * @param input the input's name, for the message
 * @throws CallerError INPUT_INVALID for a line break or another control character, which would end the header
 */
export function headerText(text: string, input: string): string {
  if (hasControl(text))
    throw inputInvalid(input, 'must not have line breaks or control characters: it is sent as a header');
  return asBytes(text);
}

/** UTF-8 bytes, a character each: what the transport writes unchanged. */
export function asBytes(text: string): string {
  return /[^\x20-\x7e\t]/.test(text) ? Buffer.from(text).toString('latin1') : text;
}

export function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
  }
  return false;
}
