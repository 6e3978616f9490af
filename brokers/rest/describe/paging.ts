import type { JsonSchema } from '../../../config/model/json-schema.js';
import type { PagingPlan } from '../plan.js';
import { type Lookup, objectView, resolved, typesOf } from '../types/index.js';
import type { FoundList } from './list.js';

/** A query parameter that may take part in paging. */
export interface PagingInput {
  /** The name on the wire. */
  readonly name: string;
  /** The name of the input. */
  readonly input: string;
  readonly schema: JsonSchema;
}

/** What the recognition looks at. */
export interface PagingClues {
  readonly list: FoundList;
  readonly query: readonly PagingInput[];
  /** Whether a `Link` header is declared. */
  readonly linked: boolean;
  readonly lookup: Lookup;
}

const NEXT_URL = /^(@?odata\.?nextlink|nextlink|next_?ur[il]|next_?page_?ur[il]|nextpagelink|next_?href)$/i;
const NEXT = /^next(_?page)?$/i;
const CURSOR =
  /^(next_?page_?token|next_?token|next_?cursor|cursor_?next|next_?marker|continuation_?token|next_?continuation_?token|next_?page_?cursor|bookmark|cursor|after|end_?cursor|next_?starting_?after|scroll_?id|next_?page|next_?offset|next_?key|next)$/i;
const CURSOR_INPUT =
  /^(page_?token|next_?page_?token|next_?token|cursor|after|marker|continuation_?token|bookmark|page\[(cursor|after|token)\]|starting_?after|scroll_?id|start_?cursor|page_?cursor|offset_?key|exclusive_?start_?key)$/i;
const LAST_ITEM_INPUT = /^(starting_?after|after_?id|after)$/i;
const MORE = /^(has_?more|has_?next(_?page)?|more|is_?truncated|truncated)$/i;
const PAGE_INPUT = /^(page|page_?(number|num|no|index)|page\[number\]|current_?page|p)$/i;
const OFFSET_INPUT = /^(\$?skip|offset|start_?(index|at|position|row)?|page\[offset\]|from|first_?result)$/i;
const SIZE_INPUT =
  /^(\$?top|limit|per_?page|page_?(size|limit)|page\[(size|limit)\]|max_?(results|items|records)?|size|count|take|first|rows|items_?per_?page)$/i;

/** The end of a span that begins at `from` or `start`: such a list is cut by time or value, not by position. */
const SPAN_END = /^(to|end|until|end_?(time|date|at)|last)$/i;

/** How the pages of a list follow one another and by what inputs they are cut; undefined when nothing shows it. */
export function findPaging(clues: PagingClues): PagingPlan | undefined {
  const inputs = { ...sizeOf(clues), ...skipOf(clues) };
  const found = nextUrl(clues) ?? cursor(clues) ?? lastItem(clues) ?? linkHeader(clues) ?? page(clues) ?? offset(clues);
  if (found !== undefined) return { ...found, ...('input' in found ? without(inputs, found.input) : inputs) };
  return Object.keys(inputs).length === 0 ? undefined : { style: 'none', ...inputs };
}

