import type { StoredToken } from '../../config/store/store.js';
import { isAlive, refreshTime } from './refresh-time.js';
import { sameToken } from './token-record.js';
import type { AccessToken } from './token-source.js';

/**
 * What is to be done with the token that is stored, or is not:
 * - `use` it as it is
 * - `renew` it: by its refresh token, or anew where the grant needs no person
 * - `authorize`: nobody has consented yet
 * - `reconnect`: it is over, and only a person can bring a new one
 */
export type Verdict = 'use' | 'renew' | 'authorize' | 'reconnect';

export interface Circumstances {
  /** The token that a service answered with 401; it is not used again. */
  readonly refused: AccessToken | undefined;
  /** See `Demand`. */
  readonly early?: number | undefined;
  /** Whether the grant needs no person. */
  readonly unattended: boolean;
  readonly now: number;
  /** −1 … 1; see `refreshTime`. */
  readonly jitter: number;
}

export function judge(stored: StoredToken | undefined, circumstances: Circumstances): Verdict {
  const { unattended, now, jitter, early } = circumstances;
  if (stored === undefined) return unattended ? 'renew' : 'authorize';
  if (stored.state === 'reconnect-required') return unattended ? 'renew' : 'reconnect';
  const good = isStillGood(stored, circumstances);
  if (good && now < refreshTime(stored, jitter) && early !== stored.generation) return 'use';
  if (unattended || stored.refreshToken !== undefined) return 'renew';
  return good ? 'use' : 'reconnect';
}

/** Whether the token can be sent, even though it may be time to renew it. */
export function isStillGood(stored: StoredToken, { refused, now }: Pick<Circumstances, 'refused' | 'now'>): boolean {
  return stored.state === 'valid' && isAlive(stored, now) && (refused === undefined || !sameToken(stored, refused));
}
