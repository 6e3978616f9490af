import { type TokenField, tokenFields } from '../../config/model/oauth-resource-type.js';

/** Where a token answer holds standard fields, by dotted path; see `OAuthResourceType.tokenFields`. */
export type TokenPlaces = Readonly<Partial<Record<TokenField, string>>>;

/**
 * The fields of a token answer with the standard ones under their standard names: from where the type says that they are, else from
 * the top, else from the one nested object that holds an access token (`data`, `authed_user`). Two such objects are not guessed at.
 */
export function standardFields(
  fields: ReadonlyMap<string, unknown>,
  places: TokenPlaces = {},
): ReadonlyMap<string, unknown> {
  const all = new Map(fields);
  for (const name of tokenFields) {
    const place = places[name];
    const found = place === undefined ? undefined : fieldAt(fields, place);
    if (hasValue(found)) all.set(name, found);
  }
  if (hasValue(all.get('access_token'))) return all;
  const [nested, ...more] = [...fields.values()].filter(holdsToken);
  if (nested === undefined || more.length > 0) return all;
  for (const name of tokenFields) {
    const value = Object.hasOwn(nested, name) ? nested[name] : undefined;
    if (hasValue(value)) all.set(name, value);
  }
  return all;
}

/** What stands at a dotted path, `team.id`; a name that holds dots itself comes first. */
export function fieldAt(fields: ReadonlyMap<string, unknown>, path: string): unknown {
  if (fields.has(path)) return fields.get(path);
  const [first = '', ...rest] = path.split('.');
  let value = fields.get(first);
  for (const name of rest) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const holdsToken = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.hasOwn(value, 'access_token') &&
  hasValue(Reflect.get(value, 'access_token'));
