import { isSmartwrightError } from '../../config/model/errors.js';

/** Takes texts that are not to be shown out of an error's message. */
export function hiding(error: unknown, texts: readonly string[]): unknown {
  if (!isSmartwrightError(error)) return error;
  for (const text of texts) error.message = error.message.replaceAll(text, '[token field]');
  return error;
}
