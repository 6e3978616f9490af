import type { ServiceKeys } from '../../broker.js';
import type { UpstreamRequest } from '../../http/upstream.js';
import { inputInvalid } from '../../input-error.js';
import { keyInvalid } from '../../service-keys.js';
import { type Body, bodyOf, type Inputs } from './body/body.js';
import type { CompiledPlan } from './compile.js';
import { type CompiledKeys, compileKeys } from './keys.js';
import { type Continuation, readContinuation } from './list/continuation.js';
import { followed } from './list/next-url.js';

/** A body that is sent whole, so that it can be sent again and previewed. */
export type BuiltRequest = UpstreamRequest & { readonly body?: string | Buffer };

const NONE: Continuation = {};

/**
 * Builds the request of one call.
 *
 * @throws CallerError INPUT_INVALID for a value that its place cannot hold
 * @throws ConfigurationError KEYS_INVALID
 */
export function buildRequest(compiled: CompiledPlan, given: Inputs, keys: ServiceKeys): BuiltRequest {
  const settings = compileKeys(keys);
  const next = given.$next === undefined ? NONE : readContinuation(given.$next, compiled.plan.list?.paging);
  const inputs = { ...compiled.plan.defaults, ...given, ...next.inputs };
  const server = serverOf(compiled, settings);
  const url = urlOf(compiled, inputs, server);
  const body = compiled.body === undefined ? undefined : bodyOf(compiled.body, inputs, compiled.pathInputs);
  return {
    method: compiled.plan.verb,
    url: next.url === undefined ? url : followed(next.url, url, server),
    headers: headersOf(compiled, inputs, settings, body),
    ...(body === undefined ? {} : { body: body.content }),
    ...(settings.timeout === undefined ? {} : { timeout: settings.timeout }),
  };
}

function serverOf({ plan }: CompiledPlan, settings: CompiledKeys): string {
  const server = settings.server ?? plan.server;
  if (server === '') throw keyInvalid('serviceUrl', 'Service URL', 'must be set: the descriptor names no server');
  return server;
}

function urlOf(compiled: CompiledPlan, inputs: Inputs, server: string): string {
  let path = '';
  for (const piece of compiled.path) path += typeof piece === 'string' ? piece : piece(inputs);
  if (path.includes('/.')) refuseDotSegments(path, compiled);
  let query = compiled.queryString?.(inputs) ?? '';
  for (const write of compiled.query) {
    for (const [name, value] of write(inputs)) query += `${query === '' ? '' : '&'}${name}=${value}`;
  }
  if (query === '') return server + path;
  return `${server}${path}${path.includes('?') ? '&' : '?'}${query}`;
}

/** `.` and `..` as a segment mean another path (RFC 3986 §5.2.4); an escape does not help, since it is undone before. */
function refuseDotSegments(path: string, { plan }: CompiledPlan): void {
  if (!/\/\.{1,2}(?:\/|\?|$)/.test(path)) return;
  const parameter = plan.path.find((piece) => typeof piece !== 'string');
  const name = typeof parameter === 'object' ? parameter.input : 'path';
  throw inputInvalid(name, 'must not be "." or "..": it is a part of the path');
}

/** Explicit headers win over the default ones of the service keys, and those over what the request itself would say. */
function headersOf(compiled: CompiledPlan, inputs: Inputs, settings: CompiledKeys, body: Body | undefined) {
  const headers: Record<string, string> = {};
  if (compiled.plan.accept !== undefined) headers.accept = compiled.plan.accept;
  if (body !== undefined) headers['content-type'] = body.contentType;
  Object.assign(headers, settings.headers);
  if (body?.fixedType === true) headers['content-type'] = body.contentType;
  if (body === undefined && headers['content-type'] !== undefined) delete headers['content-type'];
  for (const { name, write } of compiled.headers) {
    const value = write(inputs);
    if (value !== undefined) headers[name] = value;
  }
  const cookies = compiled.cookies.flatMap((write) => write(inputs)).map((pair) => pair.join('='));
  if (cookies.length > 0)
    headers.cookie = headers.cookie === undefined ? cookies.join('; ') : `${headers.cookie}; ${cookies.join('; ')}`;
  return headers;
}
