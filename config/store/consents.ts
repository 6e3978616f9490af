import type { Credential } from '../model/principal.js';
import type { Secret } from '../model/secret.js';

/** A consent under way: what the callback needs, found by the state's hash. */
export interface AuthorizationTransaction {
  /** SHA-256 of the `state` parameter, base64url. */
  readonly id: string;
  readonly credential: Credential;
  readonly resource: string;
  readonly resourceVersion: number;
  readonly issuer?: string;
  readonly tokenEndpoint: string;
  readonly redirectUri: string;
  /** RFC 7636 §4.1; absent when PKCE is off. */
  readonly codeVerifier?: Secret;
  /** What an id_token must repeat (OpenID Connect Core §3.1.2.1). */
  readonly nonce?: string;
  /** The private key, as a JWK, that the token will be bound to (RFC 9449). */
  readonly proofKey?: Secret;
  /** Hash of the session that started it; the callback must come from the same one. */
  readonly session: string;
  readonly scope?: string;
  /** Origin of the page that opened the window, already checked against the allowed ones. */
  readonly openerOrigin?: string;
  readonly expiresAt: Date;
}

export interface AuthorizationRepository {
  save(transaction: AuthorizationTransaction): Promise<void>;
  /** Removes it and returns it: exactly once, to one caller, also across nodes. Expired ones are removed and not returned. */
  take(id: string, now: Date): Promise<AuthorizationTransaction | undefined>;
  deleteExpired(now: Date): Promise<number>;
}

/** A consent on another device under way (RFC 8628). */
export interface DeviceTransaction {
  /** SHA-256 of the handle by which its outcome is asked for, base64url. */
  readonly id: string;
  readonly credential: Credential;
  readonly resource: string;
  readonly resourceVersion: number;
  readonly deviceCode: Secret;
  /** What the person types in, and where. */
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string;
  /** See `AuthorizationTransaction`. */
  readonly proofKey?: Secret;
  /** Who started it, and alone may ask for its outcome. */
  readonly session: string;
  readonly scope?: string;
  /** Seconds between two questions to the provider (RFC 8628 §3.5). */
  readonly interval: number;
  /** Milliseconds since the epoch before which the provider is not asked again. */
  readonly askedAgainAt: number;
  readonly expiresAt: Date;
}

export interface DeviceRepository {
  save(transaction: DeviceTransaction): Promise<void>;
  /** See `AuthorizationRepository.take`. */
  take(id: string, now: Date): Promise<DeviceTransaction | undefined>;
}
