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
  readonly stages: Readonly<Partial<Record<Stage, StageDefault>>>;
}

export interface StageDefault {
  /** The value when the resource gives none. */
  readonly default?: string;
}

/** How the client authenticates at the token endpoint (RFC 6749 §2.3, OpenID Connect Core §9). */
export const clientAuthentications = ['client_secret_post', 'client_secret_basic', 'none'] as const;
export type ClientAuthentication = (typeof clientAuthentications)[number];

/** How a first token is obtained. */
export const grants = ['authorization_code', 'client_credentials'] as const;
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
  /** Default `client_secret_post`. */
  readonly clientAuthentication?: ClientAuthentication;
  /** Proof Key for Code Exchange, RFC 7636. Default `S256`. */
  readonly pkce?: 'S256' | 'off';
  /** How the token request's body is written. Default `form` (RFC 6749 §4.1.3). */
  readonly tokenRequestFormat?: 'form' | 'json';
  readonly parameters: readonly OAuthParameter[];
  /** Fields of the token response that are set to a fixed value, whatever the provider says: `{ expires_in: '259200' }`. */
  readonly tokenReplacementValues?: Readonly<Record<string, string>>;
  /** Days after which an unused refresh token dies at the provider. */
  readonly refreshTokenExpirationDays?: number;
  /** Days before that from which the person is warned. */
  readonly expirationWarningDays?: number;
  readonly expiringMessage?: string;
  readonly invalidMessage?: string;
}
