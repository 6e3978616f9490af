import type { UpstreamResponse } from '../../../http/upstream.js';
import type { PagingPlan } from '../../plan.js';
import { isAbsent, isRecord } from '../scalar.js';
import { type Continuation, writeContinuation } from './continuation.js';
import { nextLink } from './next-url.js';

/** What tells whether and where there is another page. */
export interface Page {
  readonly headers: UpstreamResponse['headers'];
  /** The answer's root. */
  readonly root: unknown;
  readonly items: readonly unknown[];
  /** The inputs of the call that this page answers, its continuation included. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Style = PagingPlan['style'];
type NextOf<S extends Style> = (plan: Extract<PagingPlan, { style: S }>, page: Page) => Continuation | undefined;

/** How each style of paging finds the page that follows. */
const styles: { readonly [S in Style]: NextOf<S> } = {
  'link-header': (_, { headers }) => byUrl(nextLink(headers.link)),
  'next-url': ({ from }, { root }) => byUrl(at(root, from)),
  cursor: ({ from, input, more = [] }, { root, inputs }) => {
    const cursor = at(root, from);
    // The same cursor again would ask for the same page for ever.
    return at(root, more) === false || cursor === inputs[input] ? undefined : byInput(input, cursor);
  },
  'last-item': ({ more, key, input }, { root, items }) =>
    at(root, more) === true ? byInput(input, at(items.at(-1), [key])) : undefined,
  page: ({ input, size, first }, page) =>
    isLast(page, size) ? undefined : byInput(input, numberOf(page.inputs[input], first) + 1),
  offset: ({ input, size }, page) =>
    isLast(page, size) ? undefined : byInput(input, numberOf(page.inputs[input], 0) + page.items.length),
};

/** The `next` of a page; undefined on the last one. */
export function nextOf(paging: PagingPlan | undefined, page: Page): string | undefined {
  if (paging === undefined) return undefined;
  const find = styles[paging.style] as (plan: PagingPlan, page: Page) => Continuation | undefined;
  const next = find(paging, page);
  return next === undefined ? undefined : writeContinuation(next);
}

/** A page with no items, or with fewer than were asked for, is the last. */
function isLast({ items, inputs }: Page, size: string | undefined): boolean {
  const asked = size === undefined ? Number.NaN : numberOf(inputs[size], Number.NaN);
  return items.length === 0 || items.length < asked;
}

function byUrl(url: unknown): Continuation | undefined {
  return typeof url === 'string' && url !== '' ? { url } : undefined;
}

function byInput(input: string, value: unknown): Continuation | undefined {
  if (isAbsent(value) || value === '' || value === false) return undefined;
  return { inputs: { [input]: typeof value === 'number' ? value : String(value) } };
}

function numberOf(value: unknown, otherwise: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : otherwise;
}

/** The value at a path of property names. */
export function at(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const name of path) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
