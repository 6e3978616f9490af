import { UpstreamError } from '../../../../config/model/errors.js';
import type { MethodResult } from '../../../broker.js';
import { essence } from '../../../http/media-type.js';
import type { UpstreamRequest, UpstreamResponse } from '../../../http/upstream.js';
import type { AnswerPlan, ListPlan, RequestPlan } from '../../plan.js';
import type { Inputs } from '../body/body.js';
import { readContinuation } from '../list/continuation.js';
import { itemsOf, metaOf } from '../list/items.js';
import { nextOf } from '../list/paging.js';
import { isRecord } from '../scalar.js';
import { XmlSyntaxError } from '../xml/parse-xml.js';
import { declaredHeaders } from './declared-headers.js';
import { decodeBody } from './decode.js';
import { refusal } from './refusal.js';
import { type Selection, select } from './select.js';

/**
 * Reads an answer by its plan.
 *
 * @throws UpstreamError UPSTREAM_REFUSED with `extensions.upstream` for an error status, UPSTREAM_UNREADABLE
 */
export async function parseAnswer(
  plan: RequestPlan,
  request: UpstreamRequest,
  response: UpstreamResponse,
  inputs: Inputs,
): Promise<MethodResult> {
  const header = response.headers['content-type'];
  const contentType = Array.isArray(header) ? header[0] : header;
  const selection = select(plan.answers, response.status, contentType);
  if (!selection.ok) throw await refusal(nameOf(request), response);
  const value = isEmpty(request, response) ? nothing(response) : await read(selection, request, response, contentType);
  const headers = declaredHeaders(selection.plan, response);
  return plan.list === undefined
    ? { value: withHeaders(value, headers) }
    : listOf(plan.list, value, response, inputs, headers);
}

/** Answers that have no body (RFC 9110 §6.4.1), and those that say that theirs is empty. */
function isEmpty({ method }: UpstreamRequest, { status, headers }: UpstreamResponse): boolean {
  return status === 204 || status === 205 || status === 304 || method === 'HEAD' || headers['content-length'] === '0';
}

function nothing(response: UpstreamResponse): undefined {
  response.discard();
}

async function read(
  { plan, declared }: Extract<Selection, { ok: true }>,
  request: UpstreamRequest,
  response: UpstreamResponse,
  contentType: string | undefined,
): Promise<unknown> {
  if (plan === undefined) {
    if (declared.length === 0) return nothing(response);
    response.discard();
    throw unreadable(
      request,
      `it is ${essence(contentType ?? 'nothing')}, and the descriptor declares ${typesOf(declared)}`,
    );
  }
  try {
    return await decodeBody(response, plan, contentType);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof XmlSyntaxError || error instanceof RangeError)) throw error;
    const reason = error instanceof XmlSyntaxError ? `: ${error.message}` : '';
    const type = contentType === undefined ? 'no media type' : `media type ${essence(contentType)}`;
    throw unreadable(request, `it came with ${type} and is not valid ${plan.codec}${reason}`, error);
  }
}

function typesOf(answers: readonly AnswerPlan[]): string {
  const types = new Set(answers.map(({ mediaType }) => mediaType).filter((type) => type !== undefined));
  return types.size === 0 ? 'no content' : [...types].join(', ');
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

function unreadable(request: UpstreamRequest, reason: string, cause?: unknown): UpstreamError {
  return new UpstreamError('UPSTREAM_UNREADABLE', `${nameOf(request)}: the answer cannot be read: ${reason}.`, {
    cause,
  });
}

function nameOf({ method, url }: UpstreamRequest): string {
  return `${method} ${url.replace(/[?#].*$/s, '').replace(/^https?:\/\//, '')}`;
}
