import type { MethodResult } from '../../../broker.js';
import type { UpstreamRequest, UpstreamResponse } from '../../../http/upstream.js';
import type { ListPlan, RequestPlan } from '../../plan.js';
import type { Inputs } from '../body/body.js';
import { readContinuation } from '../list/continuation.js';
import { itemsOf, metaOf } from '../list/items.js';
import { nextOf } from '../list/paging.js';
import { isRecord } from '../scalar.js';
import { type Accepted, accept } from './accept.js';
import { declaredHeaders } from './declared-headers.js';
import { decodeBody } from './decode.js';
import { typedFault } from './unreadable.js';

/**
 * Reads a whole answer by its plan.
 *
 * @throws UpstreamError UPSTREAM_REFUSED with `extensions.upstream` for an error status, UPSTREAM_UNREADABLE
 */
export async function parseAnswer(
  plan: RequestPlan,
  request: UpstreamRequest,
  response: UpstreamResponse,
  inputs: Inputs,
): Promise<MethodResult> {
  const accepted = accept(plan, request, response);
  return await readWhole(plan, accepted instanceof Promise ? await accepted : accepted, request, response, inputs);
}

/** Reads the body of an answer that was accepted. @throws UpstreamError UPSTREAM_UNREADABLE */
export async function readWhole(
  { list }: RequestPlan,
  accepted: Accepted,
  request: UpstreamRequest,
  response: UpstreamResponse,
  inputs: Inputs,
): Promise<MethodResult> {
  const value = await read(accepted, request, response);
  const headers = declaredHeaders(accepted.plan, response);
  return list === undefined ? { value: withHeaders(value, headers) } : listOf(list, value, response, inputs, headers);
}

async function read(
  { plan, reading, contentType }: Accepted,
  request: UpstreamRequest,
  response: UpstreamResponse,
): Promise<unknown> {
  if (plan === undefined || reading === undefined) return undefined;
  try {
    return await decodeBody(response, plan, reading);
  } catch (error) {
    throw typedFault(error, request, contentType, reading);
  }
}

/** Declared headers as `$headers` of an object, or of a result that has no body. */
function withHeaders(value: unknown, headers: Record<string, unknown> | undefined): unknown {
  if (headers === undefined) return value;
  return value === undefined || isRecord(value) ? { ...value, $headers: headers } : value;
}

function listOf(
  list: ListPlan,
  root: unknown,
  response: UpstreamResponse,
  given: Inputs,
  headers: Record<string, unknown> | undefined,
): MethodResult {
  const items = itemsOf(list, root);
  const beside = metaOf(list, root);
  const meta = headers === undefined ? beside : { ...beside, $headers: headers };
  const inputs = given.$next === undefined ? given : { ...given, ...readContinuation(given.$next, list.paging).inputs };
  const next = nextOf(list.paging, { headers: response.headers, root, items, inputs });
  return { items, ...(next === undefined ? {} : { next }), ...(meta === undefined ? {} : { meta }) };
}
