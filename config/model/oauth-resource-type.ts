import type { Assertion, ClientAssertion } from './assertion.js';
import type { SecretValue } from './service-instance.js';

/** The three requests of an OAuth 2.0 flow that carry parameters (RFC 6749 §4.1.1, §4.1.3, §6). */
export const stages = ['authorization', 'token', 'refresh'] as const;
export type Stage = (typeof stages)[number];

/** One parameter of a provider. A stage that stands in `stages` is a checked box: the parameter is sent in it. */
export interface OAuthParameter {
  /** The name on the wire, such as `client_id`. `code` and `state` are never configured: the runtime adds them. */
  readonly name: string;
  readonly description?: string;
  /** Its values are secrets: encrypted at rest, never read back. Default false. */
  readonly secret?: boolean;
  /** Whether the value is percent-encoded when sent. Default true; false sends it as it stands. */
  readonly urlEncode?: boolean;
  /** Where a token or refresh request carries it. Default `body`. An authorization request has nothing but its query. */
  readonly in?: 'body' | 'header';
  /** How the items of a list are written: as one text, or the parameter once an item (RFC 8707 §2). Default `spaces`. */
  readonly list?: ListStyle;
  /**
   * The standard parameter that this provider wants under this name: `client_key` for `client_id`. What the runtime would send under
   * the standard name goes under this one instead.
   */
  readonly replaces?: string;
  readonly stages: Readonly<Partial<Record<Stage, StageDefault>>>;
}

export interface StageDefault {
  /** The value when the resource gives none. */
  readonly default?: ParameterValue;
}

/** One value, or a list of them; a list is never a secret. */
export type ParameterValue = SecretValue | readonly string[];

export const listStyles = ['spaces', 'commas', 'repeated'] as const;
export type ListStyle = (typeof listStyles)[number];

/** A part of a provider's addresses and values that differs from one customer to the next, written `{name}` in them. */
export interface OAuthPlaceholder {
  /** Letters, digits and underscores: `tenant`. */
  readonly name: string;
  /** What it is and where a person finds it. */
  readonly description?: string;
  /** The value when the resource gives none. */
  readonly default?: string;
  readonly example?: string;
}

/** The fields of a token answer that have a name in the standard (RFC 6749 §5.1). */
export const tokenFields = ['access_token', 'refresh_token', 'token_type', 'expires_in', 'scope'] as const;
export type TokenField = (typeof tokenFields)[number];

/** How the client authenticates at the token endpoint (RFC 6749 §2.3, RFC 7523 §2.2, OpenID Connect Core §9). */
export const clientAuthentications = [
  'client_secret_post',
  'client_secret_basic',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
] as const;
export type ClientAuthentication = (typeof clientAuthentications)[number];

/**
 * How a first token is obtained: by a person's consent in a browser (RFC 6749 §4.1) or on another device (RFC 8628), by the
 * application itself (RFC 6749 §4.4), by an assertion that the runtime signs (RFC 7523, RFC 7522), or by the caller's own token:
 * `token_exchange` (RFC 8693), `on_behalf_of` (RFC 7523 §2.1 with that token as the assertion, as Entra ID wants it).
 */
export const grants = [
  'authorization_code',
  'device_code',
  'client_credentials',
  'jwt_bearer',
  'saml2_bearer',
  'token_exchange',
  'on_behalf_of',
] as const;
export type Grant = (typeof grants)[number];

/** The parameters that one kind of OAuth provider wants, and how it departs from the standard. */
export interface OAuthResourceType {
  readonly kind: 'OAuthResourceType';
  /** System name. */
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** Default `authorization_code`. */
  readonly grant?: Grant;
  /** An extension that obtains the tokens instead, for what OAuth 2.0 does not cover; see `OAuthExtension`. */
  readonly extension?: string;
  /** Default `client_secret_post`. */
  readonly clientAuthentication?: ClientAuthentication;
  /** For `client_secret_jwt` and `private_key_jwt`. A resource's own settings win. */
  readonly clientAssertion?: ClientAssertion;
  /** For `jwt_bearer` and `saml2_bearer`. A resource's own settings win. */
  readonly assertion?: Assertion;
  /** Tokens are bound to a key of each credential (RFC 9449), and one that is not bound is refused. Default false. */
  readonly dpop?: boolean;
  /** Proof Key for Code Exchange, RFC 7636. Default `S256`. */
  readonly pkce?: 'S256' | 'off';
  /** How the token request's body is written. Default `form` (RFC 6749 §4.1.3). */
  readonly tokenRequestFormat?: 'form' | 'json';
  readonly parameters: readonly OAuthParameter[];
  /** What resources of this type fill in. */
  readonly placeholders?: readonly OAuthPlaceholder[];
  /**
   * Where the token answer holds a standard field, when not under its own name at the top: `{ access_token:
   * 'authed_user.access_token' }`. Dots lead into nested objects.
   */
  readonly tokenFields?: Readonly<Partial<Record<TokenField, string>>>;
  /**
   * The standard name of error codes that only this provider has: `{ bad_refresh_token: 'invalid_grant' }` (RFC 6749 §5.2). By it the
   * runtime knows that a consent is over.
   */
  readonly tokenErrors?: Readonly<Record<string, string>>;
  /** Fields of the token response that are set to a fixed value, whatever the provider says: `{ expires_in: '259200' }`. */
  readonly tokenReplacementValues?: Readonly<Record<string, string>>;
  /** Days after which an unused refresh token dies at the provider. */
  readonly refreshTokenExpirationDays?: number;
  /** Days before that from which the person is warned. */
  readonly expirationWarningDays?: number;
  readonly expiringMessage?: string;
  readonly invalidMessage?: string;
}
