import type { Upstream, UpstreamRequest } from '../../brokers/http/upstream.js';
import type { Logger } from '../../config/model/logger.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Secret } from '../../config/model/secret.js';
import type { Application } from './application.js';
import { clientAssertion } from './client-assertion.js';
import { dpopProof } from './dpop.js';
import { dpopNonce, noteDpopNonce } from './dpop-nonces.js';
import { amendsRequests, type OAuthExtension } from './extensions/extension.js';
import { extensionContext } from './extensions/extension-context.js';
import { extensionNamed } from './extensions/extension-named.js';
import { type ProviderAnswer, sendToProvider } from './provider-answer.js';
import { providerFailure } from './provider-failure.js';
import type { RuntimeParameters } from './stage-parameters.js';
import {
  buildTokenRequest,
  secretsIn,
  type TokenRequest,
  tokenRequestTimeout,
  toUpstreamRequest,
} from './token-request.js';
import { type IssuedToken, parseTokenResponse, type TokenResponse } from './token-response.js';

/** What asking a token endpoint takes. */
export interface TokenEndpoint {
  /** The guarded transport to a resource's endpoints. */
  readonly http: (resource: OAuthResource) => Upstream;
  readonly log: Logger;
  readonly now: () => number;
  readonly extensions: ReadonlyMap<string, OAuthExtension>;
}

/** A token, and when it was asked for: its lifetime counts from there. */
export interface Issued {
  readonly token: IssuedToken;
  readonly requestedAt: Date;
  /** The key that the token was asked to be bound to (RFC 9449). */
  readonly proofKey?: Secret;
}

/** What is to be asked for. */
export interface TokenQuestion {
  readonly stage: TokenRequest['stage'];
  readonly runtime: RuntimeParameters;
  /** See `Issued`. */
  readonly proofKey?: Secret | undefined;
}

/**
 * Sends one token request and reads the answer. A server that wants a nonce in the proof of possession is asked once more, with it
 * (RFC 9449 §8).
 *
 * @throws TokenEndpointError TOKEN_REFUSED with the OAuth error; TOKEN_UNAVAILABLE when there is no token response to be had
 * @throws ConfigurationError ADDRESS_REFUSED; DOCUMENT_INVALID when the request cannot be built
 */
export async function askTokenEndpoint(
  endpoint: TokenEndpoint,
  application: Application,
  question: TokenQuestion,
): Promise<Issued> {
  const requestedAt = new Date(endpoint.now());
  const start = performance.now();
  let turn = await ask(endpoint, application, question, tokenRequestTimeout);
  if (turn.wantsNonce) {
    const left = tokenRequestTimeout - (performance.now() - start);
    turn = await ask(endpoint, application, question, Math.max(left, 1));
  }
  const { request, response, answer } = turn;
  const { proofKey } = question;
  if (response.kind === 'issued') {
    return { token: response.token, requestedAt, ...(proofKey === undefined ? {} : { proofKey }) };
  }
  const asked = { endpoint: 'token endpoint', request: `${request.stage} request` };
  const failed = { answer, reason: response, secrets: secretsIn(request), now: endpoint.now() };
  throw providerFailure(application.resource.name, asked, failed);
}

/** One request and its answer. */
interface Turn {
  readonly request: TokenRequest;
  readonly answer: ProviderAnswer['answer'];
  readonly response: TokenResponse;
  /** The server refused the proof for want of a nonce, and has handed one out. */
  readonly wantsNonce: boolean;
}

async function ask(
  endpoint: TokenEndpoint,
  application: Application,
  { stage, runtime, proofKey }: TokenQuestion,
  timeout: number,
): Promise<Turn> {
  const { type, resource } = application;
  // Made anew for each request: the identifier of an assertion or a proof is used once.
  const built = buildTokenRequest(application, stage, runtime, await clientAssertion(application, endpoint.now()));
  const request = await amended(endpoint, application, built);
  const upstreamRequest = await proven({ ...toUpstreamRequest(request), timeout }, proofKey, endpoint.now());
  const { answer, text } = await sendToProvider(endpoint, resource, `${stage} request`, upstreamRequest);
  const hasNewNonce = proofKey !== undefined && noteDpopNonce(request.url, answer.headers);
  const contentType = [answer.headers['content-type'] ?? ''].flat().join();
  const response = parseTokenResponse(
    { status: answer.status, contentType, text },
    { replacements: type.tokenReplacementValues, places: type.tokenFields, errors: type.tokenErrors },
    endpoint.now(),
  );
  const { status } = answer;
  endpoint.log.info({ resource: resource.name, stage, status, outcome: response.kind }, 'token endpoint answered');
  const wantsNonce = hasNewNonce && response.kind === 'refused' && response.error === 'use_dpop_nonce';
  return { request, answer, response, wantsNonce };
}

/** The request as the extension of the type leaves it. */
async function amended(
  endpoint: TokenEndpoint,
  application: Application,
  request: TokenRequest,
): Promise<TokenRequest> {
  const extension = extensionNamed(application.type, endpoint.extensions);
  if (extension === undefined || !amendsRequests(extension)) return request;
  const { url, headers, parameters } = await extension.amend(request, extensionContext(endpoint, application));
  const complete = parameters.map((parameter) => ({ source: 'runtime' as const, raw: false, ...parameter }));
  return { ...request, url, headers, parameters: complete };
}

async function proven(request: UpstreamRequest, proofKey: Secret | undefined, now: number): Promise<UpstreamRequest> {
  if (proofKey === undefined) return request;
  const { method, url, headers } = request;
  return {
    ...request,
    headers: { ...headers, dpop: await dpopProof(proofKey, { method, url, nonce: dpopNonce(url) }, now) },
  };
}
