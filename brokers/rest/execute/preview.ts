import { isUtf8 } from 'node:buffer';
import type { MethodCall, RequestPreview } from '../../broker.js';
import { compilePlan } from './compile.js';
import { planOf } from './execute.js';
import { buildRequest } from './request.js';

/**
 * The request that a call would send, without credentials.
 *
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID
 */
export async function previewRest(call: MethodCall): Promise<RequestPreview> {
  const { method, url, headers, body } = buildRequest(compilePlan(planOf(call)), call.input, call.keys);
  const shown = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const request = { method, url, headers: shown };
  if (body === undefined) return { ...request, body: null };
  if (typeof body === 'string') return { ...request, body };
  return isUtf8(body)
    ? { ...request, body: body.toString() }
    : { ...request, body: null, bodyBase64: body.toString('base64') };
}
