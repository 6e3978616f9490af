import { invalidQuery } from '../fault.js';
import { split } from './address.js';
import type { Condition } from './condition.js';
import { readFilter } from './filter.js';

/** What `$select` and `$expand` ask of an entity, and of the entities within it. */
export interface Shape {
  /** Named properties; undefined means the default ones. */
  readonly select?: readonly string[];
  readonly expand: ReadonlyMap<string, Shape>;
}

export interface SortKey {
  readonly path: string;
  readonly descending: boolean;
}

/** OData's query options as SharePoint takes them. */
export interface QueryOptions {
  readonly shape: Shape;
  readonly filter?: Condition;
  readonly orderBy: readonly SortKey[];
  readonly top?: number;
  readonly skip: number;
  readonly skipToken?: string;
}

/** @throws Fault 400 */
export function readQueryOptions(query: URLSearchParams): QueryOptions {
  const filter = query.get('$filter');
  const top = query.get('$top') ?? query.get('$limit');
  const skipToken = query.get('$skiptoken');
  return {
    shape: readShape(list(query.get('$select')), list(query.get('$expand'))),
    ...(filter !== null && filter.trim() !== '' && { filter: readFilter(filter) }),
    orderBy: list(query.get('$orderby')).map(sortKey),
    ...(top !== null && { top: count('$top', top) }),
    skip: count('$skip', query.get('$skip') ?? '0'),
    ...(skipToken !== null && { skipToken }),
  };
}

const list = (text: string | null): string[] =>
  text === null
    ? []
    : split(text, ',')
        .map((part) => part.trim())
        .filter((part) => part !== '');

function sortKey(text: string): SortKey {
  const [path = '', direction = 'asc'] = text.split(/\s+/);
  return { path, descending: direction.toLowerCase() === 'desc' };
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw invalidQuery(`The value '${text}' of the query option '${option}' is not a non-negative integer.`);
  }
  return value;
}

/**
 * @param selects paths such as `Author/Title`
 * @param expands paths such as `Author`
 * @throws Fault 400 when a path goes into what is not expanded
 */
export function readShape(selects: readonly string[], expands: readonly string[]): Shape {
  const own = selects.filter((path) => !path.includes('/'));
  const names = new Map<string, string>();
  for (const path of expands) {
    const [head = ''] = path.split('/');
    names.set(head.toLowerCase(), head);
  }
  const below = (paths: readonly string[], head: string): string[] =>
    paths.filter((path) => path.toLowerCase().startsWith(`${head}/`)).map((path) => path.slice(head.length + 1));
  for (const path of selects) {
    const [head = '', rest] = path.split('/');
    if (rest !== undefined && !names.has(head.toLowerCase())) {
      throw invalidQuery(
        `The query to field '${head}' is not valid. The $select query string must specify the target fields and the $expand query string must contains ${head}.`,
      );
    }
  }
  const expand = new Map(
    [...names].map(([head, name]) => [name, readShape(below(selects, head), below(expands, head))]),
  );
  return { ...(selects.length > 0 && { select: own }), expand };
}
