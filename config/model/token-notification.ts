import type { Credential } from './principal.js';

/** What a webhook is told of. */
export const tokenNotificationTypes = ['token.reconnect-required', 'token.recovered'] as const;
export type TokenNotificationType = (typeof tokenNotificationTypes)[number];

/** A notice that a token needs its person, or does no longer. */
export interface TokenNotification {
  /** The same at each attempt to deliver it; a receiver drops one that it has seen. */
  readonly id: string;
  readonly type: TokenNotificationType;
  /** RFC 3339, UTC: when it happened. */
  readonly at: string;
  readonly resource: string;
  readonly credential: Credential;
  /** Why a reconnect is required: an OAuth error code (RFC 6749 §5.2), `expired` or `invalid_token`. */
  readonly reason?: string;
}
