import type { Credential } from '../../config/model/principal.js';

/** What happened to a token: for the audit and for metrics. */
export type OAuthEvent =
  | TokenEvent<'token-obtained' | 'token-refreshed' | 'token-deleted'>
  | (TokenEvent<'reconnect-required'> & {
      /** An OAuth error code (RFC 6749 §5.2), or `expired`, or `invalid_token` (RFC 6750 §3.1). */
      readonly reason: string;
    });

interface TokenEvent<Type extends string> {
  readonly type: Type;
  readonly resource: string;
  readonly credential: Credential;
}
