import {
  CallerError,
  ConfigurationError,
  type ErrorCode,
  errorStatus,
  type FieldError,
  RuntimeError,
} from '../../../config/model/errors.js';
import { parseJson, stringifyJson } from '../../client/json.js';
import { UsageError } from '../usage-error.js';

export interface AskOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the server and gives its answer, undefined when it has none. @throws SmartwrightError with the server's own code */
export type Ask = (method: string, path: string, options?: AskOptions) => Promise<unknown>;

/** The HTTP face of a server. @throws UsageError when the URL is none */
export function connectServer(server: string, apiKey: string | undefined): { readonly url: string; readonly ask: Ask } {
  if (!/^https?:\/\//i.test(server) || !URL.canParse(server)) {
    throw new UsageError(`"${server}" is not a server's URL: write it as https://smartwright.example.com.`);
  }
  const url = server.replace(/\/+$/, '');
  const identity: Record<string, string> =
    apiKey === undefined || apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` };
  return {
    url,
    async ask(method, path, { body, signal, headers: more = {} } = {}) {
      const headers = {
        accept: 'application/json',
        ...identity,
        ...more,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const content = body === undefined ? {} : { body: stringifyJson(body) };
      let answer: Response;
      let text: string;
      try {
        answer = await fetch(url + path, { method, headers, redirect: 'error', signal: signal ?? null, ...content });
        text = await answer.text();
      } catch (error) {
        throw unreachable(url, error, signal);
      }
      if (!answer.ok) throw problem(url, answer, text);
      if (text === '') return undefined;
      if (!isJson(answer)) throw notSmartwright(url, answer);
      return parseJson(text);
    },
  };
}

const isJson = (answer: Response): boolean => /[/+]json\b/.test(answer.headers.get('content-type') ?? '');

function unreachable(url: string, cause: unknown, signal: AbortSignal | undefined): Error {
  if (signal?.aborted === true) return new CallerError('CANCELLED', 'The command was stopped.', { cause });
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
  const message = `No answer from ${url}: ${inner}. Is the server running there? Start one with: smartwright start`;
  return new RuntimeError('UPSTREAM_UNREACHABLE', message, { cause });
}

/** The error that an RFC 9457 answer tells of. */
function problem(url: string, answer: Response, text: string): Error {
  const body: unknown = isJson(answer) ? parseJson(text) : undefined;
  if (typeof body !== 'object' || body === null || !('code' in body)) return notSmartwright(url, answer);
  const { type: _type, title, status: _status, detail, code, fields, ...extensions } = body as Problem;
  const known: ErrorCode = code in errorStatus ? code : 'INTERNAL';
  const hint = known === 'AUTHENTICATION_REQUIRED' ? ' Give an API key by --api-key or SMARTWRIGHT_API_KEY.' : '';
  return new CallerError(known, `${detail ?? title ?? code}${hint}`, { fields: fields ?? [], extensions });
}

interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code: ErrorCode;
  readonly fields?: readonly FieldError[];
  readonly [member: string]: unknown;
}

function notSmartwright(url: string, answer: Response): Error {
  const found = `${answer.status} ${answer.headers.get('content-type') ?? 'without a media type'}`;
  return new ConfigurationError(
    'REQUEST_INVALID',
    `${url} does not answer as a Smartwright server: it answered ${found}.`,
  );
}
