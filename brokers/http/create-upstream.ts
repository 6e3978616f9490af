import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../../config/model/logger.js';
import { Answer, type Caps } from './answer.js';
import { acceptEncoding } from './content-encoding.js';
import type { Credentials, OutgoingRequest } from './credentials.js';
import { Exchange } from './exchange.js';
import { failure, isLostConnection } from './failure.js';
import { type Gate, gateFor, type Origin, type Target } from './gate.js';
import { Lifeline } from './lifeline.js';
import { isStream, MAX_REDIRECTS, redirect, tooManyRedirects } from './redirect.js';
import { isIdempotent, MAX_WAITS, waitAsked } from './retry.js';
import type { TlsIdentity } from './tls-identity.js';
import type { RequestBody, Upstream, UpstreamRequest, UpstreamResponse } from './upstream.js';

export interface UpstreamOptions {
  /** Private hosts that may be reached; see `ServiceInstance.allowedHosts`. Pass the same array each time: it is compiled once. Default: none. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly credentials?: Credentials | undefined;
  /** The client certificate and the authorities for the same hosts as `credentials`. Make it once: its connections are shared. */
  readonly identity?: TlsIdentity | undefined;
  /**
   * The hosts that `credentials` are for: `host` for the scheme's own port, `host:port` for any other. Absent: every host that
   * a request itself names, though none that a redirect leads to.
   */
  readonly hosts?: readonly string[] | undefined;
  /** Milliseconds until the whole answer must be there, where the request sets none. Default 30,000. */
  readonly timeout?: number | undefined;
  /** Bytes of body accepted after decompression, where the request sets none. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
  /** Bytes accepted of a body that is taken as a stream, where neither the request nor the reader says. Default `maxBytes`. */
  readonly streamBytes?: number | undefined;
  /**
   * The longest wait, in milliseconds, that a busy service (429 or 503 with `Retry-After`) is granted before an idempotent request
   * is sent again, twice at most and within the deadline. Default 5,000; 0: never.
   */
  readonly maxRetryAfter?: number | undefined;
  /** Aborts everything that is sent. */
  readonly signal?: AbortSignal | undefined;
  readonly log?: Logger | undefined;
}

const USER_AGENT = 'smartwright';
const TIMEOUT = 30_000;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_RETRY_AFTER = 5_000;

/** A guarded way to services. Cheap to make: one for each call is fine; connections are shared by all with the same allowed hosts. */
export function createUpstream(options: UpstreamOptions = {}): Upstream {
  const { allowedHosts = noHosts } = options;
  // Found out at once when an entry is none; looked up for each request, because connections may have been closed meanwhile.
  gateFor(allowedHosts);
  return { send: (request) => send(request, allowedHosts, options) };
}

const noHosts: readonly string[] = [];

/** How far one request has come. */
interface Progress {
  request: UpstreamRequest;
  /** A redirect has led to another origin, so credentials stay out. */
  away: boolean;
  redirects: number;
  renewed: boolean;
  reconnected: boolean;
  waits: number;
}

async function send(
  first: UpstreamRequest,
  allowedHosts: readonly string[],
  options: UpstreamOptions,
): Promise<UpstreamResponse> {
  const gate = gateFor(allowedHosts);
  const what = () => `${progress.request.method} ${withoutQuery(progress.request.url)}`;
  const progress: Progress = {
    request: first,
    away: false,
    redirects: 0,
    renewed: false,
    reconnected: false,
    waits: 0,
  };
  const life = new Lifeline(first.timeout ?? options.timeout ?? TIMEOUT, options.signal, what);
  const maxBytes = first.maxBytes ?? options.maxBytes ?? MAX_BYTES;
  const caps: Caps = { whole: maxBytes, stream: first.maxBytes ?? options.streamBytes ?? maxBytes };
  let exchange: Exchange | undefined;
  try {
    for (;;) {
      const { request } = progress;
      const target = gate.target(request.url);
      const outgoing = prepare(request);
      const own = !progress.away && isOwn(target.origin, options);
      const credentials = own && request.headers.authorization === undefined ? options.credentials : undefined;
      const applied = credentials?.apply(outgoing);
      if (applied !== undefined) await life.race(applied);

      const current = new Exchange(maxBytes, what);
      exchange = current;
      life.attach((error) => current.cut(error));
      const way = own && options.identity !== undefined ? gateFor(allowedHosts, options.identity) : gate;
      dispatch(way, request, outgoing, outgoing.url === request.url ? target : gate.target(outgoing.url), current);
      try {
        await current.head;
      } catch (error) {
        if (!mayReconnect(progress, error)) throw failure(error, what(), false, request.url.startsWith('https:'));
        progress.reconnected = true;
        options.log?.debug({ request: what() }, 'The connection was lost; the request is sent again');
        continue;
      }

      if (current.status === 403 && credentials?.denied !== undefined) {
        await life.race(credentials.denied({ status: 403, headers: current.headers }));
      }
      const retry =
        current.status < 300
          ? false
          : (await renew(progress, current, credentials, outgoing, life)) ||
            follow(progress, current, what) ||
            (await wait(progress, current, options, life));
      if (!retry) {
        current.onceOver(() => life.release());
        return new Answer(current, request.url, caps, life, what);
      }
      options.log?.debug({ request: what(), status: current.status }, 'The answer asks for another request');
      current.drop();
    }
  } catch (error) {
    life.release();
    exchange?.drop();
    throw error;
  }
}

