import type { UpstreamRequest } from '../../brokers/http/upstream.js';
import { ConfigurationError } from '../../config/model/errors.js';
import { jsonPointer } from '../../config/model/json-pointer.js';
import type { Stage } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import type { Application } from './application.js';
import { clientAuthentication } from './client-authentication.js';
import { endpointOf, endpointWithout } from './endpoint.js';
import { formEncode, plainText } from './form-encoding.js';
import { type RuntimeParameters, type StageParameter, stageParameters } from './stage-parameters.js';

/** A POST to a token endpoint, before it is written (RFC 6749 §3.2). */
export interface TokenRequest {
  readonly stage: Exclude<Stage, 'authorization'>;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | Secret>>;
  readonly parameters: readonly StageParameter[];
  readonly format: 'form' | 'json';
}

/** Milliseconds for the whole answer of a token endpoint. Shorter than a refresh lease, see `refresh-lease.ts`. */
export const tokenRequestTimeout = 15_000;

/** Bytes of a token answer that are read. Answers with several JWTs stay under 20 KiB. */
export const tokenAnswerBytes = 64 * 1024;

const contentTypes = { form: 'application/x-www-form-urlencoded', json: 'application/json' } as const;

/**
 * @param assertion see `clientAssertion`; absent in a preview
 * @throws ConfigurationError DOCUMENT_INVALID when the client authentication lacks a value
 */
export function buildTokenRequest(
  application: Application,
  stage: Exclude<Stage, 'authorization'>,
  runtime: RuntimeParameters,
  assertion?: Secret,
): TokenRequest {
  const { type, resource } = application;
  const authenticate = clientAuthentication[type.clientAuthentication ?? 'client_secret_post'];
  const authenticated = authenticate(application, stageParameters(application, stage, runtime), assertion);
  const format = type.tokenRequestFormat ?? 'form';
  const parameters = authenticated.parameters.filter((parameter) => parameter.in !== 'header');
  return {
    stage,
    url: endpointWithout(endpointOf(resource, stage) ?? resource.tokenEndpoint, parameters),
    headers: {
      accept: 'application/json',
      ...headersOf(application, authenticated.parameters),
      'content-type': contentTypes[format],
      ...authenticated.headers,
    },
    parameters,
    format,
  };
}

/** The parameters that stand in headers, names in lower case. @throws ConfigurationError DOCUMENT_INVALID for what no header can hold */
function headersOf({ resource }: Application, parameters: readonly StageParameter[]): TokenRequest['headers'] {
  const headers = parameters.filter((parameter) => parameter.in === 'header');
  for (const { name, value } of headers) {
    // RFC 9110 §5.5: visible ASCII and blanks; anything else could end the header.
    if (/^[\x20-\x7e\t]*$/.test(plainText(value))) continue;
    const message = 'holds a character that no header can hold (RFC 9110 §5.5); use printable ASCII';
    throw new ConfigurationError(
      'DOCUMENT_INVALID',
      `OAuth resource "${resource.name}": the value of "${name}" ${message}.`,
      {
        fields: [{ pointer: jsonPointer(['values', name]), message }],
      },
    );
  }
  return Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
}

/** The body as it goes over the wire. */
export function tokenRequestBody({ format, parameters }: Pick<TokenRequest, 'format' | 'parameters'>): string {
  if (format === 'form') return formEncode(parameters);
  const members = new Map<string, string | string[]>();
  for (const { name, value } of parameters) {
    const earlier = members.get(name);
    members.set(name, earlier === undefined ? plainText(value) : [earlier, plainText(value)].flat());
  }
  return JSON.stringify(Object.fromEntries(members));
}

/** Sent once and never again: a code or a rotated refresh token works one time. Redirects are not followed. */
export function toUpstreamRequest(request: Omit<TokenRequest, 'stage'>): UpstreamRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, plainText(value)] as const);
  return {
    method: 'POST',
    url: request.url,
    headers: Object.fromEntries(headers),
    body: tokenRequestBody(request),
    timeout: tokenRequestTimeout,
    maxBytes: tokenAnswerBytes,
    idempotent: false,
    redirects: 'manual',
  };
}

/** Every secret that the request carries, so that an answer which echoes one can be masked. */
export function secretsIn(request: Pick<TokenRequest, 'parameters' | 'headers'>): readonly string[] {
  const values = [...request.parameters.map(({ value }) => value), ...Object.values(request.headers)];
  return values.filter((value) => value instanceof Secret).map((secret) => secret.reveal());
}
