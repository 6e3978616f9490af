import { listViewThreshold } from '../fault.js';
import type { ItemRow, ListRow } from '../model.js';
import { type Condition, holds, order, pathsOf } from '../odata/condition.js';
import type { SortKey } from '../odata/query-options.js';
import type { Site } from '../site.js';
import { type ItemPath, itemPath } from './item-path.js';

export interface ItemQuery {
  readonly where?: Condition;
  readonly orderBy: readonly SortKey[];
  /** Items of the page. */
  readonly limit: number;
  /** Where the page before ended: `Paged=TRUE&p_ID=100`. */
  readonly token?: string;
  /** Which of the list's items count at all. Default: all. */
  readonly within?: (item: ItemRow) => boolean;
}

export interface FoundItems {
  readonly items: readonly ItemRow[];
  readonly next?: string;
}

/**
 * One page of a list's items.
 *
 * A list above the threshold is only searched in the order of numbers or of an indexed column, and with a condition that an
 * index narrows.
 *
 * @throws Fault 400 for a column that is not there, 500 above the list-view threshold
 */
export function findItems(site: Site, list: ListRow, query: ItemQuery): FoundItems {
  const { where, orderBy, limit, token, within = () => true } = query;
  const paths = new Map<string, ItemPath>();
  for (const path of [...(where === undefined ? [] : pathsOf(where)), ...orderBy.map(({ path }) => path)]) {
    if (!paths.has(path)) paths.set(path, itemPath(site, list.id, path));
  }
  const value = (item: ItemRow) => (path: string) => paths.get(path)?.value(item);
  const fits = (item: ItemRow): boolean => within(item) && (where === undefined || holds(where, value(item)));
  checkThreshold(site, list, query, paths);

  const [first] = orderBy;
  const byNumber = first === undefined || (orderBy.length === 1 && /^id$/i.test(first.path));
  const position = readToken(token);
  if (byNumber && !position.back) {
    return pageOf(matching(site.items.scan(list.id, position.id, first?.descending), fits), limit, () => '');
  }
  const all = [...matching(site.items.scan(list.id), fits)].sort((a, b) => compare(a, b, orderBy, value));
  const at = position.id === 0 ? -1 : all.findIndex(({ id }) => id === position.id);
  const from = position.back ? Math.max(0, at - limit) : at + 1;
  const end = position.back ? at : all.length;
  return pageOf(all.slice(from, end), limit, (item) =>
    orderBy.map(({ path }) => `&p_${path}=${encodeURIComponent(String(value(item)(path) ?? ''))}`).join(''),
  );
}

function* matching(items: Iterable<ItemRow>, fits: (item: ItemRow) => boolean): Generator<ItemRow> {
  for (const item of items) if (fits(item)) yield item;
}

function pageOf(items: Iterable<ItemRow>, limit: number, sortValues: (item: ItemRow) => string): FoundItems {
  const page: ItemRow[] = [];
  for (const item of items) {
    if (page.length === limit) {
      const last = page.at(-1);
      return { items: page, ...(last !== undefined && { next: `Paged=TRUE${sortValues(last)}&p_ID=${last.id}` }) };
    }
    page.push(item);
  }
  return { items: page };
}

/** A place in a list: `Paged=TRUE&p_ID=100`, and `PagedPrev=TRUE` to go back from it. */
function readToken(token: string | undefined): { id: number; back: boolean } {
  const values = new URLSearchParams(token ?? '');
  return { id: Number(values.get('p_ID') ?? 0) || 0, back: values.get('PagedPrev') === 'TRUE' };
}

function compare(
  a: ItemRow,
  b: ItemRow,
  keys: readonly SortKey[],
  value: (item: ItemRow) => (path: string) => unknown,
): number {
  for (const { path, descending } of keys) {
    const difference = order(value(a)(path), value(b)(path));
    if (difference !== 0) return descending ? -difference : difference;
  }
  return a.id - b.id;
}

function checkThreshold(
  site: Site,
  list: ListRow,
  { where, orderBy }: ItemQuery,
  paths: ReadonlyMap<string, ItemPath>,
): void {
  const { listViewThreshold: most } = site.facts;
  if (site.items.count(list.id) <= most) return;
  if (orderBy.some(({ path }) => paths.get(path)?.indexed !== true)) throw listViewThreshold();
  if (where === undefined) return;
  const narrow = indexedPart(where, paths);
  if (narrow === undefined) throw listViewThreshold();
  if (pathsOf(where).every((path) => /^id$/i.test(path)) && orderBy.length === 0) return;
  let touched = 0;
  for (const item of site.items.scan(list.id)) {
    if (holds(narrow, (path) => paths.get(path)?.value(item))) touched += 1;
    if (touched > most) throw listViewThreshold();
  }
}

/** The part of a condition that indexes can answer; undefined when there is none. */
function indexedPart(where: Condition, paths: ReadonlyMap<string, ItemPath>): Condition | undefined {
  if (where.op === 'and') {
    const of = where.of.map((part) => indexedPart(part, paths)).filter((part) => part !== undefined);
    return of.length === 0 ? undefined : { op: 'and', of };
  }
  return pathsOf(where).every((path) => paths.get(path)?.indexed === true) ? where : undefined;
}
