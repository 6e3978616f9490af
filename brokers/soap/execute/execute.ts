import type { BrokerContext, MethodCall, MethodResult, RequestPreview } from '../../broker.js';
import { headersOf, keyInvalid } from '../../service-keys.js';
import type { SoapKeys } from '../keys.js';
import type { SoapPlan } from '../plan.js';
import { serviceCertificateOf } from '../security/certificate.js';
import { readAnswer } from './answer.js';
import { type Compiled, compile, isCompiled } from './compile.js';
import { httpHeaders } from './envelope.js';
import { checkKeys, type SecuredMessage, securedMessage } from './secure.js';

/**
 * Calls one operation: writes its envelope, posts it, reads the answer.
 *
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID; UpstreamError
 */
export async function executeSoap(call: MethodCall<SoapKeys>, ctx: BrokerContext): Promise<MethodResult> {
  const { keys, method, serviceObject } = call;
  const compiled = await compiledOf(call);
  checkKeys(compiled, keys);
  const request = buildRequest(compiled, call);
  const timeout = keys.timeout === undefined ? {} : { timeout: keys.timeout * 1_000 };
  const response = await ctx.http.send({ method: 'POST', ...request, ...timeout });
  return await readAnswer(compiled, response, {
    list: method.kind === 'list',
    what: `${serviceObject}.${method.name}`,
    signer: serviceCertificateOf(keys),
  });
}

/** The request of a call, not sent. */
export async function previewSoap(call: MethodCall<SoapKeys>): Promise<RequestPreview> {
  const { url, headers, body } = buildRequest(await compiledOf(call), call);
  return { method: 'POST', url, headers, body };
}

async function compiledOf({ method, types }: MethodCall): Promise<Compiled> {
  const plan = method.binding as SoapPlan;
  return compile(plan, isCompiled(plan) ? {} : await types());
}

type SoapRequest = SecuredMessage & { readonly url: string; readonly headers: Record<string, string> };

function buildRequest(compiled: Compiled, { keys, input }: MethodCall<SoapKeys>): SoapRequest {
  const url = keys.serviceEndpointUrl ?? compiled.plan.endpoint;
  if (url === '')
    throw keyInvalid('serviceEndpointUrl', 'Service Endpoint URL', 'must be set: the description names no address');
  const own = headersOf(keys.httpRequestHeaders, 'httpRequestHeaders', 'HTTP Request Headers');
  return { url, headers: { ...own, ...httpHeaders(compiled.plan) }, ...securedMessage(compiled, input, url, keys) };
}
