import { UpstreamError } from '../../config/model/errors.js';
import type { UpstreamResponse } from './upstream.js';

/** Characters of a body that are passed on. */
const MAX_BODY = 64 * 1024;

/** Headers that tell a caller something and hold no secret. */
const passedOn =
  /^(content-type|content-language|date|retry-after|allow|etag|last-modified|www-authenticate|deprecation|sunset|(x-)?(request|correlation|trace|amzn-requestid|ms-request)-?id|traceparent|(x-)?rate-?limit.*|x-ms-.*request-id)$/;

/** What a service said when it refused. */
export interface Refused {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Null when there was none, or none that could be read; text of at most 64 KiB where it was longer. */
  readonly body: unknown;
}

type Read = (text: string) => unknown;

/** @param read makes of a body's text, at most 64 KiB and not empty, what is passed on; it does not throw */
export async function readRefused(response: UpstreamResponse, read: Read): Promise<Refused> {
  return refusedOf(response.status, response.headers, await textOf(response), read);
}

/** The same of an answer that came within another. */
export function refusedOf(status: number, headers: Refused['headers'], text: string, read: Read): Refused {
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => passedOn.test(name))),
    body: text === '' ? null : text.length > MAX_BODY ? text.slice(0, MAX_BODY) : read(text),
  };
}

async function textOf(response: UpstreamResponse): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    // The refusal itself is the news; a body that cannot be read takes nothing from it.
    if (error instanceof UpstreamError) return '';
    throw error;
  }
}
