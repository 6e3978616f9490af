import { essence } from '../../../http/media-type.js';
import type { UpstreamRequest, UpstreamResponse } from '../../../http/upstream.js';
import type { AnswerPlan, RequestPlan } from '../../plan.js';
import { type Reading, readingOf } from './decode.js';
import { refusal } from './refusal.js';
import { select } from './select.js';
import { nameOf, unreadable } from './unreadable.js';

/** An answer that is a success, and how it is to be read. */
export interface Accepted {
  /** Undefined when the descriptor declares no success. */
  readonly plan: AnswerPlan | undefined;
  /** Undefined when there is no body. */
  readonly reading: Reading | undefined;
  /** As the service sent it. */
  readonly contentType: string | undefined;
}

/**
 * Decides by the head of an answer what it is.
 *
 * A promise only for an error status: it waits for what the service says.
 *
 * @throws UpstreamError UPSTREAM_REFUSED with `extensions.upstream` for an error status; UPSTREAM_UNREADABLE for a media type
 *   that the descriptor does not declare
 */
export function accept(
  { answers, errors = [] }: RequestPlan,
  request: UpstreamRequest,
  response: UpstreamResponse,
): Accepted | Promise<Accepted> {
  const header = response.headers['content-type'];
  const contentType = Array.isArray(header) ? header[0] : header;
  const selection = select(answers, response.status, contentType);
  if (!selection.ok) return refusal(nameOf(request), response, errors);
  const { plan, declared } = selection;
  if (isEmpty(request, response) || (plan === undefined && declared.length === 0)) {
    response.discard();
    return { plan, reading: undefined, contentType };
  }
  if (plan !== undefined) return { plan, reading: readingOf(plan, contentType), contentType };
  response.discard();
  throw unreadable(
    request,
    `it is ${essence(contentType ?? 'nothing')}, and the descriptor declares ${typesOf(declared)}`,
  );
}

/** Answers that have no body (RFC 9110 §6.4.1), and those that say that theirs is empty. */
function isEmpty({ method }: UpstreamRequest, { status, headers }: UpstreamResponse): boolean {
  return status === 204 || status === 205 || status === 304 || method === 'HEAD' || headers['content-length'] === '0';
}

function typesOf(answers: readonly AnswerPlan[]): string {
  const types = new Set(answers.map(({ mediaType }) => mediaType).filter((type) => type !== undefined));
  return types.size === 0 ? 'no content' : [...types].join(', ');
}
