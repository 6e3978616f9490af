/** What is wrong with one field of the input. */
export interface FieldProblem {
  /** JSON Pointer (RFC 6901) into the input. */
  readonly pointer: string;
  readonly message: string;
}

/** What the service behind the SmartObject answered, where it answered with an error. */
export interface UpstreamAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The `status` of the declared error that it is, such as `4XX`; see `errors` of the method's definition. */
  readonly declared?: string;
  /** The name of the body's type, where the declared error has a named one. */
  readonly type?: string;
  /** The declared headers, in the types that they are declared in. */
  readonly $headers?: Readonly<Record<string, unknown>>;
}

/** The members of a problem document (RFC 9457 §3.1) that every problem has. */
export interface ProblemMembers {
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /**
   * Stable, for programs to branch on: the server's codes, such as `INPUT_INVALID` or `AUTHORIZATION_REQUIRED`, and five of the
   * client: `NETWORK` (the server cannot be reached), `TIMEOUT` and `CANCELLED` (see `CallOptions`), `PAGING_LOOP` (the pages of a list go round in a circle), `ANSWER_UNREADABLE` (what
   * answered is no Smartwright server).
   */
  readonly code: string;
  /** A URI that identifies the kind of problem. */
  readonly type: string;
  readonly title: string;
  readonly detail: string;
}

/** Every failed call rejects with a `Problem`, over HTTP and in process alike. */
export class Problem extends Error implements ProblemMembers {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  /** Each fault of the input, for `INPUT_INVALID`; else empty. */
  readonly fields: readonly FieldProblem[];
  /** Where a person gives consent, for `AUTHORIZATION_REQUIRED` and `RECONNECT_REQUIRED`. The same call works afterwards. */
  readonly authorizationUrl: string | undefined;
  /** For `UPSTREAM_REFUSED`. */
  readonly upstream: UpstreamAnswer | undefined;
  /** Every other member of the problem document. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(members: ProblemMembers, extensions: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(members.detail || members.title, cause === undefined ? undefined : { cause });
    const { fields, authorizationUrl, upstream, ...others } = extensions;
    this.status = members.status;
    this.code = members.code;
    this.type = members.type;
    this.title = members.title;
    this.detail = members.detail;
    this.fields = Array.isArray(fields) ? fields : [];
    this.authorizationUrl = typeof authorizationUrl === 'string' ? authorizationUrl : undefined;
    this.upstream = isRecord(upstream) ? upstream : undefined;
    this.extensions = others;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `INPUT_INVALID` → `urn:smartwright:problem:input-invalid`. */
export function problemType(code: string): string {
  return `urn:smartwright:problem:${code.toLowerCase().replaceAll('_', '-')}`;
}

/** `INPUT_INVALID` → `Input invalid`. */
export function problemTitle(code: string): string {
  const text = code.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A problem that the client itself found: there is no answer, or none that can be read. */
export function clientProblem(
  code: string,
  detail: string,
  options: { status?: number; cause?: unknown } = {},
): Problem {
  const members = { status: options.status ?? 0, code, type: problemType(code), title: problemTitle(code), detail };
  return new Problem(members, {}, options.cause);
}

/** Reads a problem document; members that are missing are filled in from the status. Unknown members become extensions. */
export function problemFromDocument(status: number, document: Readonly<Record<string, unknown>>): Problem {
  const { status: _status, code: givenCode, type, title, detail, ...extensions } = document;
  const code = typeof givenCode === 'string' ? givenCode : `HTTP_${status}`;
  const members = {
    status,
    code,
    type: typeof type === 'string' ? type : 'about:blank',
    title: typeof title === 'string' ? title : problemTitle(code),
    detail: typeof detail === 'string' ? detail : '',
  };
  return new Problem(members, extensions);
}

/** The problem that an error of the engine stands for, as the server would answer it. Anything else is `INTERNAL`. */
export function problemFromError(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!isRecord(error) || typeof error.code !== 'string' || typeof error.status !== 'number') {
    return clientProblem('INTERNAL', error instanceof Error ? error.message : String(error), {
      status: 500,
      cause: error,
    });
  }
  const { code, status, message, fields, extensions } = error;
  const members = { status, code, type: problemType(code), title: problemTitle(code), detail: String(message) };
  return new Problem(members, { ...(isRecord(extensions) ? extensions : {}), fields }, error);
}
