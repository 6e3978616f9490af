import type { Caller } from './access.js';

/** A request after all checks. */
export interface Call<Path extends object = object, Query extends object = object, Body = unknown> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** By name in lower case. */
  header(name: string): string | undefined;
}

export interface Reply {
  /** Default: 200 with a body, 204 without. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes when it is a Buffer; their media type is in the headers. */
  readonly body?: unknown;
}

/**
 * Does one operation. Each handler names what its call carries; the descriptor's validation has made sure of it, so the
 * parameter is compared bivariantly, as methods are.
 */
export type Handler = { run(call: Call): Reply }['run'];

/** By `operationId`. */
export type Handlers = Readonly<Record<string, Handler>>;
