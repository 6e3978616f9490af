import { EntitySchema } from 'typeorm';
import { instant, key, optionalText, text } from './columns.js';

/** A consent under way. */
export interface AuthorizationRow {
  /** SHA-256 of the `state` parameter, base64url. */
  id: string;
  credential: string;
  resource: string;
  /** The transaction without its code verifier, as JSON. */
  request: string;
  /** The code verifier, sealed by the vault. */
  secrets: string | null;
  expiresAt: number;
}

export const authorizationEntity = new EntitySchema<AuthorizationRow>({
  name: 'authorizations',
  columns: {
    id: key,
    credential: text,
    resource: text,
    request: text,
    secrets: optionalText,
    expiresAt: { ...instant, name: 'expires_at' },
  },
});
