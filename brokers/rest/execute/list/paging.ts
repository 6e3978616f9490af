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
  none: () => undefined,
  'link-header': (_, { headers }) => byUrl(nextLink(headers.link)),
  'next-url': ({ from }, { root }) => byUrl(at(root, from)),
  cursor: ({ from, input, more = [] }, { root, inputs }) => {
    const cursor = at(root, from);
    // The same cursor again would ask for the same page for ever.
    return at(root, more) === false || cursor === inputs[input] ? undefined : byInput(input, cursor);
  },
  'last-item': (plan, page) =>
    isLast(page, plan) ? undefined : byInput(plan.input, at(page.items.at(-1), [plan.key])),
  page: (plan, page) =>
    isLast(page, plan) ? undefined : byInput(plan.input, numberOf(page.inputs[plan.input], plan.first ?? 1) + 1),
  offset: (plan, page) =>
    isLast(page, plan) ? undefined : byInput(plan.input, numberOf(page.inputs[plan.input], 0) + page.items.length),
};

/** The `next` of a page; undefined on the last one. */
export function nextOf(paging: PagingPlan | undefined, page: Page): string | undefined {
  if (paging === undefined) return undefined;
  const find = styles[paging.style] as (plan: PagingPlan, page: Page) => Continuation | undefined;
  const next = find(paging, page);
  return next === undefined ? undefined : writeContinuation(next);
}

/** A page shorter than this is a short one, where the service does not say how large its pages may be. */
const SURE_PAGE = 20;

/**
 * The last page is one that says so, and one with no items. Where nothing is said, it is one with fewer items than were asked
 * for; a service may give fewer than that on every page, so only what it surely could have given counts.
 */
function isLast(
  { items, inputs, root }: Page,
  { more, size, maxSize = SURE_PAGE }: Extract<PagingPlan, { more?: unknown }>,
): boolean {
  if (items.length === 0) return true;
  const said = more === undefined ? undefined : at(root, more);
  if (typeof said === 'boolean') return !said;
  const asked = size === undefined ? Number.NaN : numberOf(inputs[size], Number.NaN);
  return items.length < Math.min(asked, maxSize);
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
