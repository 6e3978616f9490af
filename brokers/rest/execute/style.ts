import type { Encode } from '../../percent-encode.js';
import type { ParameterStyle } from '../plan.js';
import { isAbsent, isRecord, scalar } from './scalar.js';

/** What a style needs to know of a parameter; see `ParameterPlan`. */
export interface Styled {
  readonly name: string;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowEmpty?: boolean;
}

/** A name and its value, both encoded. */
export type Pair = readonly [name: string, value: string];

/** What stands between the values of a list that is written as one. */
const delimiters: Partial<Record<ParameterStyle, string>> = { spaceDelimited: ' ', pipeDelimited: '|', tsv: '\t' };

/**
 * A value as pairs, for a query, a cookie or a form: the styles `form`, `spaceDelimited`, `pipeDelimited`, `deepObject` and
 * Swagger's `tsv`. OpenAPI 3.1 §4.8.12.4; RFC 6570 §3.2.8.
 */
export function pairs(
  { name, style, explode, allowEmpty }: Styled,
  value: unknown,
  encode: Encode,
  encodeName: Encode,
): Pair[] {
  const label = encodeName(name);
  const nothing: Pair[] = allowEmpty === true && value !== undefined ? [[label, '']] : [];
  if (isAbsent(value)) return nothing;
  if (typeof value !== 'object') return [[label, encode(scalar(value))]];
  if (style === 'deepObject') return deepPairs(name, value, encode, encodeName);
  const character = delimiters[style];
  const delimiter = character === undefined ? ',' : encode(character);
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isAbsent(item)).map((item) => encode(scalar(item)));
    if (items.length === 0) return nothing;
    return explode ? items.map((item) => [label, item]) : [[label, items.join(delimiter)]];
  }
  const members = membersOf(value);
  if (members.length === 0) return nothing;
  if (explode) return members.map(([key, member]) => [encodeName(key), encode(member)]);
  return [[label, members.flat().map(encode).join(delimiter)]];
}

/**
 * `deepObject`: `filter[owner][name]=x`. What OpenAPI leaves open is done as most servers read it: lists of scalars as `tags[]=a`,
 * lists of objects by index, `items[0][price]=1`.
 */
function deepPairs(path: string, value: unknown, encode: Encode, encodeName: Encode): Pair[] {
  if (isAbsent(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      deepPairs(`${path}[${isRecord(item) || Array.isArray(item) ? index : ''}]`, item, encode, encodeName),
    );
  }
  if (!isRecord(value)) return [[encodeName(path), encode(scalar(value))]];
  return Object.entries(value).flatMap(([key, member]) => deepPairs(`${path}[${key}]`, member, encode, encodeName));
}

/** How the styles that stand in a path or a header begin, separate, and name what they write. RFC 6570 §3.2.1, §3.2.5, §3.2.7. */
const placed = {
  simple: { lead: '', separator: ',', named: false },
  label: { lead: '.', separator: '.', named: false },
  matrix: { lead: ';', separator: ';', named: true },
} as const;

/** A value as one text, for a path or a header: the styles `simple`, `label` and `matrix`; any other is taken for `simple`. */
export function placedText({ name, style, explode }: Styled, value: unknown, encode: Encode): string {
  const { lead, separator, named } = placed[style === 'label' || style === 'matrix' ? style : 'simple'];
  const prefix = named ? encode(name) : '';
  const one = (text: string): string => (named && text !== '' ? `${prefix}=${text}` : prefix + text);
  if (typeof value !== 'object' || value === null) return lead + one(isAbsent(value) ? '' : encode(scalar(value)));
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isAbsent(item)).map((item) => encode(scalar(item)));
    return lead + (explode && items.length > 0 ? items.map(one).join(separator) : one(items.join(',')));
  }
  const members = membersOf(value);
  if (explode) return lead + members.map(([key, member]) => `${encode(key)}=${encode(member)}`).join(separator);
  return lead + one(members.flat().map(encode).join(','));
}

function membersOf(value: object): [string, string][] {
  return Object.entries(value)
    .filter(([, member]) => !isAbsent(member))
    .map(([key, member]) => [key, scalar(member)]);
}
