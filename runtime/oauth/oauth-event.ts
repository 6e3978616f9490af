import type { Credential } from '../../config/model/principal.js';

/**
 * What happened to a token: for the audit and for metrics. `token-connected`: a person gave consent; `token-obtained`: it came without
 * one; `token-deleted`: it was taken out of use here; `token-revoked`: the provider has ended it.
 */
export type OAuthEvent =
  | TokenEvent<'token-connected' | 'token-obtained' | 'token-deleted' | 'token-revoked'>
  | (TokenEvent<'token-refreshed'> & {
      /** The renewal before had failed. */
      readonly recovered: boolean;
    })
  | (TokenEvent<'reconnect-required'> & {
      /** An OAuth error code (RFC 6749 §5.2), or `expired`, or `invalid_token` (RFC 6750 §3.1). */
      readonly reason: string;
    });

interface TokenEvent<Type extends string> {
  readonly type: Type;
  readonly resource: string;
  readonly credential: Credential;
}
