import type { FieldError } from '../../../config/model/errors.js';

/** Where a value stands, from inside out: written as a pointer only when there is a fault. */
export interface Path {
  readonly outer: Path | undefined;
  readonly step: string | number;
}

/** A fault with its place as a JSON Pointer (RFC 6901). Neither says what the value is. */
export function fieldError(path: Path | undefined, message: string): FieldError {
  let pointer = '';
  for (let place = path; place !== undefined; place = place.outer) {
    const step = String(place.step).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
    pointer = `/${step}${pointer}`;
  }
  return { pointer, message };
}
