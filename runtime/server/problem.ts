import { STATUS_CODES } from 'node:http';
import {
  CallerError,
  errorStatus,
  isSmartwrightError,
  RuntimeError,
  type SmartwrightError,
} from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Exchange } from './exchange.js';
import { writeJson } from './json.js';

/** Problem details, RFC 9457 §3.1. `code` is ours and stable; extension members stand beside it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** A URN that ends in the request's id, which the log carries too. */
  readonly instance: string;
  readonly [extension: string]: unknown;
}

/** `INPUT_INVALID` → `Input invalid`. */
const title = (code: string): string => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');

/** The problem type of an error code: `urn:smartwright:problem:input-invalid`. */
export const problemType = (code: string): string =>
  `urn:smartwright:problem:${code.toLowerCase().replaceAll('_', '-')}`;

export function problemOf(error: SmartwrightError, id: string): Problem {
  const { code, status, message, fields, extensions } = error;
  return {
    ...extensions,
    type: problemType(code),
    title: title(code),
    status,
    detail: message,
    code,
    instance: `urn:smartwright:request:${id}`,
    ...(fields.length > 0 && { fields }),
  };
}

/**
 * What is told of an error. One of ours is told as it is; one of the HTTP layer keeps its status; of any other only the
 * request's id is told, under which the log has the rest.
 */
export function tellable(error: unknown, exchange: Exchange, log: Logger): SmartwrightError {
  if (isSmartwrightError(error)) {
    if (errorStatus[error.code] === 500) log.error({ id: exchange.id, error }, 'Request failed');
    return error;
  }
  if (error instanceof URIError || isBadRequest(error)) {
    return new CallerError('REQUEST_INVALID', 'The URL is not well formed: a percent sign must begin an encoded byte.');
  }
  log.error({ id: exchange.id, error }, 'Request failed by a defect');
  return new RuntimeError('INTERNAL', `Something went wrong here. The log has the cause under the id ${exchange.id}.`, {
    cause: error,
  });
}

const isBadRequest = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'status' in error && error.status === 400;

/** Answers with the problem, unless an answer has begun or the caller is gone. */
export function sendProblem(exchange: Exchange, error: SmartwrightError): void {
  const { request, response, id } = exchange;
  exchange.problem = error.code;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = writeJson(problemOf(error, id));
  response.statusCode = error.status;
  response.statusMessage = STATUS_CODES[error.status] ?? 'Client Closed Request';
  response.setHeader('content-type', 'application/problem+json');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-request-id', id);
  response.setHeader('content-length', Buffer.byteLength(body));
  for (const [name, value] of headersOf(error)) response.setHeader(name, value);
  // A body that was refused is still on its way; another request cannot follow it on the same connection.
  if (!request.complete) response.setHeader('connection', 'close');
  response.end(request.method === 'HEAD' ? undefined : body);
}

function* headersOf({ code, extensions }: SmartwrightError): Generator<[string, string]> {
  if (code === 'AUTHENTICATION_REQUIRED') yield ['www-authenticate', 'Bearer realm="Smartwright"'];
  if (typeof extensions.retryAfter === 'number') yield ['retry-after', String(extensions.retryAfter)];
  if (Array.isArray(extensions.allow)) yield ['allow', extensions.allow.join(', ')];
}
