import { EntitySchema } from 'typeorm';
import type { TokenState } from '../store.js';
import { bigInteger, flag, integer, key, optionalInstant, optionalText, text } from './columns.js';

/**
 * A token, or the place of one: a row of state `absent` holds the lease of a first request, or the generation of a deleted
 * token, so that a generation never comes twice.
 */
export interface TokenRow {
  credential: string;
  resource: string;
  generation: number;
  /** `revoked`: deleted here, and the provider is still to be told. */
  state: TokenState | 'absent' | 'revoked';
  tokenType: string;
  scope: string | null;
  expiresAt: number | null;
  issuedAt: number | null;
  /** Whether there is a refresh token. */
  refreshable: boolean;
  /** When the refresh token ends, where the provider tells it. */
  refreshExpiresAt: number | null;
  /** A `TokenError` as JSON. */
  lastError: string | null;
  /** Access token, refresh token and further fields, sealed by the vault. */
  secrets: string | null;
  leaseOwner: string | null;
  leaseUntil: number | null;
  /** When the row last changed. */
  touchedAt: number | null;
  /** The tokens' counter when it was last consented, ended or deleted; a refresh leaves it. */
  changed: number;
}

export const tokenEntity = new EntitySchema<TokenRow>({
  name: 'tokens',
  columns: {
    credential: key,
    resource: key,
    generation: integer,
    state: text,
    tokenType: { ...text, name: 'token_type' },
    scope: optionalText,
    expiresAt: { ...optionalInstant, name: 'expires_at' },
    issuedAt: { ...optionalInstant, name: 'issued_at' },
    refreshable: flag,
    refreshExpiresAt: { ...optionalInstant, name: 'refresh_expires_at' },
    lastError: { ...optionalText, name: 'last_error' },
    secrets: optionalText,
    leaseOwner: { ...optionalText, name: 'lease_owner' },
    leaseUntil: { ...optionalInstant, name: 'lease_until' },
    touchedAt: { ...optionalInstant, name: 'touched_at' },
    changed: bigInteger,
  },
});
