import type { Upstream } from '../../../brokers/http/upstream.js';

/** Bytes of an answer that are read. */
const maxBytes = 1024 * 1024;
/** Milliseconds. */
const timeout = 15_000;

/** What `oauth4webapi` hands to a fetch of one's own. */
interface FetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | Uint8Array | ArrayBuffer | ReadableStream | string | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The guarded transport in the form that `oauth4webapi` asks for; credentials follow no redirect. */
export function guardedFetch(http: Upstream): (url: string, options: FetchOptions) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    const content = body instanceof URLSearchParams ? { body: body.toString() } : {};
    const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const answer = await http.send({
      ...{ method, url, headers: lowered, timeout, maxBytes },
      ...{ ...content, redirects: 'manual', idempotent: method === 'GET' },
    });
    const type = answer.headers['content-type'];
    return new Response(await answer.text(), {
      status: answer.status,
      headers: typeof type === 'string' ? { 'content-type': type } : {},
    });
  };
}