interface Mark {
  readonly name: string;
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

/** The properties of the envelope, then those of the objects in it. */
function marks({ list, lookup }: PagingClues): Mark[] {
  const { envelope } = list;
  if (envelope === undefined) return [];
  const outer = Object.entries(envelope.properties).map(([name, schema]): Mark => ({ name, path: [name], schema }));
  const inner = outer.flatMap(({ path, schema }) => inside(path, schema, lookup));
  const deeper = inner
    .filter(({ name }) => /^(next|cursors?)$/i.test(name))
    .flatMap(({ path, schema }) => inside(path, schema, lookup));
  return [...outer, ...inner, ...deeper];
}

function inside(path: readonly string[], schema: JsonSchema, lookup: Lookup): Mark[] {
  const view = objectView(schema, lookup);
  return Object.entries(view?.properties ?? {}).map(([name, property]) => ({
    name,
    path: [...path, name],
    schema: property,
  }));
}

function nextUrl(clues: PagingClues): PagingPlan | undefined {
  const hasCursorInput = cursorInput(clues) !== undefined;
  const found = marks(clues).find(({ name, path, schema }) => {
    if (!isText(schema, clues.lookup)) return false;
    const parent = path.at(-2) ?? '';
    if (NEXT_URL.test(name)) return true;
    if (NEXT.test(name)) return isUrl(schema, clues.lookup) || /^_?links$/i.test(parent) || !hasCursorInput;
    return /^href$/i.test(name) && NEXT.test(parent);
  });
  return found && { style: 'next-url', from: found.path };
}

/** A parameter that takes a cursor, or the page that the answer names as the next. */
function cursorInput({ query }: PagingClues): PagingInput | undefined {
  return query.find(({ name }) => CURSOR_INPUT.test(name)) ?? query.find(({ name }) => PAGE_INPUT.test(name));
}

function cursor(clues: PagingClues): PagingPlan | undefined {
  const input = cursorInput(clues);
  if (input === undefined) return undefined;
  const found = marks(clues).find(({ name, schema }) => CURSOR.test(name) && isScalar(schema, clues.lookup));
  const more = marks(clues).find(({ name, schema }) => MORE.test(name) && isFlag(schema, clues.lookup));
  return (
    found && {
      style: 'cursor',
      from: found.path,
      input: input.input,
      ...(more === undefined ? {} : { more: more.path }),
    }
  );
}

function lastItem(clues: PagingClues): PagingPlan | undefined {
  const input = clues.query.find(({ name }) => LAST_ITEM_INPUT.test(name));
  const more = marks(clues).find(({ name }) => MORE.test(name));
  const item = objectView(clues.list.item, clues.lookup);
  if (input === undefined || more === undefined || item === undefined || !Object.hasOwn(item.properties, 'id'))
    return undefined;
  return { style: 'last-item', more: more.path, key: 'id', input: input.input };
}

function linkHeader({ linked }: PagingClues): PagingPlan | undefined {
  return linked ? { style: 'link-header' } : undefined;
}

function page({ query, lookup }: PagingClues): PagingPlan | undefined {
  const input = query.find(({ name, schema }) => PAGE_INPUT.test(name) && isNumber(schema, lookup));
  if (input === undefined) return undefined;
  const schema = resolved(input.schema, lookup);
  const first = schema?.default === 0 || (schema?.minimum === 0 && schema.default === undefined) ? 0 : 1;
  return { style: 'page', input: input.input, first };
}

function offset(clues: PagingClues): PagingPlan | undefined {
  const input = offsetInput(clues);
  return input && { style: 'offset', input: input.input };
}

function offsetInput({ query, lookup }: PagingClues): PagingInput | undefined {
  const input = query.find(({ name, schema }) => OFFSET_INPUT.test(name) && isNumber(schema, lookup));
  const isSpan = /^(from|start)$/i.test(input?.name ?? '') && query.some(({ name }) => SPAN_END.test(name));
  return isSpan ? undefined : input;
}

/** The inputs that cut a list, however its pages follow one another. */
type Cut = Pick<PagingPlan, 'size' | 'maxSize' | 'skip'>;

function sizeOf({ query, lookup }: PagingClues): Cut {
  const size = query.find(({ name, schema }) => SIZE_INPUT.test(name) && isScalar(schema, lookup));
  if (size === undefined) return {};
  const { maximum } = resolved(size.schema, lookup) ?? {};
  return { size: size.input, ...(maximum !== undefined && maximum >= 1 ? { maxSize: Math.floor(maximum) } : {}) };
}

function skipOf(clues: PagingClues): Cut {
  const skip = offsetInput(clues);
  return skip === undefined ? {} : { skip: skip.input };
}

/** The input that the style itself counts in cuts nothing else. */
function without(cut: Cut, input: string): Cut {
  return Object.fromEntries(Object.entries(cut).filter(([, value]) => value !== input));
}

function kinds(schema: JsonSchema, lookup: Lookup): string[] {
  const target = resolved(schema, lookup);
  const alternatives = (target?.anyOf ?? []).flatMap((member) => kinds(member, lookup));
  return [...(target === undefined ? [] : typesOf(target)), ...alternatives];
}

const isText = (schema: JsonSchema, lookup: Lookup): boolean => kinds(schema, lookup).includes('string');
const isNumber = (schema: JsonSchema, lookup: Lookup): boolean =>
  kinds(schema, lookup).some((kind) => kind === 'integer' || kind === 'number');
const isFlag = (schema: JsonSchema, lookup: Lookup): boolean => kinds(schema, lookup).includes('boolean');
const isScalar = (schema: JsonSchema, lookup: Lookup): boolean => isText(schema, lookup) || isNumber(schema, lookup);

function isUrl(schema: JsonSchema, lookup: Lookup): boolean {
  const target = resolved(schema, lookup);
  return target?.format === 'uri' || target?.format === 'url' || /\b(url|uri|link)\b/i.test(target?.description ?? '');
}
