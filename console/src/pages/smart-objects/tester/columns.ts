import { flatPath } from '../../../../../config/model/flat-property.js';
import type { DesignerProperty } from '../queries.ts';

/** A property of a result as it is shown. */
export interface Column {
  readonly name: string;
  readonly title: string;
  readonly dataType: string | undefined;
  readonly valueIn: (item: unknown) => unknown;
}

/** Columns that are shown at most; the tree has the others. */
const MOST_COLUMNS = 40;
/** Items that are looked at to find out what there is. */
const LOOKED_AT = 50;

/**
 * What to show of items: the described properties that any of the first items has, in their order, and then what nothing describes.
 */
export function columnsOf(items: readonly unknown[], properties: readonly DesignerProperty[]): Column[] {
  const looked = items.slice(0, LOOKED_AT);
  const described = properties
    .filter(({ visibility }) => visibility !== 'internal')
    .map(({ name, displayName, dataType }): Column & { path: readonly string[] } => {
      const path = flatPath(name);
      return { name, title: displayName, dataType, path, valueIn: (item) => path.reduce(memberOf, item) };
    })
    .filter(({ valueIn }) => looked.some((item) => valueIn(item) !== undefined));
  const known = new Set(properties.map(({ name }) => flatPath(name)[0]));
  const others = [...new Set(looked.flatMap(namesIn))].filter((name) => !known.has(name));
  const plain = others.map((name): Column => {
    return { name, title: name, dataType: undefined, valueIn: (item) => memberOf(item, name) };
  });
  return [...described, ...plain].slice(0, MOST_COLUMNS);
}

const namesIn = (item: unknown): string[] =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.keys(item) : [];

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
