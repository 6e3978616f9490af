import type { Readable } from 'node:stream';

/** Sends requests to services. Deadlines, size caps, address policy, retries and credentials are its business. */
export interface Upstream {
  /**
   * Sends one request and resolves when the answer's head is there, whatever its status.
   *
   * @throws UpstreamError UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT, UPSTREAM_TOO_LARGE
   * @throws ConfigurationError ADDRESS_REFUSED
   * @throws CallerError CANCELLED
   */
  send(request: UpstreamRequest): Promise<UpstreamResponse>;
}

export interface UpstreamRequest {
  readonly method: string;
  /** Absolute, `http:` or `https:`. */
  readonly url: string;
  /** Names in lower case. A request that sets `authorization` itself is left alone. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: RequestBody;
  /**
   * For a service that wants the token in the message: gives the body with it, in place of `body`. The header `authorization` that the
   * credentials would have sent is left out. Asked for each attempt.
   *
   * @param token undefined when there are no credentials for the host, or when they bring no bearer token
   */
  readonly withToken?: (token: string | undefined) => RequestBody;
  /** Milliseconds until the whole answer must be there; default 30,000. */
  readonly timeout?: number;
  /** Bytes of body accepted, after decompression; default 32 MiB. */
  readonly maxBytes?: number;
  /** Whether sending it again after a lost connection is harmless. Default: by method (RFC 9110 §9.2.2). */
  readonly idempotent?: boolean;
  /**
   * Whether redirects are followed. Default `follow`; `manual` gives the redirect itself back, for a request whose body or
   * headers carry credentials that are meant for this one address (OAuth token endpoints).
   */
  readonly redirects?: 'follow' | 'manual';
}

/** A `Readable` can be sent once only: it is neither sent again after a 401 nor to where a redirect leads. */
export type RequestBody = string | Uint8Array | Readable | RepeatableBody;

/** A body that is made piece by piece while it is sent, and anew for each attempt. */
export interface RepeatableBody {
  /** Bytes of all pieces together. */
  readonly size: number;
  pieces(): Iterable<Uint8Array>;
}

export interface UpstreamResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** The URL that answered, after redirects. */
  readonly url: string;
  /** Each body can be taken once, by one of these three; content encodings are undone. */
  bytes(): Promise<Buffer>;
  /** Decoded by the charset of the media type, UTF-8 by default; a byte order mark is dropped. */
  text(): Promise<string>;
  stream(options?: StreamOptions): Readable;
  /** Frees the connection without reading the body. */
  discard(): void;
}

export interface StreamOptions {
  /**
   * Bytes accepted after decompression; default what the request says, else the upstream's limit for streams. `Infinity`: any
   * number, for a reader that keeps nothing.
   */
  readonly maxBytes?: number;
  /**
   * What the request's timeout means from now on. `whole` (default): the last byte must be there by then. `idle`: the longest
   * wait for the next bytes, over and over; while the reader asks for none, no time passes.
   */
  readonly deadline?: 'whole' | 'idle';
}
