import type { Credential } from '../model/principal.js';
import type { Secret } from '../model/secret.js';
import type { TokenError, TokenHealth } from '../model/token-error.js';
import type { TokenNotification } from '../model/token-notification.js';
import type { TokenTrace } from '../model/token-trace.js';

export type TokenState = 'valid' | 'reconnect-required';

/** A token, in the clear: only in memory, only inside `Secret`. */
export interface StoredToken {
  readonly credential: Credential;
  readonly resource: string;
  /** Counts up with each save; a save or a lease names the one it saw. */
  readonly generation: number;
  readonly state: TokenState;
  readonly accessToken: Secret;
  readonly refreshToken?: Secret;
  /** The private key, as a JWK, that the token is bound to (RFC 9449). */
  readonly proofKey?: Secret;
  readonly tokenType: string;
  readonly scope?: string;
  /** Absent: the provider did not say. */
  readonly expiresAt?: Date;
  readonly issuedAt: Date;
  /** Further fields of the token response, as text. Secrets too, for all we know. */
  readonly fields?: Readonly<Record<string, Secret>>;
  /** When the refresh token ends, where the provider tells it. */
  readonly refreshExpiresAt?: Date;
  /** Why a reconnect is required, or why the last renewal failed. A save ends it. */
  readonly lastError?: TokenError;
}

export type TokenToSave = Omit<StoredToken, 'generation' | 'state' | 'lastError'>;

export interface TokenSummary {
  readonly credential: Credential;
  readonly resource: string;
  readonly resourceType: string;
  readonly generation: number;
  readonly state: TokenHealth;
  readonly scope?: string;
  readonly expiresAt?: string;
  readonly issuedAt: string;
  readonly refreshable: boolean;
  /** When the refresh token ends: as the provider told, else by its last use and the type's `refreshTokenExpirationDays`. */
  readonly refreshExpiresAt?: string;
  readonly lastError?: TokenError;
  /** The type's expiring or invalid message, when the state is one of these. */
  readonly message?: string;
}

export interface TokenRepository {
  get(credential: Credential, resource: string): Promise<StoredToken | undefined>;
  /** @param now default: this process's clock */
  list(now?: Date): Promise<TokenSummary[]>;
  /**
   * Saves a token. A refresh, which names a generation, is one conditional UPDATE and no change in the sense of `changes`.
   * @param expectedGeneration the generation that it replaces; `'any'` for a new consent, which always wins
   * @returns the stored token, or undefined when the stored generation is another: nothing was written
   */
  save(token: TokenToSave, expectedGeneration: number | 'any'): Promise<StoredToken | undefined>;
  /** False when the stored generation is another. */
  requireReconnect(credential: Credential, resource: string, generation: number, error: TokenError): Promise<boolean>;
  /** Notes that a renewal, a first request (generation 0) or a revocation failed. False when the stored generation is another. */
  failed(credential: Credential, resource: string, generation: number, error: TokenError): Promise<boolean>;
  /** The last error of a first request, where there is no token yet. */
  lastError(credential: Credential, resource: string): Promise<TokenError | undefined>;
  /**
   * Takes the refresh lease by one conditional UPDATE: free, expired by the database's clock, or already the owner's.
   * @param duration milliseconds
   * @returns whether `owner` holds it now
   */
  lease(
    credential: Credential,
    resource: string,
    generation: number,
    owner: string,
    duration: number,
  ): Promise<boolean>;
  /** Gives the lease up, if it is still the owner's. */
  release(credential: Credential, resource: string, owner: string): Promise<void>;
  /** False when there was none. */
  delete(credential: Credential, resource: string): Promise<boolean>;
  /**
   * Takes a token out of use, and keeps it for the provider to be told. It is gone for `get`.
   * @returns the token; undefined when there was none
   */
  revoke(credential: Credential, resource: string): Promise<StoredToken | undefined>;
  /** Tokens whose provider is to be told now, those that failed longest ago first; at most 100. */
  revoked(now: Date): Promise<StoredToken[]>;
  /** Forgets a revoked token, unless another has taken its place. */
  forgetRevoked(credential: Credential, resource: string, generation: number): Promise<boolean>;
  /**
   * Valid tokens whose refresh token has used up three quarters of its life, as `refreshTokenEnd` tells it, and whose last
   * renewal, if it failed, may be tried again; at most 100.
   */
  idle(now: Date): Promise<Pick<StoredToken, 'credential' | 'resource'>[]>;
  /**
   * The tokens that were consented, ended or deleted after `since`, by any node. Refreshes do not count: a token that another node
   * has refreshed is found when it is next read. Cheap: a look into an index.
   *
   * @param since the `revision` of an earlier answer; absent: only the present revision is told
   */
  changes(since?: number): Promise<TokenChanges>;
}

export interface TokenChanges {
  readonly revision: number;
  readonly tokens: readonly Pick<StoredToken, 'credential' | 'resource'>[];
}

export interface TokenTraceRepository {
  /** Adds the record of a token flow; the oldest of its credential and resource, and of all, make room. */
  append(trace: TokenTrace): Promise<void>;
  /** Newest first. @param limit default 20, at most 1,000 */
  list(query: { resource?: string; credential?: string; limit?: number }): Promise<TokenTrace[]>;
}

/** A notice whose delivery is to be tried now. */
export interface DueNotification {
  readonly id: number;
  readonly notification: TokenNotification;
  /** How often its delivery has failed. */
  readonly attempts: number;
  readonly nextAttemptAt: Date;
}

/** Notices of what became of tokens. They are added with what they tell of, and stay until they are delivered. */
export interface NotificationRepository {
  /** In order of time, at most 20. */
  due(now: Date): Promise<DueNotification[]>;
  /** Takes it for oneself until then. False when another has. */
  claim(due: DueNotification, until: Date): Promise<boolean>;
  /** Notes that its delivery failed. */
  postpone(due: DueNotification, until: Date): Promise<void>;
  forget(due: DueNotification): Promise<void>;
}
