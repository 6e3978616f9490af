import type { BrokerContext, MethodCall, MethodResult, RequestPreview } from '../../broker.js';
import type { RepeatableBody, UpstreamRequest } from '../../http/index.js';
import { headersOf, keyInvalid } from '../../service-keys.js';
import type { SoapKeys } from '../keys.js';
import type { SoapPlan } from '../plan.js';
import { serviceCertificateOf } from '../security/certificate.js';
import { readAnswer } from './answer.js';
import { type Compiled, compile, isCompiled } from './compile.js';
import { envelopeType, httpHeaders } from './envelope.js';
import { filesOf } from './files.js';
import { multipartMessage } from './multipart-message.js';
import { checkKeys, securedEnvelope } from './secure.js';

/**
 * Calls one operation: writes its envelope, posts it, reads the answer.
 *
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID; UpstreamError
 */
export async function executeSoap(call: MethodCall<SoapKeys>, ctx: BrokerContext): Promise<MethodResult> {
  const { keys, method, serviceObject } = call;
  const compiled = await compiledOf(call);
  checkKeys(compiled, keys);
  const signer = serviceCertificateOf(keys);
  const request = buildRequest(compiled, call);
  const timeout = keys.timeout === undefined ? {} : { timeout: keys.timeout * 1_000 };
  const response = await ctx.http.send({ method: 'POST', ...request, ...timeout });
  return await readAnswer(compiled, response, {
    list: method.kind === 'list',
    what: `${serviceObject}.${method.name}`,
    signer,
  });
}

/** The request of a call, not sent. */
export async function previewSoap(call: MethodCall<SoapKeys>): Promise<RequestPreview> {
  const { url, headers, body } = buildRequest(await compiledOf(call), call);
  if (typeof body === 'string') return { method: 'POST', url, headers, body };
  const bytes = Buffer.concat([...body.pieces()]);
  return { method: 'POST', url, headers, body: null, bodyBase64: bytes.toString('base64') };
}

async function compiledOf({ method, types }: MethodCall): Promise<Compiled> {
  const plan = method.binding as SoapPlan;
  return compile(plan, isCompiled(plan) ? {} : await types());
}

type SoapRequest = Pick<UpstreamRequest, 'url' | 'withToken'> & {
  readonly headers: Record<string, string>;
  readonly body: string | RepeatableBody;
};

function buildRequest(compiled: Compiled, { keys, input }: MethodCall<SoapKeys>): SoapRequest {
  const { plan } = compiled;
  const url = keys.serviceEndpointUrl ?? plan.endpoint;
  if (url === '')
    throw keyInvalid('serviceEndpointUrl', 'Service Endpoint URL', 'must be set: the description names no address');
  const own = headersOf(keys.httpRequestHeaders, 'httpRequestHeaders', 'HTTP Request Headers');
  const files = filesOf(plan.input.attachments, input);
  const xop = keys.attachments === undefined ? plan.mtom === true : keys.attachments === 'MTOM';
  const { envelope, parts, withToken } = securedEnvelope(compiled, input, url, keys, xop);
  const packaging = {
    xop,
    envelopeType: envelopeType(plan.version),
    action: plan.version === '1.2' ? plan.action : '',
  };
  const multipart = xop || files !== undefined ? multipartMessage([...parts, ...(files ?? [])], packaging) : undefined;
  const packed = (text: string) => multipart?.body(text) ?? text;
  return {
    url,
    headers: { ...own, ...httpHeaders(plan, multipart?.contentType) },
    body: packed(envelope),
    ...(withToken === undefined ? {} : { withToken: (token) => packed(withToken(token)) }),
  };
}
