import type { IncomingMessage, ServerResponse } from 'node:http';
import { CallerError } from '../../config/model/errors.js';

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a method may change something (RFC 9110 §9.2.1). */
export const isUnsafe = (method: string | undefined): boolean => !safe.has(method ?? '');

/**
 * Which web pages may use a person's session: the server's own, and those of the allowed origins. Two things follow from it:
 * protection against cross-site request forgery, and the headers of cross-origin resource sharing (Fetch standard §3.2).
 */
export class Origins {
  readonly #publicUrl: () => string;
  readonly #allowed: ReadonlySet<string>;
  #own: { readonly url: string; readonly origins: ReadonlySet<string> } | undefined;

  constructor(publicUrl: () => string, allowed: readonly string[]) {
    this.#publicUrl = publicUrl;
    this.#allowed = new Set(allowed.map((origin) => origin.replace(/\/$/, '')));
  }

  /** The origin of the public URL, whose pages the server itself makes. */
  get own(): string {
    return new URL(this.#publicUrl()).origin;
  }

  isOwn(origin: string): boolean {
    const url = this.#publicUrl();
    if (this.#own?.url !== url) this.#own = { url, origins: ownOrigins(url) };
    return this.#own.origins.has(origin);
  }

  isAllowed(origin: string): boolean {
    return this.#allowed.has(origin) || this.isOwn(origin);
  }

  /**
   * Refuses an unsafe request that a foreign page may have sent in the name of the person whose session it carries.
   *
   * @throws CallerError FORBIDDEN
   */
  checkSession({ headers }: IncomingMessage): void {
    if (headers['sec-fetch-site'] === 'same-origin') return;
    if (headers.origin !== undefined && this.isAllowed(headers.origin)) return;
    throw new CallerError(
      'FORBIDDEN',
      headers.origin === undefined
        ? 'A request with a session must say by its Origin header which page sends it. A program uses an API key instead.'
        : `Pages of ${JSON.stringify(headers.origin.slice(0, 200))} may not use a person's session. An operator can allow them: SMARTWRIGHT_ALLOWED_ORIGINS.`,
    );
  }

  /**
   * Refuses a form that a foreign page posts before anybody has signed in. A program that sends no browser's headers may post.
   *
   * @throws CallerError FORBIDDEN
   */
  checkForm(request: IncomingMessage): void {
    const { headers } = request;
    if (headers.origin === undefined && headers['sec-fetch-site'] === undefined) return;
    this.checkSession(request);
  }

  /** Adds what a page of an allowed origin needs to read the answer. */
  share({ headers }: IncomingMessage, response: ServerResponse): void {
    if (this.#allowed.size > 0) response.setHeader('vary', 'origin');
    if (headers.origin === undefined || !this.#allowed.has(headers.origin)) return;
    response.setHeader('access-control-allow-origin', headers.origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader(
      'access-control-expose-headers',
      'content-disposition, etag, retry-after, smartwright-answer-faults, x-request-id',
    );
  }

  /** Answers a preflight request. Returns false when it is none. */
  preflight(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, headers } = request;
    if (method !== 'OPTIONS' || headers.origin === undefined) return false;
    if (headers['access-control-request-method'] === undefined) return false;
    this.share(request, response);
    if (this.#allowed.has(headers.origin)) {
      response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE');
      response.setHeader(
        'access-control-allow-headers',
        'authorization, content-type, if-match, if-none-match, x-api-key',
      );
      response.setHeader('access-control-max-age', '600');
    }
    response.writeHead(204).end();
    return true;
  }
}

/** A server on loopback is the same one under each of loopback's names. */
function ownOrigins(publicUrl: string): ReadonlySet<string> {
  const { origin, hostname, protocol, port } = new URL(publicUrl);
  if (!loopback.includes(hostname)) return new Set([origin]);
  return new Set(loopback.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`));
}

/** Whether two hosts (`name:port`) are both loopback's names, and not the same one. */
export function isOtherLoopback(host: string, publicUrl: string): boolean {
  const wanted = new URL(publicUrl);
  if (host === wanted.host || !loopback.includes(wanted.hostname)) return false;
  return loopback.some((name) => host === (wanted.port === '' ? name : `${name}:${wanted.port}`));
}
