/**
 * The extension contract: what an OAuth resource type cannot say by its parameters. Most providers need none. An extension is an
 * object with a name and one or both of these:
 *
 * - `issue` obtains a token by itself, in place of a grant: it may ask any endpoint, or sign the token with the resource's key.
 * - `amend` changes a token or refresh request that the resource type has built, just before it is sent.
 *
 * Everything else happens around it: storage, the cache, renewal at expiry, one renewal at a time, logs without secrets. A type
 * names it (`extension: my-extension`); settings are ordinary parameters of that type, and their values those of the resource.
 */
import type { Upstream } from '../../../brokers/http/upstream.js';
import type { ClientAssertion } from '../../../config/model/assertion.js';
import type { User } from '../../../config/model/identity.js';
import type { Logger } from '../../../config/model/logger.js';
import type { OAuthResource } from '../../../config/model/oauth-resource.js';
import type { Credential } from '../../../config/model/principal.js';
import type { Secret } from '../../../config/model/secret.js';

export interface OAuthExtension {
  /** What a type names it by: lower case, with hyphens. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
}

/** An extension that obtains tokens. */
export interface IssuesTokens {
  /**
   * Whose token it is when `credential` asks: the cache and the store keep one for each. Default: the caller's own; return
   * `application` for one that all share.
   */
  owner?(credential: Credential, values: ExtensionValues): Credential;
  /** @throws ProviderError when the provider refuses; ConfigurationError when a value is missing or wrong */
  issue(request: TokenWanted, ctx: ExtensionContext): Promise<ExtensionToken>;
}

/** An extension that changes requests to the token endpoint. */
export interface AmendsRequests {
  amend(request: OutgoingTokenRequest, ctx: ExtensionContext): OutgoingTokenRequest | Promise<OutgoingTokenRequest>;
}

/** Parameters of the type by name, with the values of the resource. Secrets are `Secret`; `reveal()` them where they are sent. */
export type ExtensionValues = Readonly<Record<string, string | Secret>>;

export interface TokenWanted {
  readonly credential: Credential;
  /** The account of a `user:` credential; its `attributes` hold what other systems know the person by. */
  readonly person: User | undefined;
  /** The token by which the caller has proved who they are, where it did so by one. */
  readonly callerToken: Secret | undefined;
}

export interface ExtensionContext {
  readonly resource: OAuthResource;
  readonly values: ExtensionValues;
  /** The guarded transport: deadline, size cap, address policy. */
  readonly http: Upstream;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * A JWT signed with the resource's key.
   * @throws ConfigurationError DOCUMENT_INVALID when the resource has no key, or one that does not fit
   */
  signJwt(
    claims: Readonly<Record<string, unknown>>,
    settings?: Pick<ClientAssertion, 'algorithm' | 'certificateHeader'>,
  ): Promise<string>;
}

export interface ExtensionToken {
  readonly accessToken: string;
  /** Default `Bearer`. */
  readonly tokenType?: string;
  /** Seconds. Absent: it is used until a service refuses it. */
  readonly expiresIn?: number;
  readonly scope?: string;
  /** Further fields, kept with the token. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A request to the token endpoint, complete but for its body. */
export interface OutgoingTokenRequest {
  readonly stage: 'token' | 'refresh';
  readonly url: string;
  readonly headers: Readonly<Record<string, string | Secret>>;
  readonly parameters: readonly { readonly name: string; readonly value: string | Secret }[];
}

export const issuesTokens = (extension: OAuthExtension): extension is OAuthExtension & IssuesTokens =>
  'issue' in extension;
export const amendsRequests = (extension: OAuthExtension): extension is OAuthExtension & AmendsRequests =>
  'amend' in extension;
