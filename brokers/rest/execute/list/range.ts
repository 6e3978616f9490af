import type { MethodCall, Range } from '../../../broker.js';
import type { PagingPlan } from '../../plan.js';
import { planOf } from '../execute.js';

type Input = MethodCall['input'];
type Pushed = { readonly input: Input; readonly skip: number };

/** The largest page that is asked for where the service does not say how large one may be. */
const MODEST_PAGE = 50;

/**
 * Leaves it to the service how many items come and from where, as far as the method's inputs can say so. What the caller has
 * said by an input is left as it is.
 */
export function pushRange(call: MethodCall, range: Range): Pushed {
  const paging = planOf(call).list?.paging;
  if (paging === undefined) return { input: call.input, skip: range.skip };
  const byPage = paging.style === 'page' ? pushPage(call.input, paging, range) : undefined;
  return byPage ?? pushSize(pushSkip(call.input, paging, range.skip), paging, range);
}

/** Whole pages are left out by number, where it is sure that the service keeps to the size. */
function pushPage(
  input: Input,
  paging: Extract<PagingPlan, { style: 'page' }>,
  { skip, top }: Range,
): Pushed | undefined {
  const { input: name, size, maxSize, first = 1 } = paging;
  if (size === undefined || maxSize === undefined || skip === 0 || input[name] !== undefined) return undefined;
  const page = input[size] ?? Math.min(top ?? maxSize, maxSize);
  if (typeof page !== 'number' || page < 1 || page > maxSize) return undefined;
  return { input: { ...input, [size]: page, [name]: first + Math.floor(skip / page) }, skip: skip % page };
}

function pushSkip(input: Input, paging: PagingPlan, skip: number): Pushed {
  const name = paging.style === 'offset' ? paging.input : paging.skip;
  if (name === undefined || skip === 0 || input[name] !== undefined) return { input, skip };
  return { input: { ...input, [name]: skip }, skip: 0 };
}

/** The size stays the same for all pages: page numbers count in it. */
function pushSize({ input, skip }: Pushed, paging: PagingPlan, { top }: Range): Pushed {
  const { size } = paging;
  if (size === undefined || top === undefined || input[size] !== undefined) return { input, skip };
  return { input: { ...input, [size]: Math.min(top + skip, mostOf(paging)) }, skip };
}

/** OData's `$top` counts the items of all pages (OData 4.01 §11.2.6.3), and where there is one page only, any size does so. */
function mostOf({ style, size, maxSize }: PagingPlan): number {
  return maxSize ?? (style === 'none' || size === '$top' ? Number.POSITIVE_INFINITY : MODEST_PAGE);
}
