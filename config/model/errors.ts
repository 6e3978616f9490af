/**
 * Every error code of the product with the HTTP status that it answers with. Codes are stable: a program may branch on them.
 * The problem `type` of code `INPUT_INVALID` is `urn:smartwright:problem:input-invalid` (RFC 9457 §3.1.1).
 */
export const errorStatus = {
  /** The request is not a well-formed one: bad JSON, a bad query parameter. */
  REQUEST_INVALID: 400,
  AUTHENTICATION_REQUIRED: 401,
  FORBIDDEN: 403,
  /** The person has not given consent at the provider yet; the problem carries `authorizationUrl`. */
  AUTHORIZATION_REQUIRED: 403,
  /** A consent was given and no longer works; the problem carries `authorizationUrl`. */
  RECONNECT_REQUIRED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  /** A name is taken, something still depends on it, or somebody else is at it. */
  CONFLICT: 409,
  /** A new description would break callers and was not accepted; the problem carries `review`. */
  CHANGES_BREAKING: 409,
  /** The stored document has another version than the one that was to be changed; the problem carries both (RFC 9110 §13.1). */
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  /** The inputs of a method do not fit its schema; `fields` names each. */
  INPUT_INVALID: 422,
  /** An admin document is not valid; `fields` names each fault. */
  DOCUMENT_INVALID: 422,
  /** Service keys are missing or wrong. */
  KEYS_INVALID: 422,
  /** The descriptor cannot be had: no such file, unreachable, refused. */
  DESCRIPTOR_UNAVAILABLE: 422,
  /** The descriptor is there and is not one: binary, malformed, of an unknown kind, too large. */
  DESCRIPTOR_INVALID: 422,
  /** A URL points to an address that is not allowed. */
  ADDRESS_REFUSED: 422,
  TOO_MANY_REQUESTS: 429,
  /** The caller went away. */
  CANCELLED: 499,
  INTERNAL: 500,
  /** What the operator decided cannot work: an environment variable, a master key, the key file. */
  SETTINGS_INVALID: 500,
  /** The service answered with an error status; the problem carries `upstream: { status, headers, body }`. */
  UPSTREAM_REFUSED: 502,
  UPSTREAM_UNREACHABLE: 502,
  /** The service's answer is not what its media type says, is truncated, or cannot be decoded. */
  UPSTREAM_UNREADABLE: 502,
  /** The service's answer breaks the schema that the service declares, and answers are strict; `fields` names each fault. */
  UPSTREAM_INVALID: 502,
  /** The service's answer is not signed as the instance wants it. */
  UPSTREAM_UNTRUSTED: 502,
  UPSTREAM_TOO_LARGE: 502,
  UPSTREAM_TIMEOUT: 504,
  /** The token endpoint answered with an OAuth error (RFC 6749 §5.2). */
  TOKEN_REFUSED: 502,
  /** The token endpoint could not be reached, or answered with something that is no token response. */
  TOKEN_UNAVAILABLE: 502,
  /** The authorization response was refused: state, issuer, session, or an error from the provider. */
  AUTHORIZATION_REFUSED: 400,
  STORE_UNAVAILABLE: 503,
  /** The server is stopping. */
  STOPPING: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What is wrong with one field. */
export interface FieldError {
  /** JSON Pointer (RFC 6901) into the input or document. */
  readonly pointer: string;
  readonly message: string;
}

export interface ErrorOptions {
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  /** Members that the problem document carries beside the standard ones. Never a secret. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The root of all errors that Smartwright raises on purpose. Its subclasses say whose fault it is. */
export abstract class SmartwrightError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.fields = options.fields ?? [];
    this.extensions = options.extensions ?? {};
  }

  /** The HTTP status that this error answers with. */
  get status(): number {
    return errorStatus[this.code];
  }
}

/**
 * Whether an error is one of ours. A broker from outside may carry its own copy of this module, whose classes are others: its
 * errors are known by their members.
 */
export function isSmartwrightError(error: unknown): error is SmartwrightError {
  if (error instanceof SmartwrightError) return true;
  if (!(error instanceof Error)) return false;
  const { code, fields, extensions } = error as Partial<SmartwrightError>;
  return (
    typeof code === 'string' && Object.hasOwn(errorStatus, code) && Array.isArray(fields) && extensions !== undefined
  );
}

/** The caller asked for something that cannot be: wrong input, unknown name, missing rights, missing consent. */
export class CallerError extends SmartwrightError {}

/** What an admin configured cannot work: a document, a key, a descriptor, an endpoint. */
export class ConfigurationError extends SmartwrightError {}

/** The service behind a SmartObject failed or refused. */
export class UpstreamError extends SmartwrightError {}

/** The OAuth provider failed or refused. */
export class ProviderError extends SmartwrightError {}

/** Our own: the store is away, the server is stopping, a defect. */
export class RuntimeError extends SmartwrightError {}
