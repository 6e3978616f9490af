import type { Credentials, OutgoingRequest, Refusal } from '../../brokers/http/credentials.js';
import { ProviderError } from '../../config/model/errors.js';
import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import { dpopProof } from '../oauth/dpop.js';
import { dpopNonce, noteDpopNonce } from '../oauth/dpop-nonces.js';
import type { AccessToken, TokenSource } from '../oauth/token-source.js';

/** Whose token a call sends. */
export interface TokenHolder {
  readonly resource: string;
  readonly credential: Credential;
  /** See `TokenSource.get`. */
  readonly callerToken?: Secret | undefined;
}

/**
 * An OAuth access token in the `Authorization` header, renewed once when the service refuses it (RFC 6750 §2.1, §3.1). A token that is
 * bound to a key goes with a proof for each request (RFC 9449 §7.1).
 */
export class TokenCredentials implements Credentials {
  readonly #tokens: TokenSource;
  readonly #holder: TokenHolder;
  readonly #signal: AbortSignal | undefined;
  #sent: AccessToken | undefined;

  constructor(tokens: TokenSource, holder: TokenHolder, signal: AbortSignal | undefined) {
    this.#tokens = tokens;
    this.#holder = holder;
    this.#signal = signal;
  }

  apply(request: OutgoingRequest): void | Promise<void> {
    const { resource, credential, callerToken } = this.#holder;
    const cached = this.#tokens.peek(resource, credential);
    if (cached !== undefined) return this.#add(cached, request);
    return this.#tokens.get(resource, credential, this.#signal, callerToken).then((token) => this.#add(token, request));
  }

  async refused(request: OutgoingRequest, { headers }: Refusal): Promise<boolean> {
    const sent = this.#sent;
    if (sent === undefined) return false;
    const challenge = String(headers['www-authenticate'] ?? '');
    const hasNewNonce = sent.proofKey !== undefined && noteDpopNonce(request.url, headers);
    // The token is good; the proof lacked a nonce (RFC 9449 §9).
    if (hasNewNonce && /\buse_dpop_nonce\b/.test(challenge)) return true;
    const { resource, credential, callerToken } = this.#holder;
    try {
      const renewed = await this.#tokens.renew(resource, credential, sent, this.#signal, callerToken);
      return renewed.generation !== sent.generation;
    } catch (error) {
      // No other token is to be had, so the service's own answer is what the caller must see.
      if (error instanceof ProviderError && error.code === 'TOKEN_REFUSED') return false;
      throw error;
    }
  }

  #add(token: AccessToken, request: OutgoingRequest): void | Promise<void> {
    this.#sent = token;
    request.headers.authorization = token.header.reveal();
    if (token.proofKey === undefined) return undefined;
    const { method, url } = request;
    const proven = { method, url, nonce: dpopNonce(url), accessToken: token.value };
    return dpopProof(token.proofKey, proven, Date.now()).then((proof) => {
      request.headers.dpop = proof;
    });
  }
}
