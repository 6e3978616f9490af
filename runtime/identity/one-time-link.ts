import type { SessionRepository } from '../../config/store/store.js';
import { digest, randomToken } from './digest.js';

/** Milliseconds that a one-time sign-in link works. */
export const ONE_TIME_LINK_LIFETIME = 15 * 60 * 1000;

export interface OneTimeLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** A link that signs a person in once, without a password. Its token is kept as a hash. */
export async function makeOneTimeLink(
  sessions: SessionRepository,
  user: string,
  publicUrl: string,
  now = new Date(),
): Promise<OneTimeLink> {
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + ONE_TIME_LINK_LIFETIME);
  await sessions.saveSignInToken(digest(token), user, expiresAt);
  return { url: `${publicUrl}/sign-in/once?token=${token}`, expiresAt };
}

/** The user whom a link's token signs in; undefined when it is unknown, used or expired. Uses it up. */
export function takeOneTimeToken(sessions: SessionRepository, token: string, now: Date): Promise<string | undefined> {
  return sessions.takeSignInToken(digest(token), now);
}
