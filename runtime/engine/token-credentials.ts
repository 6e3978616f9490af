import type { Credentials, OutgoingRequest, Refusal } from '../../brokers/http/credentials.js';
import { CallerError, ProviderError } from '../../config/model/errors.js';
import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import { dpopProof } from '../oauth/dpop.js';
import { dpopNonce, noteDpopNonce } from '../oauth/dpop-nonces.js';
import type { OAuth } from '../oauth/oauth.js';
import type { AccessToken, TokenSource } from '../oauth/token-source.js';

/** What calls are authorised by. */
export type Tokens = Pick<TokenSource, 'peek' | 'get' | 'renew'> & Pick<OAuth, 'consentUrl'>;

/** Whose token a call sends. */
export interface TokenHolder {
  readonly resource: string;
  readonly credential: Credential;
  /** See `TokenSource.get`. */
  readonly callerToken?: Secret | undefined;
}

/** Credentials that can say which token they send. */
export interface TokenBearing {
  /** @throws see `TokenSource.get` */
  token(): AccessToken | Promise<AccessToken>;
}

export const bearsToken = (credentials: Credentials | undefined): credentials is Credentials & TokenBearing =>
  credentials !== undefined && 'token' in credentials;

/**
 * An OAuth access token in the `Authorization` header, renewed once when the service refuses it (RFC 6750 §2.1, §3.1). A token that is
 * bound to a key goes with a proof for each request (RFC 9449 §7.1).
 */
export class TokenCredentials implements Credentials, TokenBearing {
  readonly #tokens: Tokens;
  readonly #holder: TokenHolder;
  readonly #signal: AbortSignal | undefined;
  #sent: AccessToken | undefined;

  constructor(tokens: Tokens, holder: TokenHolder, signal: AbortSignal | undefined) {
    this.#tokens = tokens;
    this.#holder = holder;
    this.#signal = signal;
  }

  apply(request: OutgoingRequest): void | Promise<void> {
    const token = this.token();
    return token instanceof Promise ? token.then((got) => this.#add(got, request)) : this.#add(token, request);
  }

  token(): AccessToken | Promise<AccessToken> {
    const { resource, credential, callerToken } = this.#holder;
    return this.#tokens.peek(resource, credential) ?? this.#tokens.get(resource, credential, this.#signal, callerToken);
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

  /** A consent can bring what the token lacks; a refresh cannot (RFC 6750 §3.1). */
  async denied({ headers }: Refusal): Promise<void> {
    const challenge = [headers['www-authenticate'] ?? []].flat().join(', ');
    if (!/\berror="?insufficient_scope\b/.test(challenge)) return;
    const { resource, credential } = this.#holder;
    const authorizationUrl = await this.#tokens.consentUrl(resource, credential);
    if (authorizationUrl === undefined) return;
    const scope = /\bscope="([\x21\x23-\x5b\x5d-\x7e ]{1,500})"/.exec(challenge)?.[1];
    const wanted = scope === undefined ? 'more than the token allows' : `the scope "${scope}"`;
    throw new CallerError(
      'AUTHORIZATION_REQUIRED',
      `The service wants ${wanted}. If OAuth resource "${resource}" asks for it, open ${authorizationUrl} to consent again; ` +
        'else an admin has to add it to the scope of the resource first.',
      { extensions: { authorizationUrl, resource, credential, ...(scope === undefined ? {} : { scope }) } },
    );
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
