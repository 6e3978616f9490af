import type { Schemas } from './client.ts';

export type ProblemDocument = Schemas['Problem'];

/** The server refused, and said why: problem details, RFC 9457. */
export class Problem extends Error {
  readonly document: ProblemDocument;
  /** Seconds to wait before another attempt, where the server says so (RFC 9110 §10.2.3). */
  readonly retryAfter: number | undefined;

  constructor(document: ProblemDocument, headers?: Headers) {
    super(document.detail);
    this.name = 'Problem';
    this.document = document;
    const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
    this.retryAfter = Number.isFinite(seconds) ? seconds : undefined;
  }

  get code(): ProblemDocument['code'] {
    return this.document.code;
  }
}

/** There was no answer, or one that is not the server's: it is stopped, restarting, or a proxy stands in between. */
export class ServerAway extends Error {
  constructor(cause: unknown) {
    super('The server does not answer.', { cause });
    this.name = 'ServerAway';
  }
}

export const hasCode = (error: unknown, code: ProblemDocument['code']): error is Problem =>
  error instanceof Problem && error.code === code;

/** Nobody is signed in, or the session is over. */
export const isSignedOut = (error: unknown): boolean => hasCode(error, 'AUTHENTICATION_REQUIRED');
