import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import type { StoredToken, TokenToSave } from '../../config/store/store.js';
import { refreshTokenExpiry } from './refresh-token-expiry.js';
import type { Issued } from './token-endpoint.js';

/** What an earlier token hands on to the one that replaces it. */
export interface Inherited {
  readonly refreshToken?: Secret;
  readonly scope?: string;
  readonly refreshExpiresAt?: Date;
  readonly fields?: Readonly<Record<string, Secret>>;
}

/**
 * The record of a token that was just issued. A refresh token or scope that the answer does not name stays as it was (RFC 6749
 * §5.1, §6), and so do further fields.
 */
export function tokenRecord(
  credential: Credential,
  resource: string,
  { token, requestedAt, proofKey }: Issued,
  inherited: Inherited = {},
): TokenToSave {
  const refreshToken = token.refreshToken ?? inherited.refreshToken;
  const scope = token.scope ?? inherited.scope;
  const expiry = token.expiresIn === undefined ? undefined : new Date(requestedAt.getTime() + token.expiresIn * 1000);
  const told = refreshTokenExpiry(token.fields, requestedAt);
  const refreshExpiresAt = told ?? (token.refreshToken === undefined ? inherited.refreshExpiresAt : undefined);
  return {
    credential,
    resource,
    accessToken: token.accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    tokenType: token.tokenType,
    ...(scope === undefined ? {} : { scope }),
    ...(expiry === undefined ? {} : { expiresAt: expiry }),
    ...(proofKey === undefined ? {} : { proofKey }),
    ...(refreshExpiresAt === undefined ? {} : { refreshExpiresAt }),
    issuedAt: requestedAt,
    fields: { ...inherited.fields, ...token.fields },
  };
}

/** Whether two tokens are the same one. Generations start again when a token is deleted, so the values are compared. */
export const sameToken = (stored: Pick<StoredToken, 'accessToken'>, sent: { readonly value: Secret }): boolean =>
  stored.accessToken.reveal() === sent.value.reveal();
