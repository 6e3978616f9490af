import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Grant, OAuthResourceType, Stage } from '../../config/model/oauth-resource-type.js';
import type { Credential } from '../../config/model/principal.js';
import type { ProviderImport, ProviderImportRequest } from './discovery/import-provider.js';
import type { Introspection } from './introspection.js';
import type { Refreshing, TokenSource } from './token-source.js';

/** The token flow. */
export interface OAuth extends TokenSource, Refreshing {
  readonly consent: Consent;
  readonly device: DeviceConsent;
  /** The requests that each stage would send, secrets masked; neither document needs to be stored. */
  preview(type: OAuthResourceType, resource: OAuthResource): StagePreview[];
  /**
   * Takes a stored token out of use, here and in the cache, and has the provider end it where the resource names a revocation
   * endpoint (RFC 7009). False when there was none. A provider that does not answer is asked again later.
   */
  disconnect(resource: string, credential: Credential): Promise<boolean>;
  /** What the provider says of a stored access token (RFC 7662). @throws see `introspect` */
  introspect(resource: string, credential: Credential): Promise<Introspection>;
  /** Makes an OAuth resource type and an OAuth resource from a provider's metadata; nothing is saved. @throws see `importProvider` */
  importProvider(request: ProviderImportRequest): Promise<ProviderImport>;
  /** How a resource's tokens are obtained. @throws CallerError NOT_FOUND */
  grant(resource: string): Promise<Grant>;
  /** Where a person gives consent: the URL that `authorization-required` carries. */
  authorizationUrl(resource: string, credential: Credential): string;
  /** The same; undefined where tokens are obtained without a person. @throws CallerError NOT_FOUND */
  consentUrl(resource: string, credential: Credential): Promise<string | undefined>;
  /** Looks once after the tokens that nobody asks for; it happens by itself now and then. */
  keep(): Promise<void>;
  /** Has providers end what was deleted here, in the background: sooner than that happens by itself. */
  revokeSoon(): void;
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

/** A person's consent on another device (RFC 8628). */
export interface DeviceConsent {
  /**
   * Asks the provider for a code that the person types in there.
   * @throws CallerError NOT_FOUND; ConfigurationError DOCUMENT_INVALID when the resource has no device authorization endpoint
   * @throws ProviderError TOKEN_REFUSED, TOKEN_UNAVAILABLE
   */
  begin(request: Pick<ConsentRequest, 'resource' | 'credential' | 'session'>): Promise<DeviceConsentBegun>;
  /**
   * The outcome so far. Asks the provider once, unless it is too soon for that; saves the token when there is one. Of several
   * callers at once, one is served.
   * @throws CallerError AUTHORIZATION_REFUSED when it is over, unknown or somebody else's
   * @throws ProviderError TOKEN_REFUSED when the person has denied it, or the code has run out
   */
  poll(id: string, session: string): Promise<DeviceConsentPending | DeviceConsentDone>;
}

export interface DeviceConsentPending {
  readonly status: 'pending';
  readonly resource: string;
  readonly credential: Credential;
  /** What the person types in. */
  readonly userCode: string;
  /** Where. */
  readonly verificationUri: string;
  /** The same with the code in it. */
  readonly verificationUriComplete?: string;
  /** Seconds until it is worth asking again. */
  readonly askAgainIn: number;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** @property id the handle by which the outcome is asked for */
export type DeviceConsentBegun = DeviceConsentPending & { readonly id: string };

export interface DeviceConsentDone {
  readonly status: 'authorized';
  readonly resource: string;
  readonly credential: Credential;
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
