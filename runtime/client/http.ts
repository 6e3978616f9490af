import { deadlineOf } from './deadline.js';
import { parseJson, stringifyJson } from './json.js';
import { clientProblem, isRecord, type Problem, problemFromDocument } from './problem.js';
import type { CallOptions, FlatCallOptions, Transport } from './transport.js';

/** The part of an answer that the client reads. */
export interface FetchAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>;

export interface FetchInit {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
  signal?: AbortSignal;
  credentials?: 'omit' | 'same-origin' | 'include';
}

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

/** Reaches a Smartwright server over HTTP. Works in browsers and in Node.js. Nothing is sent until a method is called. */
export function connect(options: ConnectOptions): Transport {
  const base = `${options.url.replace(/\/+$/, '')}/api/smartobjects`;
  const send: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const headers: Record<string, string> = {
    ...options.headers,
    accept: 'application/json, application/problem+json',
    'content-type': 'application/json',
  };
  if (options.apiKey !== undefined) headers.authorization = `Bearer ${options.apiKey}`;

  return {
    async call(object, method, input, callOptions) {
      const query = callOptions?.shape === undefined ? '' : `?shape=${callOptions.shape}`;
      const url = `${base}/${encodeURIComponent(object)}/${encodeURIComponent(method)}${query}`;
      const init: FetchInit = { method: 'POST', headers: { ...headers }, body: stringifyJson(input ?? {}) };
      if (options.credentials !== undefined) init.credentials = options.credentials;
      const { answer, text } = await exchange(send, url, init, callOptions);
      return readAnswer(answer, text, url);
    },
  };
}

async function exchange(send: Fetch, url: string, init: FetchInit, options: CallOptions | FlatCallOptions | undefined) {
  const deadline = deadlineOf(options);
  if (deadline.signal !== undefined) init.signal = deadline.signal;
  try {
    const answer = await send(url, init);
    return { answer, text: await answer.text() };
  } catch (cause) {
    const reason = deadline.reason();
    if (reason === 'TIMEOUT') {
      throw clientProblem(reason, `${url} did not answer within ${options?.timeout} ms.`, { cause });
    }
    if (reason === 'CANCELLED') throw clientProblem(reason, `The call of ${url} was cancelled.`, { cause });
    throw clientProblem('NETWORK', `${url} cannot be reached: ${messageOf(cause)}. Check the URL and the network.`, {
      cause,
    });
  }
}

/** `fetch` says only "fetch failed" and keeps the reason in `cause`. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function readAnswer(answer: FetchAnswer, text: string, url: string): unknown {
  if (answer.ok && text === '') return undefined;
  const mediaType = (answer.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isJson = mediaType === 'application/json' || mediaType.endsWith('+json');
  if (!isJson) throw unreadable(answer.status, url, mediaType === '' ? 'no content type' : mediaType);
  let document: unknown;
  try {
    document = parseJson(text);
  } catch (cause) {
    throw unreadable(answer.status, url, 'malformed JSON', cause);
  }
  if (answer.ok) return document;
  throw isRecord(document) ? problemFromDocument(answer.status, document) : unreadable(answer.status, url, mediaType);
}

function unreadable(status: number, url: string, what: string, cause?: unknown): Problem {
  const detail = `${url} answered ${status} with ${what}, which no Smartwright server does. Check the URL and any proxy before it.`;
  return clientProblem('ANSWER_UNREADABLE', detail, { status, cause });
}
