import type { IncomingMessage } from 'node:http';
import { type FieldError, isSmartwrightError, RuntimeError } from '../../config/model/errors.js';
import type { CallResult } from '../engine/engine.js';
import type { CallShape } from '../engine/flat-input.js';
import { actingAs } from '../identity/index.js';
import type { Runtime } from '../runtime.js';
import type { Admission } from './admission.js';
import { readJson } from './body.js';
import type { Exchange } from './exchange.js';
import type { InFlight } from './in-flight.js';
import { writeJson } from './json.js';
import type { Metrics } from './metrics.js';
import { tellable } from './problem.js';
import { toShape } from './query.js';
import { sendStreamed } from './stream-result.js';
import { wantedForm } from './wanted-form.js';

/** The template of the route that calls a method. */
export const CALL_PATH = '/api/smartobjects/{object}/{method}';
const PREFIX = '/api/smartobjects/';

export interface CallDependencies {
  readonly runtime: Pick<Runtime, 'engine' | 'settings' | 'log'>;
  readonly admission: Admission;
  readonly inFlight: InFlight;
  readonly metrics: Metrics;
}

export interface CallName {
  readonly object: string;
  readonly method: string;
  /** The query as it was written, without its `?`; empty when there is none. */
  readonly query: string;
}

/**
 * The object and method that a request calls; undefined when it calls none.
 *
 * @throws URIError for a malformed percent-encoding
 */
export function calledBy({ method: verb, url = '' }: IncomingMessage): CallName | undefined {
  if (verb !== 'POST' || !url.startsWith(PREFIX)) return undefined;
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  const slash = path.indexOf('/', PREFIX.length);
  if (slash <= PREFIX.length || slash === path.length - 1 || path.indexOf('/', slash + 1) >= 0) return undefined;
  return {
    object: decoded(path.slice(PREFIX.length, slash)),
    method: decoded(path.slice(slash + 1)),
    query: query < 0 ? '' : url.slice(query + 1),
  };
}

const decoded = (segment: string): string => (segment.includes('%') ? decodeURIComponent(segment) : segment);

/** Serves one call: who calls, what with, the engine, and its result. Errors are the front's to answer. */
export async function serveCall(
  { object, method, query }: CallName,
  exchange: Exchange,
  deps: CallDependencies,
): Promise<void> {
  const { runtime, admission, inFlight, metrics } = deps;
  const tell = (error: unknown) => tellable(error, exchange, runtime.log);
  let outcome = 'done';
  exchange.route = CALL_PATH;
  try {
    const admitted = admission.admit(exchange, 'user');
    const caller = admitted instanceof Promise ? await admitted : admitted;
    const principal = actingAs(caller, exchange.request.headers);
    const shape = query === '' ? undefined : shapeIn(query);
    const signal = inFlight.call(exchange);
    const input = (await readJson(exchange.request, runtime.settings.limits.requestBytes)) ?? {};
    const call = { object, method, input, shape };
    const form = wantedForm(exchange.request.headers.accept);
    if (form === 'json') {
      sendResult(exchange, await runtime.engine.execute(call, principal, signal));
    } else {
      const result = await runtime.engine.stream(call, principal, signal);
      if ('value' in result) sendResult(exchange, result);
      else outcome = (await sendStreamed(exchange, result, form, tell)) ?? outcome;
    }
  } catch (error) {
    outcome = isSmartwrightError(error) ? error.code : 'INTERNAL';
    const reason: unknown = exchange.abort?.signal.reason;
    throw outcome === 'CANCELLED' && reason instanceof RuntimeError ? reason : error;
  } finally {
    metrics.call(outcome, performance.now() - exchange.started);
  }
}

/** The form of input and result that `?shape=` asks for. @throws CallerError REQUEST_INVALID */
function shapeIn(query: string): CallShape | undefined {
  const shape = new URLSearchParams(query).get('shape');
  return shape === null ? undefined : toShape(shape);
}

/** A single result is the body itself, a list `{ items, next?, meta? }`; a method without a result answers 204. */
function sendResult({ response, id }: Exchange, result: CallResult): void {
  const faults = result.faults === undefined ? [] : ['smartwright-answer-faults', faultsHeader(result.faults)];
  const value = 'items' in result ? { items: result.items, next: result.next, meta: result.meta } : result.value;
  if (value === undefined) {
    response.writeHead(204, ['x-request-id', id, 'cache-control', 'no-store', ...faults]);
    response.end();
    return;
  }
  const body = writeJson(value);
  const length = String(Buffer.byteLength(body));
  // An array of names and values spares Node the checks and look-ups of `setHeader`.
  response.writeHead(200, [
    'content-type',
    'application/json',
    'content-length',
    length,
    'cache-control',
    'no-store',
    'x-content-type-options',
    'nosniff',
    'x-request-id',
    id,
    ...faults,
  ]);
  response.end(body);
}

/** Faults that a header names. */
const NAMED = 5;

/** How many faults an answer has, and the first of them, in ASCII: `2; "/name must be string, not integer"; …` (RFC 9110 §5.5). */
function faultsHeader(faults: readonly FieldError[]): string {
  const named = faults.slice(0, NAMED).map(({ pointer, message }) => `${pointer} ${message}`.trim());
  const texts = named.map(
    (text) =>
      `"${text
        .replace(/[^\x20-\x7e]/g, '?')
        .replace(/["\\]/g, "'")
        .slice(0, 200)}"`,
  );
  return [String(faults.length), ...texts].join('; ');
}
