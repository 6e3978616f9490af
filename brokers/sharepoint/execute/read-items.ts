import { readColumn } from '../columns/read.js';
import { type Selection, selections } from '../columns/select.js';
import { etagIn, type Fields, numberIn, recordOf, recordsOf } from '../odata/answer.js';
import { queryOf } from '../odata/literal.js';
import type { ColumnKind, ColumnPlan } from '../plan.js';
import { get, itemPath, listPath, type OperationCall, subjectOf } from './operation.js';

/** Items of which the IDs go into one filter. */
const IDS_AT_ONCE = 60;
/** Items between the lowest and the highest ID that are asked for as a range: fewer than the list view threshold. */
const WIDEST_RANGE = 4_900;

/** The queries for the columns that a call wants. */
export const selectionsFor = ({ plan }: OperationCall, columns: readonly ColumnPlan[]) =>
  selections(columns, plan.list.termLabels === true);

/** Results of answers. Columns that were not asked for are null. */
export function itemsOf(call: OperationCall, answer: readonly Fields[], columns: readonly ColumnPlan[]): unknown[] {
  const { plan } = call;
  const wanted = new Set(columns);
  return answer.map((item) => {
    const reading = { timeZone: plan.list.timeZone, labels: labelsOf(item) };
    const result: Record<string, unknown> = {};
    for (const column of plan.columns) {
      result[column.name] = wanted.has(column) ? readColumn(item, column, reading) : emptyOf(column);
    }
    result.ETag = etagIn(item) ?? null;
    return result;
  });
}

const several: ReadonlySet<ColumnKind> = new Set(['choices', 'lookups', 'persons', 'terms']);

const emptyOf = ({ kind }: ColumnPlan): unknown => (several.has(kind) ? [] : kind === 'isFolder' ? false : null);

/** Labels of terms by number, from the hidden column that has them all. */
function labelsOf({ TaxCatchAll }: Fields): ReadonlyMap<number, string> {
  return new Map(
    recordsOf(TaxCatchAll ?? []).flatMap((entry): [number, string][] => {
      const id = numberIn(entry, 'ID') ?? numberIn(entry, 'Id');
      return id !== undefined && typeof entry.Term === 'string' ? [[id, entry.Term]] : [];
    }),
  );
}

/** Adds to items the columns of further queries: those that have more lookups than SharePoint joins in one. */
export async function withFurtherColumns(
  call: OperationCall,
  items: readonly Fields[],
  further: readonly Selection[],
): Promise<readonly Fields[]> {
  if (further.length === 0 || items.length === 0) return items;
  const merged = new Map(items.map((item) => [numberIn(item, 'Id') ?? numberIn(item, 'ID') ?? 0, { ...item }]));
  const filters = filtersFor([...merged.keys()]);
  const requests = further.flatMap(({ select, expand }) =>
    filters.map((filter) =>
      get(
        `${listPath(call)}/items${queryOf({ $select: select, $expand: expand, $filter: filter, $top: 5_000 })}`,
        subjectOf(call),
      ),
    ),
  );
  for (const request of requests) {
    for (const part of recordsOf(await call.site.json(request))) {
      const item = merged.get(numberIn(part, 'Id') ?? numberIn(part, 'ID') ?? 0);
      if (item !== undefined) Object.assign(item, { ...part, ...onlyTag(item) });
    }
  }
  return [...merged.values()];
}

/** What the first query said stays: the entity tag, and the labels of terms. */
const onlyTag = (item: Fields): Fields =>
  Object.fromEntries(
    ['odata.etag', '__metadata', 'TaxCatchAll'].filter((name) => name in item).map((name) => [name, item[name]]),
  );

function filtersFor(ids: readonly number[]): string[] {
  const sorted = ids.toSorted((a, b) => a - b);
  const [lowest = 0, highest = 0] = [sorted[0], sorted.at(-1)];
  if (highest - lowest <= WIDEST_RANGE) return [`ID ge ${lowest} and ID le ${highest}`];
  return Array.from({ length: Math.ceil(sorted.length / IDS_AT_ONCE) }, (_, index) =>
    sorted
      .slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE)
      .map((id) => `ID eq ${id}`)
      .join(' or '),
  );
}

/** One item with all its columns. */
export async function readItem(call: OperationCall): Promise<{ readonly value: unknown }> {
  const { columns } = call.plan;
  const [first, ...further] = selectionsFor(call, columns);
  const query = ({ select, expand }: Selection) => queryOf({ $select: select, $expand: expand });
  const about = subjectOf(call);
  let item: Fields = recordOf(await call.site.json(get(`${itemPath(call)}${query(first)}`, about)));
  for (const selection of further) {
    const part = recordOf(await call.site.json(get(`${itemPath(call)}${query(selection)}`, about)));
    item = { ...item, ...part, ...onlyTag(item) };
  }
  return { value: itemsOf(call, [item], columns)[0] };
}
