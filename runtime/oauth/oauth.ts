import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType, Stage } from '../../config/model/oauth-resource-type.js';
import type { Credential } from '../../config/model/principal.js';
import type { Refreshing, TokenSource } from './token-source.js';

/** The token flow. */
export interface OAuth extends TokenSource, Refreshing {
  readonly consent: Consent;
  /** The requests that each stage would send, secrets masked; neither document needs to be stored. */
  preview(type: OAuthResourceType, resource: OAuthResource): StagePreview[];
  /**
   * Takes a stored token out of use, here and in the cache, and has the provider end it where the resource names a revocation
   * endpoint (RFC 7009). False when there was none. A provider that does not answer is asked again later.
   */
  disconnect(resource: string, credential: Credential): Promise<boolean>;
  /** Where a person gives consent: the URL that `authorization-required` carries. */
  authorizationUrl(resource: string, credential: Credential): string;
  /** Looks once after the tokens that nobody asks for; it happens by itself now and then. */
  keep(): Promise<void>;
  /** Waits for token requests under way, so that no token is lost. Call it before the store is closed. */
  close(): Promise<void>;
}

/** A person's consent at a provider, in two steps with a redirect between them (RFC 6749 §4.1). */
export interface Consent {
  /**
   * Starts a consent and keeps its single-use state.
   * @returns the authorization request's URL at the provider
   * @throws CallerError NOT_FOUND, ConfigurationError DOCUMENT_INVALID when the resource has no authorization stage
   */
  begin(request: ConsentRequest): Promise<string>;
  /**
   * Takes the authorization response that the callback received: consumes the state, checks it, exchanges the code, saves the
   * token.
   * @throws CallerError AUTHORIZATION_REFUSED with a message for the person
   * @throws ProviderError TOKEN_REFUSED, TOKEN_UNAVAILABLE
   */
  complete(parameters: URLSearchParams, session: string): Promise<ConsentResult>;
}

export interface ConsentRequest {
  readonly resource: string;
  readonly credential: Credential;
  /** Hash of the browser session that asks; the callback must come with the same. */
  readonly session: string;
  /** Origin of the opener, checked by the caller against the allowed ones. */
  readonly openerOrigin?: string;
}

export interface ConsentResult {
  readonly resource: string;
  readonly credential: Credential;
  readonly openerOrigin?: string;
}

/** One stage's request, for an admin to read. */
export interface StagePreview {
  readonly stage: Stage;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In the order sent. A secret's value is `[secret]`; what the runtime fills in per request is `[state]`, `[code]`, … */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string;
    readonly source: 'runtime' | 'type' | 'resource';
  }[];
  /** The body as it would be written; null for GET. */
  readonly body: string | null;
}
