import { STATUS_CODES } from 'node:http';
import { type SmartwrightError, UpstreamError } from '../../../../config/model/errors.js';
import { isJsonType } from '../../../http/media-type.js';
import type { UpstreamResponse } from '../../../http/upstream.js';
import { parseJson } from '../json/json.js';

/** Characters of an error's body that are passed on. */
const MAX_BODY = 64 * 1024;

/** Headers that tell a caller something and hold no secret. */
const passedOn =
  /^(content-type|content-language|date|retry-after|allow|etag|last-modified|www-authenticate|deprecation|sunset|(x-)?(request|correlation|trace|amzn-requestid|ms-request)-?id|traceparent|(x-)?rate-?limit.*|x-ms-.*request-id)$/;

/** What the service said when it refused: `extensions.upstream` of the error. */
export interface UpstreamRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** JSON where it is JSON, else text of at most 64 KiB; null when there was none, or none that could be read. */
  readonly body: unknown;
}

/** The error for an answer that is a refusal. Its message has nothing of the body, which may hold anything. */
export async function refusal(what: string, response: UpstreamResponse): Promise<SmartwrightError> {
  const { status } = response;
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => passedOn.test(name)));
  const upstream: UpstreamRefusal = { status, headers, body: await bodyOf(response) };
  const reason = STATUS_CODES[status];
  const message = `${what}: the service answered ${status}${reason === undefined ? '' : ` ${reason}`}.`;
  return new UpstreamError('UPSTREAM_REFUSED', message, { extensions: { upstream } });
}

async function bodyOf(response: UpstreamResponse): Promise<unknown> {
  try {
    const text = await response.text();
    if (text === '') return null;
    if (text.length > MAX_BODY) return text.slice(0, MAX_BODY);
    const type = response.headers['content-type'];
    return isJsonType(String(type ?? '')) || /^\s*[[{]/.test(text) ? jsonOr(text) : text;
  } catch (error) {
    // The refusal itself is the news; a body that cannot be read takes nothing from it.
    if (error instanceof UpstreamError) return null;
    throw error;
  }
}

function jsonOr(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
