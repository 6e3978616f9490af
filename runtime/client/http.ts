import { mediaTypeOf, readAnswer } from './answer.js';
import { type Exchange, exchange } from './exchange.js';
import type { Fetch, FetchInit } from './fetch.js';
import { downloadOf, FileDownload } from './file-download.js';
import { parseJson, stringifyJson } from './json.js';
import { isRecord, problemFromDocument } from './problem.js';
import { serverEvents } from './server-events.js';
import type { CallOptions, FlatCallOptions, Transport } from './transport.js';

export interface ConnectOptions {
  /** Where the Smartwright server is, such as `https://smartwright.example`; `''` in a page that it serves itself. */
  readonly url: string;
  /** A program's API key, sent as a bearer token (RFC 6750 §2.1). Absent: the person's session cookie. */
  readonly apiKey?: string | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Whether the browser sends cookies; `include` for a page of another origin. Default: the browser's (`same-origin`). */
  readonly credentials?: FetchInit['credentials'] | undefined;
  /** Further headers of each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What each kind of call accepts; a problem is told in any case. */
const accepts = {
  call: 'application/json, application/problem+json',
  stream: 'text/event-stream, application/json;q=0.5, application/problem+json',
  download: 'application/octet-stream, application/json;q=0.5, application/problem+json',
} as const;

/** Reaches a Smartwright server over HTTP. Works in browsers and in Node.js. Nothing is sent until a method is called. */
export function connect(options: ConnectOptions): Transport {
  const base = `${options.url.replace(/\/+$/, '')}/api/smartobjects`;
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const headers: Record<string, string> = { ...options.headers, 'content-type': 'application/json' };
  if (options.apiKey !== undefined) headers.authorization = `Bearer ${options.apiKey}`;

  function send(
    kind: keyof typeof accepts,
    object: string,
    method: string,
    input: unknown,
    callOptions: CallOptions | FlatCallOptions | undefined,
  ): Promise<Exchange> {
    const query = callOptions?.shape === undefined ? '' : `?shape=${callOptions.shape}`;
    const url = `${base}/${encodeURIComponent(object)}/${encodeURIComponent(method)}${query}`;
    const init: FetchInit = {
      method: 'POST',
      headers: { ...headers, accept: accepts[kind] },
      body: stringifyJson(input ?? {}),
    };
    if (options.credentials !== undefined) init.credentials = options.credentials;
    return exchange(fetch, url, init, callOptions);
  }

  return {
    async call(...args) {
      const sent = await send('call', ...args);
      return readAnswer(sent.answer, await sent.text(), sent.url);
    },
    async *stream(...args) {
      const sent = await send('stream', ...args);
      if (!sent.answer.ok || mediaTypeOf(sent.answer) !== 'text/event-stream') {
        const value = readAnswer(sent.answer, await sent.text(), sent.url);
        yield* Array.isArray(value) ? value : [value];
        return;
      }
      for await (const { event, data } of serverEvents(sent.bytes())) {
        const value = parseJson(data);
        if (event === 'problem' && isRecord(value)) throw problemFromDocument(Number(value.status), value);
        yield value;
      }
    },
    async download(...args) {
      const sent = await send('download', ...args);
      const { answer } = sent;
      const disposition = answer.headers.get('content-disposition');
      if (!answer.ok || disposition === null) {
        return downloadOf(readAnswer(answer, await sent.text(), sent.url), sent.url);
      }
      const name = fileNameIn(disposition);
      const size = answer.headers.get('content-length');
      const head = {
        mediaType: mediaTypeOf(answer),
        ...(name === undefined ? {} : { name }),
        ...(size === null ? {} : { size: Number(size) }),
      };
      return new FileDownload(head, sent.bytes(), () => sent.cancel());
    },
  };
}

/** The server writes one form only: `filename*=UTF-8''…` (RFC 8187). */
function fileNameIn(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}
