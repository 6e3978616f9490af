import { Readable } from 'node:stream';
import { UpstreamError } from '../../config/model/errors.js';
import type { UpstreamRequest } from './upstream.js';

/** Redirects that are followed for one request. */
export const MAX_REDIRECTS = 5;

/** Headers of the caller that go along to another host: none that could carry a secret. */
const harmless = new Set(['accept', 'accept-language', 'accept-encoding', 'user-agent']);

/** Headers that describe a body, and go with it. */
const ofBody = ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location'];

export interface Redirect {
  readonly request: UpstreamRequest;
  /** To another origin: credentials stay behind. */
  readonly away: boolean;
}

/**
 * The request that a redirecting answer asks for (RFC 9110 §15.4); undefined when the answer is to be taken as it is: it is no
 * redirect, or following it would send a body to another origin or change a method that is not safe.
 *
 * @param url the URL that answered
 * @throws UpstreamError UPSTREAM_UNREADABLE for a location that is no URL
 */
export function redirect(
  request: UpstreamRequest,
  status: number,
  location: string | undefined,
  url: string,
  what: string,
): Redirect | undefined {
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const next = absolute(location, url, what);
  const away = next.origin !== new URL(url).origin;
  if (status === 303 && !reading) return { away, request: { ...asGet(request, away), url: next.href } };
  const repeatable = reading || status === 307 || status === 308;
  if (!repeatable) return undefined;
  if (!reading && away) return undefined;
  if (request.body !== undefined && (away || isStream(request.body))) return undefined;
  return { away, request: { ...request, headers: headersFor(request, away), url: next.href } };
}

/** Whether a body can be sent once only. */
export function isStream(body: UpstreamRequest['body']): boolean {
  return body instanceof Readable;
}

function absolute(location: string, base: string, what: string): URL {
  try {
    const url = new URL(location, base);
    url.hash = '';
    return url;
  } catch (cause) {
    throw new UpstreamError('UPSTREAM_UNREADABLE', `${what}: the answer redirects to something that is no URL.`, {
      cause,
    });
  }
}

/** RFC 9110 §15.4.4: a 303 is followed with GET, whatever was sent. */
function asGet(request: UpstreamRequest, away: boolean): UpstreamRequest {
  const { body: _, withToken: __, idempotent: ___, ...rest } = request;
  const headers = { ...headersFor(request, away) };
  for (const name of ofBody) delete headers[name];
  return { ...rest, method: 'GET', headers };
}

function headersFor(request: UpstreamRequest, away: boolean): Record<string, string | readonly string[]> {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(away ? entries.filter(([name]) => harmless.has(name)) : entries);
}

export function tooManyRedirects(what: string): UpstreamError {
  const message = `${what}: more than ${MAX_REDIRECTS} redirects, or a loop of them.`;
  return new UpstreamError('UPSTREAM_UNREADABLE', message);
}
