/** A request on its way out, as credentials may still change it. */
export interface OutgoingRequest {
  readonly method: string;
  /** Absolute. May be replaced, to add a query parameter; not to go to another origin. */
  url: string;
  /** Names in lower case. May be added to. */
  readonly headers: Record<string, string | readonly string[]>;
}

/** The head of an answer that refused a request's credentials. */
export interface Refusal {
  /** 401 or 403. */
  readonly status: number;
  /** Names in lower case; `www-authenticate` has the challenge (RFC 9110 §11.6.1). */
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/**
 * What authorises requests to an instance's own hosts. Never asked for any other host, nor after a redirect to one, nor for a
 * request that sets `authorization` itself.
 */
export interface Credentials {
  /**
   * Adds what authorises the request. Return nothing, not a promise, when it can be done at once: that is the fast path.
   */
  apply(request: OutgoingRequest): void | Promise<void>;
  /**
   * The service answered 401 to `request`, which is as `apply` left it. Resolves to true when `apply` will now add something
   * else, so that the request is sent once more. Absent: the 401 is the answer. Asked at most once a request.
   */
  refused?(request: OutgoingRequest, refusal: Refusal): Promise<boolean>;
  /**
   * The service answered 403. Rejects when the challenge says what the caller can do about it (RFC 6750 §3.1,
   * `insufficient_scope`); else the 403 is the answer.
   */
  denied?(refusal: Refusal): Promise<void>;
}

/** `Authorization: Bearer …` (RFC 6750 §2.1). */
export function bearer(token: string): Credentials {
  return header('authorization', `Bearer ${token}`);
}

/** `Authorization: Basic …`, UTF-8 (RFC 7617). */
export function basic(userName: string, password: string): Credentials {
  return header('authorization', `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`);
}

/** A header of any name, such as `X-API-Key`. */
export function header(name: string, value: string): Credentials {
  const lower = name.toLowerCase();
  return {
    apply(request) {
      request.headers[lower] = value;
    },
  };
}

/** A cookie, beside those that the request has. */
export function cookie(name: string, value: string): Credentials {
  const pair = `${name}=${value}`;
  return {
    apply(request) {
      const others = request.headers.cookie;
      request.headers.cookie = others === undefined ? pair : `${String(others)}; ${pair}`;
    },
  };
}

/** A query parameter; it replaces those of the same name and leaves the others as they are written. */
export function query(name: string, value: string): Credentials {
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return {
    apply(request) {
      const [address = '', search = ''] = request.url.split(/\?(.*)/s);
      const others = search.split('&').filter((other) => other !== '' && nameOf(other) !== name);
      request.url = `${address}?${[...others, pair].join('&')}`;
    },
  };
}

const nameOf = (pair: string): string | undefined => new URLSearchParams(pair).keys().next().value;
