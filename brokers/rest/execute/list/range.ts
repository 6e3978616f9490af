import type { MethodCall, Range } from '../../../broker.js';
import type { PagingPlan } from '../../plan.js';
import { planOf } from '../execute.js';

type Input = MethodCall['input'];

/** The largest page that is asked for where the service does not say how large one may be. */
const MODEST_PAGE = 50;

/**
 * Leaves it to the service how many items come and from where, as far as the method's inputs can say so. What the caller has
 * said by an input is left as it is.
 */
export function pushRange(call: MethodCall, range: Range): { input: Input; skip: number } {
  const paging = planOf(call).list?.paging;
  if (paging === undefined) return { input: call.input, skip: range.skip };
  const sized = withSize(call.input, paging, range);
  return paging.style === 'page' ? byPage(sized, paging, range) : bySkip(sized, paging, range);
}

/** The size stays the same for all pages: page numbers count in it. */
function withSize(input: Input, { size, maxSize = MODEST_PAGE }: PagingPlan, { top }: Range): Input {
  if (size === undefined || top === undefined || input[size] !== undefined) return input;
  return { ...input, [size]: Math.min(top, maxSize) };
}

function bySkip(input: Input, paging: PagingPlan, { skip }: Range): { input: Input; skip: number } {
  const name = paging.style === 'offset' ? paging.input : paging.skip;
  if (name === undefined || skip === 0 || input[name] !== undefined) return { input, skip };
  return { input: { ...input, [name]: skip }, skip: 0 };
}

/** Whole pages are left out by number, where it is sure that the service keeps to the size. */
function byPage(
  input: Input,
  { input: name, size, maxSize, first = 1 }: Extract<PagingPlan, { style: 'page' }>,
  { skip }: Range,
): { input: Input; skip: number } {
  const asked = size === undefined ? undefined : input[size];
  const kept = typeof asked === 'number' && asked > 0 && maxSize !== undefined && asked <= maxSize;
  if (!kept || skip === 0 || input[name] !== undefined) return { input, skip };
  return { input: { ...input, [name]: first + Math.floor(skip / asked) }, skip: skip % asked };
}
