import { EntitySchema } from 'typeorm';
import { instant, key, text } from './columns.js';

export interface SessionRow {
  /** SHA-256 of the cookie's value, base64url. */
  id: string;
  user: string;
  expiresAt: number;
}

export const sessionEntity = new EntitySchema<SessionRow>({
  name: 'sessions',
  columns: { id: key, user: { ...text, name: 'user_name' }, expiresAt: { ...instant, name: 'expires_at' } },
});

/** A one-time sign-in link's token, by its SHA-256. */
export const signInTokenEntity = new EntitySchema<SessionRow>({
  name: 'sign_in_tokens',
  columns: { id: key, user: { ...text, name: 'user_name' }, expiresAt: { ...instant, name: 'expires_at' } },
});