function prepare(request: UpstreamRequest): OutgoingRequest {
  return {
    method: request.method,
    url: request.url,
    headers: { 'user-agent': USER_AGENT, 'accept-encoding': acceptEncoding, ...request.headers },
  };
}

/** Whether a host is one that credentials are for. */
const isOwn = ({ host, hostAndPort }: Origin, { hosts }: UpstreamOptions): boolean =>
  hosts === undefined || hosts.includes(host) || hosts.includes(hostAndPort);

function dispatch(gate: Gate, request: UpstreamRequest, outgoing: OutgoingRequest, target: Target, exchange: Exchange) {
  const { method, idempotent = isIdempotent(method) } = request;
  const body = written(request.withToken === undefined ? request.body : request.withToken(tokenOf(outgoing)), outgoing);
  // undici takes lists of values and does not change them; its types ask for mutable ones.
  const headers = outgoing.headers as Record<string, string | string[]>;
  const { path } = target;
  gate.agent.dispatch({ origin: target.origin.origin, path, method, headers, body, idempotent }, exchange);
}

/** A body as undici takes it. */
function written(body: RequestBody | undefined, { headers }: OutgoingRequest): string | Uint8Array | Readable | null {
  if (body === undefined || typeof body === 'string' || !('pieces' in body)) return body ?? null;
  headers['content-length'] = String(body.size);
  return Readable.from(body.pieces(), { objectMode: false });
}

/** Takes the bearer token (RFC 6750 §2.1) out of a request, for the message to carry. */
function tokenOf({ headers }: OutgoingRequest): string | undefined {
  const token = /^Bearer +(\S+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  if (token !== undefined) delete headers.authorization;
  return token;
}

/** A connection that was lost before the answer began, often one that the service had just closed: once more, where that is harmless. */
function mayReconnect({ request, reconnected }: Progress, error: unknown): boolean {
  if (reconnected || isStream(request.body) || !isLostConnection(error)) return false;
  return request.idempotent ?? isIdempotent(request.method);
}

/** 401: other credentials, once. */
async function renew(
  progress: Progress,
  { status, headers }: Exchange,
  credentials: Credentials | undefined,
  outgoing: OutgoingRequest,
  life: Lifeline,
): Promise<boolean> {
  if (status !== 401 || credentials?.refused === undefined || progress.renewed) return false;
  if (isStream(progress.request.body)) return false;
  progress.renewed = true;
  return await life.race(credentials.refused(outgoing, { status, headers }));
}

function follow(progress: Progress, { status, headers }: Exchange, what: () => string): boolean {
  if (progress.request.redirects === 'manual') return false;
  const location = firstOf(headers.location);
  const next = redirect(progress.request, status, location, progress.request.url, what());
  if (next === undefined) return false;
  progress.redirects += 1;
  if (progress.redirects > MAX_REDIRECTS) throw tooManyRedirects(what());
  progress.request = next.request;
  progress.away ||= next.away;
  return true;
}

/** 429 and 503: as long as the service asks, where that is short and sending again is harmless. */
async function wait(
  progress: Progress,
  exchange: Exchange,
  options: UpstreamOptions,
  life: Lifeline,
): Promise<boolean> {
  const { request } = progress;
  const asked = waitAsked(exchange.status, firstOf(exchange.headers['retry-after']));
  if (asked === undefined || asked > (options.maxRetryAfter ?? MAX_RETRY_AFTER) || asked >= life.remaining)
    return false;
  if (options.maxRetryAfter === 0 || progress.waits >= MAX_WAITS || isStream(request.body)) return false;
  if (!(request.idempotent ?? isIdempotent(request.method))) return false;
  progress.waits += 1;
  exchange.drop();
  await life.race(pause(asked));
  return true;
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^https?:\/\//, '');
}
