import type { Grant } from './oauth-resource-type.js';

/** How a service's own description says that callers authenticate: what an admin's OAuth resource can be filled in from. */
export type SecurityScheme = { readonly name: string; readonly description?: string } & (
  | { readonly scheme: 'basic' | 'bearer' }
  | {
      readonly scheme: 'header' | 'query' | 'cookie';
      /** The name of the header, query parameter or cookie. */
      readonly parameter: string;
    }
  | { readonly scheme: 'oauth'; readonly flows: readonly OAuthFlow[] }
  /** One that no authentication mode covers, in the service's own terms: `mutualTLS`, `http digest`. */
  | { readonly scheme: 'other'; readonly says: string }
);

/** One way to a token. Endpoints are absolute URLs, under the names that an OAuth resource has for them. */
export interface OAuthFlow {
  readonly grant: Grant;
  readonly authorizationEndpoint?: string;
  readonly tokenEndpoint?: string;
  readonly refreshEndpoint?: string;
  readonly metadataEndpoint?: string;
  readonly deviceAuthorizationEndpoint?: string;
  /** The flow that the service names is not to be used any more (RFC 9700 §2.1.2, §2.4); this one is in its place. */
  readonly replaces?: 'implicit' | 'password';
  /** Scope → what it allows, in the service's words. */
  readonly scopes: Readonly<Record<string, string>>;
}
