import type { ErrorRequestHandler, RequestHandler } from 'express';

export interface FieldProblem {
  /** JSON Pointer (RFC 6901) into the content. */
  readonly pointer: string;
  readonly detail: string;
}

/** An answer that is a problem document (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    detail?: string,
    more: { errors?: readonly FieldProblem[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail ?? title);
    this.status = status;
    this.title = title;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

export const notFound = (what: string, id: number | string): Problem =>
  new Problem(404, 'Not found', `There is no ${what} ${id}.`);

/** The content is well-formed and cannot be stored. */
export const unprocessable = (errors: readonly FieldProblem[]): Problem =>
  new Problem(422, 'Not valid', errors.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; '), {
    errors,
  });

export const unknownPath: RequestHandler = (request) => {
  throw new Problem(404, 'Not found', `There is nothing at ${request.path}.`);
};

/** Writes what was thrown as a problem document. Anything but a `Problem` is a defect and says nothing of itself. */
export const writeProblem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const problem = error instanceof Problem ? error : (unreadable(error) ?? new Problem(500, 'Internal error'));
  const { status, title, message, errors, headers } = problem;
  response.set(headers).status(status).type('application/problem+json');
  response.send(
    JSON.stringify({
      type: 'about:blank',
      title,
      status,
      ...(message !== title && { detail: message }),
      ...(errors.length > 0 && { errors }),
    }),
  );
};

/** What Express's body parsers throw: too large, or no JSON. */
function unreadable(error: unknown): Problem | undefined {
  if (!(error instanceof Error && 'status' in error)) return undefined;
  if (error.status === 413) return new Problem(413, 'Too large', 'The content is larger than 2 MiB.');
  return error.status === 400 ? unprocessable([{ pointer: '', detail: 'is no well-formed JSON' }]) : undefined;
}
