import type { SecretValue } from './service-instance.js';

/** JWS algorithms that the runtime signs with (RFC 7518 §3.1, RFC 8037 §3.1). */
export const signingAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** How a JWT names the certificate of its key (RFC 7515 §4.1.6 to §4.1.8). */
export const certificateHeaders = ['x5t#S256', 'x5t', 'x5c', 'none'] as const;
export type CertificateHeader = (typeof certificateHeaders)[number];

/** How a JWT by which the client authenticates is made (RFC 7523 §2.2). Its issuer and subject are the `client_id`. */
export interface ClientAssertion {
  /** Default: the key's own: RS256, ES256, ES384, ES512 or EdDSA. A client secret always signs with HS256. */
  readonly algorithm?: SigningAlgorithm;
  /** Default: the URL of the token endpoint. */
  readonly audience?: string;
  /** Seconds that it is valid; default 300. */
  readonly lifetime?: number;
  /** Default `x5t#S256` where there is a certificate. */
  readonly certificateHeader?: CertificateHeader;
}

/**
 * How an assertion that is exchanged for a token is made: a JWT (RFC 7523 §2.1) or a SAML 2.0 assertion (RFC 7522 §2.1). Texts
 * may hold `{user}`, `{email}` and `{attribute.NAME}`, which stand for the person whose call it is; an assertion without one
 * speaks for the application, and all callers share its token.
 */
export interface Assertion extends ClientAssertion {
  /** Default: the `client_id`. */
  readonly issuer?: string;
  /** Default: the issuer. */
  readonly subject?: string;
  /** Further claims of a JWT, or attributes of a SAML assertion. */
  readonly claims?: Readonly<Record<string, string>>;
  /** SAML: the format of the subject's name; default `urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified`. */
  readonly nameIdFormat?: string;
  /** SAML: where the assertion may be handed in; default: the URL of the token endpoint. */
  readonly recipient?: string;
}

/** The private key of an application, and what its provider knows it by. */
export interface SigningKey {
  /** PEM (PKCS #8, PKCS #1 or SEC 1) or a JWK as JSON. */
  readonly privateKey: SecretValue;
  /** PEM. */
  readonly certificate?: string;
  /** The `kid` of the JWT header (RFC 7515 §4.1.4). */
  readonly keyId?: string;
}
