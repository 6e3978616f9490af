import type { SessionRepository } from '../../config/store/store.js';
import { digest, randomToken } from './digest.js';

/** Milliseconds that a session lasts from sign-in, used or not: a working day. */
export const SESSION_LIFETIME = 12 * 60 * 60 * 1000;

/** What the browser gets. The store keeps its hash alone, so a copy of the database signs nobody in. */
export interface OpenedSession {
  /** The cookie's value: 256 random bits. */
  readonly cookie: string;
  readonly expiresAt: Date;
}

/** A session's id in the store: the hash of the cookie's value. */
export const sessionId = (cookie: string): string => digest(cookie);

/** Signs a browser in. Each sign-in makes a new cookie, so one planted before it is worth nothing. */
export async function openSession(sessions: SessionRepository, user: string, now: Date): Promise<OpenedSession> {
  const cookie = randomToken();
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME);
  await sessions.save({ id: sessionId(cookie), user, expiresAt });
  return { cookie, expiresAt };
}
