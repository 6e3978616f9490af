import type { IncomingMessage } from 'node:http';
import { CallerError } from '../../config/model/errors.js';
import { parseJson } from './json.js';

const nothing = Buffer.alloc(0);

/**
 * The whole body.
 *
 * @param limit bytes
 * @throws CallerError PAYLOAD_TOO_LARGE; CANCELLED when the caller goes away before it is there
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) {
    drain(request);
    return Promise.reject(tooLarge(limit));
  }
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let length = 0;
    const stop = (error: Error) => {
      request.removeAllListeners('data');
      drain(request);
      reject(error);
    };
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) stop(tooLarge(limit));
      else if (first === undefined) first = chunk;
      else if (more === undefined) more = [first, chunk];
      else more.push(chunk);
    });
    request.on('end', () => resolve(more === undefined ? (first ?? nothing) : Buffer.concat(more, length)));
    request.on('error', (cause) => reject(new CallerError('CANCELLED', 'The caller went away.', { cause })));
  });
}

/** What is still on its way is dropped, so that the answer gets through; the connection closes after it. */
function drain(request: IncomingMessage): void {
  request.resume();
}

/** Whether the request has a body at all (RFC 9112 §6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * The body as JSON; undefined when it is empty.
 *
 * @param limit bytes
 * @throws CallerError REQUEST_INVALID, UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  requireMediaType(request, isJson, 'application/json');
  const body = await readBody(request, limit);
  return body.length === 0 ? undefined : parseJson(decode(body));
}

/**
 * The body as the fields of an HTML form.
 *
 * @throws CallerError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, REQUEST_INVALID
 */
export async function readForm(request: IncomingMessage, limit: number): Promise<URLSearchParams> {
  requireMediaType(request, isForm, 'application/x-www-form-urlencoded');
  const text = decode(await readBody(request, limit));
  if (/%00|\0/.test(text)) throw new CallerError('REQUEST_INVALID', 'The form has a NUL character; no field has one.');
  return new URLSearchParams(text);
}

const isJson = (type: string): boolean =>
  type === 'application/json' || /^application\/(json|[\w.!#$&^-]+\+json)(\s*;\s*charset="?utf-8"?)?\s*$/i.test(type);

const isForm = (type: string): boolean => /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);

function requireMediaType({ headers }: IncomingMessage, accepts: (type: string) => boolean, wanted: string): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new CallerError('UNSUPPORTED_MEDIA_TYPE', `The body is encoded as ${quoted(encoding)}; send it as it is.`);
  }
  const type = headers['content-type'];
  if (type !== undefined && accepts(type)) return;
  const sent = type === undefined ? 'has no Content-Type' : `is ${quoted(type)}`;
  throw new CallerError('UNSUPPORTED_MEDIA_TYPE', `The body ${sent}; send ${wanted} in UTF-8.`);
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 100));

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Short bodies take the quick way; `Buffer` writes U+FFFD for what is no UTF-8, and then the strict decoder decides. */
function decode(body: Buffer): string {
  const text = body.toString('utf8');
  if (!text.includes('\ufffd')) return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new CallerError('REQUEST_INVALID', 'The body is not UTF-8.', { cause });
  }
}

const tooLarge = (limit: number): CallerError =>
  new CallerError('PAYLOAD_TOO_LARGE', `The body is larger than the ${limit} bytes that are accepted.`);
