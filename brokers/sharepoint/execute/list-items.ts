import { SmartwrightError } from '../../../config/model/errors.js';
import type { ListResult, MethodCall, Range } from '../../broker.js';
import { equality, translate } from '../columns/filter.js';
import { type Fields, numberIn, recordsOf, skipTokenOf } from '../odata/answer.js';
import { encoded, filterText, queryOf } from '../odata/literal.js';
import type { ColumnPlan, ItemBinding } from '../plan.js';
import { type Continuation, readContinuation, writeContinuation } from './continuation.js';
import { absolutePath, get, listPath, type OperationCall, subjectOf } from './operation.js';
import { itemsOf, selectionsFor, withFurtherColumns } from './read-items.js';

/** The input that a page's size is pushed down by: `$top` of the engine. */
const SIZE = '$top';
const PAGE = 1_000;
/** SharePoint gives no more at a time. */
const LARGEST_PAGE = 5_000;
/** IDs of a window: the list view threshold, below which any filter is allowed. */
const WINDOW = 4_900;
/** Windows that are looked through for one page, when nothing is found. */
const MOST_WINDOWS = 20;

interface Query {
  readonly columns: readonly ColumnPlan[];
  readonly filter: string;
  readonly orderby: string;
  readonly size: number;
}

/** A page of a list. A filter that the list view threshold forbids is asked for window by window of the IDs, which have an index. */
export async function listItems(call: OperationCall): Promise<ListResult> {
  const query = queryFor(call);
  const from = readContinuation(call.input.$next);
  if (from.after !== undefined) return await windows(call, query, from.after);
  try {
    return await page(call, query, from);
  } catch (error) {
    const isTooMany = error instanceof SmartwrightError && reasonIn(error) === 'too-many-items';
    // Sorting needs the whole list; by the ID it is in order already.
    if (!isTooMany || query.filter === '' || !/^(?:ID(?: asc)?)?$/i.test(query.orderby)) throw error;
    return await windows(call, query, 0);
  }
}

const reasonIn = ({ extensions }: SmartwrightError): unknown =>
  (extensions.sharepoint as { readonly reason?: unknown } | undefined)?.reason;

async function page(call: OperationCall, query: Query, from: Continuation): Promise<ListResult> {
  const [first, ...further] = selectionsFor(call, query.columns);
  const options = {
    $select: first.select,
    $expand: first.expand,
    $filter: query.filter,
    $orderby: query.orderby,
    $top: query.size,
  };
  const position = from.token === undefined ? '' : `&$skiptoken=${encoded(from.token, '$next')}`;
  const answer = await call.site.json(get(`${listPath(call)}/items${queryOf(options)}${position}`, subjectOf(call)));
  const records = await withFurtherColumns(call, recordsOf(answer), further);
  const token = skipTokenOf(answer);
  return {
    items: itemsOf(call, records, wanted(call, query)),
    ...(token === undefined ? {} : { next: writeContinuation({ token }) }),
  };
}

async function windows(call: OperationCall, query: Query, after: number): Promise<ListResult> {
  const [first, ...further] = selectionsFor(call, query.columns);
  const about = subjectOf(call);
  const ask = async (options: Readonly<Record<string, string | number>>): Promise<readonly Fields[]> =>
    recordsOf(await call.site.json(get(`${listPath(call)}/items${queryOf(options)}`, about)));
  const [last] = await ask({ $select: 'Id', $orderby: 'ID desc', $top: 1 });
  const highest = last === undefined ? 0 : (numberIn(last, 'Id') ?? numberIn(last, 'ID') ?? 0);
  const found: Fields[] = [];
  let at = after;
  for (let window = 0; window < MOST_WINDOWS && at < highest && found.length < query.size; window++) {
    const end = at + WINDOW;
    const records = await ask({
      $select: first.select,
      $expand: first.expand,
      $filter: `ID gt ${at} and ID le ${end} and (${query.filter})`,
      $orderby: 'ID',
      $top: query.size,
    });
    for (const record of records) found.push(record);
    // A full page may have left out what follows within the window.
    const full = records.length >= query.size ? records.at(-1) : undefined;
    at = full === undefined ? end : (numberIn(full, 'Id') ?? numberIn(full, 'ID') ?? end);
  }
  const records = await withFurtherColumns(call, found, further);
  return {
    items: itemsOf(call, records, wanted(call, query)),
    ...(at < highest ? { next: writeContinuation({ after: at }) } : {}),
  };
}

/** The columns that the caller asked for; those that only a filter needs are joined and not given. */
const wanted = ({ plan, input }: OperationCall, { columns }: Query): readonly ColumnPlan[] => {
  const names = selected(input);
  return names === undefined ? columns : plan.columns.filter(({ name }) => names.has(name));
};

const selected = ({ $select }: MethodCall['input']): ReadonlySet<unknown> | undefined =>
  Array.isArray($select) && $select.length > 0 ? new Set(['ID', ...$select]) : undefined;

function queryFor(call: OperationCall): Query {
  const { plan, input, keys } = call;
  const names = selected(input);
  const chosen = names === undefined ? plan.columns : plan.columns.filter(({ name }) => names.has(name));
  const conditions: string[] = [];
  for (const column of plan.columns) {
    const value = Object.hasOwn(input, column.name) ? input[column.name] : undefined;
    if (value !== undefined) conditions.push(equality(value, column, plan.list.timeZone));
  }
  if (typeof input.folder === 'string')
    conditions.push(`FileDirRef eq ${filterText(absolutePath(call, input.folder))}`);
  if (plan.contentType !== undefined) conditions.push(`startswith(ContentTypeId,${filterText(plan.contentType)})`);
  const filter = translate(String(input.$filter ?? ''), plan.columns, '$filter');
  const orderby = translate(String(input.$orderby ?? ''), plan.columns, '$orderby');
  if (filter.expression.trim() !== '') conditions.push(filter.expression);
  const usual = plan.list.library === true ? (keys.throttleDocuments ?? 50) : PAGE;
  return {
    columns: [...new Set([...chosen, ...filter.columns, ...orderby.columns])],
    filter:
      conditions.length === 1 ? (conditions[0] ?? '') : conditions.map((condition) => `(${condition})`).join(' and '),
    orderby: orderby.expression.trim(),
    size: typeof input[SIZE] === 'number' ? input[SIZE] : usual,
  };
}

/** Leaves it to SharePoint how many items come. It does not leave out items of a list: they are left to the caller. */
export function pushRange(call: MethodCall, { skip, top }: Range) {
  const { operation } = call.method.binding as ItemBinding;
  if (operation !== 'list' || top === undefined) return { input: call.input, skip };
  const size = Math.min(Math.max(1, top + skip), LARGEST_PAGE);
  return { input: { ...call.input, [SIZE]: size }, skip };
}
