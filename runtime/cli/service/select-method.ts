import { CallerError } from '../../../config/model/errors.js';
import { suggestion } from '../suggestion.js';
import { UsageError } from '../usage-error.js';

/** Splits `OBJECT.METHOD`. @throws UsageError */
export function splitMethodName(name: string): readonly [object: string, method: string] {
  const dot = name.lastIndexOf('.');
  if (dot < 1 || dot === name.length - 1) {
    throw new UsageError(`"${name}" names no method: write OBJECT.METHOD, such as Contact.Read.`);
  }
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/**
 * The thing with this name; case does not count where that is unambiguous.
 *
 * @param owner whose it is, where it is a part of something
 * @throws CallerError NOT_FOUND with suggestions
 */
export function named<T extends { readonly name: string }>(
  things: readonly T[],
  name: string,
  what: string,
  owner?: string,
): T {
  const exact = things.find((thing) => thing.name === name);
  if (exact !== undefined) return exact;
  const folded = things.filter((thing) => thing.name.toLowerCase() === name.toLowerCase());
  const [only, second] = folded;
  if (only !== undefined && second === undefined) return only;
  const known = things.map((thing) => thing.name);
  throw new CallerError(
    'NOT_FOUND',
    `${owner === undefined ? 'There is' : `${owner} has`} no ${what} "${name}".${suggestion(name, known)}`,
  );
}
