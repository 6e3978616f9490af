import { UpstreamError } from '../../../../config/model/errors.js';
import { essence } from '../../../http/media-type.js';
import type { UpstreamRequest } from '../../../http/upstream.js';
import { XmlSyntaxError } from '../../../xml/index.js';
import type { Reading } from './decode.js';

/** The error for an answer that cannot be read. */
export function unreadable(request: UpstreamRequest, reason: string, cause?: unknown): UpstreamError {
  return new UpstreamError('UPSTREAM_UNREADABLE', `${nameOf(request)}: the answer cannot be read: ${reason}.`, {
    cause,
  });
}

/** What a parser threw, as the error for an answer that is not what its media type says; anything else as it is. */
export function typedFault(
  error: unknown,
  request: UpstreamRequest,
  contentType: string | undefined,
  reading: Reading,
): unknown {
  if (!(error instanceof SyntaxError || error instanceof XmlSyntaxError || error instanceof RangeError)) return error;
  const reason = error instanceof XmlSyntaxError ? `: ${error.message}` : '';
  const type = contentType === undefined ? 'no media type' : `media type ${essence(contentType)}`;
  return unreadable(request, `it came with ${type} and is not valid ${reading}${reason}`, error);
}

/** `GET api.example.com/contacts`: a request in messages, without its query. */
export function nameOf({ method, url }: UpstreamRequest): string {
  return `${method} ${url.replace(/[?#].*$/s, '').replace(/^https?:\/\//, '')}`;
}
