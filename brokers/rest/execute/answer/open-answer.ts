import type { FileStream, ItemStream, StreamedResult } from '../../../broker.js';
import { textDecoder } from '../../../http/charset.js';
import { fileHead } from '../../../http/file-head.js';
import type { UpstreamRequest, UpstreamResponse } from '../../../http/upstream.js';
import type { AnswerPlan, RequestPlan } from '../../plan.js';
import type { Inputs } from '../body/body.js';
import { type Accepted, accept } from './accept.js';
import { arriving } from './items/arriving.js';
import { type ItemCodec, isItemCodec, itemReader } from './items/item-reader.js';
import { readWhole } from './parse-answer.js';
import { nameOf, typedFault } from './unreadable.js';

/**
 * Reads an answer as it arrives, where it is a file or items one after another; whole, where it is anything else.
 *
 * @throws UpstreamError UPSTREAM_REFUSED with `extensions.upstream` for an error status, UPSTREAM_UNREADABLE
 */
export async function openAnswer(
  plan: RequestPlan,
  request: UpstreamRequest,
  response: UpstreamResponse,
  inputs: Inputs,
): Promise<StreamedResult> {
  const accepted = await accept(plan, request, response);
  const { reading } = accepted;
  if (reading === 'binary' || reading === 'multipart') return file(response);
  if (accepted.plan !== undefined && reading !== undefined && reading !== 'json-or-text' && isItemCodec(reading))
    return items(reading, accepted.plan, accepted, request, response);
  return await readWhole(plan, accepted, request, response, inputs);
}

function file(response: UpstreamResponse): FileStream {
  const bytes = response.stream({ deadline: 'idle' });
  return { file: fileHead(response), bytes, close: () => void bytes.destroy() };
}

/** Items without end are no fault: only the length of one is limited. */
function items(
  codec: ItemCodec,
  plan: AnswerPlan,
  { contentType }: Accepted,
  request: UpstreamRequest,
  response: UpstreamResponse,
): ItemStream {
  // An event stream is UTF-8, whatever it says (WHATWG HTML §9.2.4).
  const decoder = textDecoder(codec === 'event-stream' ? undefined : contentType, nameOf(request));
  const body = response.stream({ deadline: 'idle', maxBytes: Number.POSITIVE_INFINITY });
  const typed = (error: unknown) => typedFault(error, request, contentType, codec);
  return { arriving: arriving(body, decoder, itemReader(codec, plan), typed), close: () => void body.destroy() };
}
