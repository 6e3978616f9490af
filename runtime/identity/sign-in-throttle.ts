import { CallerError } from '../../config/model/errors.js';
import { ExpiringMap } from './expiring-map.js';

/** Failures that cost nothing: people mistype. */
const FREE = 5;
/** Milliseconds to wait after the first failure beyond those; doubles with each further one. */
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 15 * 60 * 1000;
/** Pairs of user and address kept in memory. A guesser with more addresses than that gains nothing but their own forgetting. */
const REMEMBERED = 10_000;

interface Failures {
  readonly count: number;
  /** Milliseconds since the epoch until which the next attempt is refused. */
  readonly until: number;
}

/**
 * Slows down the guessing of passwords: after some failures for the same user from the same address, each further attempt has to
 * wait longer. It never locks the user out elsewhere, so nobody can lock out somebody else.
 */
export class SignInThrottle {
  readonly #failures: ExpiringMap<Failures>;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#failures = new ExpiringMap(LONGEST_WAIT, REMEMBERED, now);
  }

  /** @throws CallerError TOO_MANY_REQUESTS, with the seconds to wait as `retryAfter` */
  check(user: string, address: string): void {
    const wait = (this.#failures.get(key(user, address))?.until ?? 0) - this.#now();
    if (wait <= 0) return;
    const retryAfter = Math.ceil(wait / 1000);
    throw new CallerError('TOO_MANY_REQUESTS', `Too many failed attempts to sign in. Try again in ${retryAfter} s.`, {
      extensions: { retryAfter },
    });
  }

  /** Counts an attempt as failed. It is called before the password is verified, so that attempts at once are counted too. */
  failed(user: string, address: string): void {
    const id = key(user, address);
    const count = (this.#failures.get(id)?.count ?? 0) + 1;
    const wait = count <= FREE ? 0 : Math.min(FIRST_WAIT * 2 ** (count - FREE - 1), LONGEST_WAIT);
    this.#failures.set(id, { count, until: this.#now() + wait });
  }

  succeeded(user: string, address: string): void {
    this.#failures.delete(key(user, address));
  }
}

const key = (user: string, address: string): string => `${address} ${user.toLowerCase().slice(0, 100)}`;
