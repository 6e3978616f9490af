import type Provider from 'oidc-provider';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import type { Person } from './people.js';

/** An application that is registered at the sample authorization server. */
export interface SampleClient {
  readonly clientId: string;
  /** Absent: a public client, which authenticates by PKCE alone. */
  readonly clientSecret?: string;
  /** Default `authorization_code`. */
  readonly grant?: 'authorization_code' | 'client_credentials';
  /** Default `client_secret_post`; `none` where there is no secret. */
  readonly authentication?: 'client_secret_post' | 'client_secret_basic';
  /** Further client metadata (OpenID Connect Registration §2), which wins. */
  readonly metadata?: Partial<ClientMetadata>;
}

export interface AuthorizationServerOptions {
  readonly clients: readonly SampleClient[];
  /** Where the applications that ask for consent may have their answers sent. */
  readonly redirectUris: readonly string[];
  /** Seconds that an access token lives; default 8, so that refreshing can be watched. */
  readonly accessTokenTtl?: number;
  /** Default 0: a free port. */
  readonly port?: number;
  /** Default: Alice. */
  readonly people?: readonly Person[];
  /** The audience of the access tokens; default `urn:sample:crm`. */
  readonly audience?: string;
  /** The scopes there are; default `crm.read` and `crm.write`. */
  readonly scopes?: readonly string[];
  /** Changes the configuration of oidc-provider: turns on what else it can do. */
  readonly adjust?: (configuration: Configuration) => Configuration;
  /** Adds to the provider before it serves: grants of its own, checks. */
  readonly extend?: (provider: Provider) => void;
}
