import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../config/model/errors.js';
import type { Caller } from '../identity/index.js';

/** What is known of one request while it is served, beside its headers. */
export interface Exchange {
  /** Stands in the log line, in the `x-request-id` header and as the `instance` of a problem. */
  readonly id: string;
  /** Milliseconds, of the monotonic clock. */
  readonly started: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The template of the route that serves it, such as `/api/users/{name}`; never the URL itself, which may carry secrets. */
  route: string;
  caller?: Caller;
  /** Set when it is answered with a problem. */
  problem?: ErrorCode;
  /** For a call of a method: aborts when the caller goes away or the server stops. */
  abort?: AbortController;
}

/** Distinguishes this process from others whose lines stand in the same log. */
const prefix = randomBytes(5).toString('hex');
let count = 0;

const exchanges = new WeakMap<IncomingMessage, Exchange>();

export function beginExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const id = `${prefix}-${(++count).toString(36)}`;
  return { id, started: performance.now(), request, response, route: 'unmatched' };
}

/** Lets routers behind Express find the exchange by its request. */
export function keepExchange(exchange: Exchange): void {
  exchanges.set(exchange.request, exchange);
}

export function exchangeOf(request: IncomingMessage): Exchange {
  const exchange = exchanges.get(request);
  if (exchange === undefined) throw new Error('The request did not pass the front of the server.');
  return exchange;
}
