import { CallerError } from '../config/model/errors.js';

/** An input that cannot be sent as it is. `input` is its property path. */
export function inputInvalid(input: string | readonly string[], reason: string, cause?: unknown): CallerError {
  const names = typeof input === 'string' ? [input] : input;
  const pointer = names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return new CallerError('INPUT_INVALID', `Input "${names.join('.')}" ${reason}.`, {
    fields: [{ pointer, message: reason }],
    cause,
  });
}
