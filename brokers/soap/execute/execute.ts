import type { BrokerContext, MethodCall, MethodResult, RequestPreview } from '../../broker.js';
import { headersOf, keyInvalid } from '../../service-keys.js';
import type { SoapKeys } from '../keys.js';
import type { SoapPlan } from '../plan.js';
import { readAnswer } from './answer.js';
import { type Compiled, compile, isCompiled } from './compile.js';
import { httpHeaders } from './envelope.js';

/**
 * Calls one operation: writes its envelope, posts it, reads the answer.
 *
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID; UpstreamError
 */
export async function executeSoap(call: MethodCall<SoapKeys>, ctx: BrokerContext): Promise<MethodResult> {
  const compiled = await compiledOf(call);
  const { url, headers, body } = buildRequest(compiled, call);
  const timeout = call.keys.timeout === undefined ? {} : { timeout: call.keys.timeout * 1_000 };
  const response = await ctx.http.send({ method: 'POST', url, headers, body, ...timeout });
  return await readAnswer(compiled, response, call.method.kind === 'list', `${call.serviceObject}.${call.method.name}`);
}

/** The request of a call, not sent. */
export async function previewSoap(call: MethodCall<SoapKeys>): Promise<RequestPreview> {
  return { method: 'POST', ...buildRequest(await compiledOf(call), call) };
}

async function compiledOf({ method, types }: MethodCall): Promise<Compiled> {
  const plan = method.binding as SoapPlan;
  return compile(plan, isCompiled(plan) ? {} : await types());
}

function buildRequest(
  compiled: Compiled,
  { keys, input }: MethodCall<SoapKeys>,
): { url: string; headers: Record<string, string>; body: string } {
  const url = keys.serviceEndpointUrl ?? compiled.plan.endpoint;
  if (url === '')
    throw keyInvalid('serviceEndpointUrl', 'Service Endpoint URL', 'must be set: the description names no address');
  const own = headersOf(keys.httpRequestHeaders, 'httpRequestHeaders', 'HTTP Request Headers');
  return { url, headers: { ...own, ...httpHeaders(compiled.plan) }, body: compiled.write(input, url) };
}
