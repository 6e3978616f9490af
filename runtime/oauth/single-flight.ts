import { CallerError } from '../../config/model/errors.js';

/** Held by work under way. `current` turns false once its key was forgotten: its result is then not to be kept. */
export interface Ticket {
  readonly current: boolean;
}

interface Flight<T> {
  readonly ticket: { current: boolean };
  readonly result: Promise<T>;
}

/**
 * Shares work among all who want the same thing at the same time. A caller that goes away leaves; the work goes on for the
 * others.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();
  /** All work under way, forgotten or not. */
  readonly #underWay = new Set<Promise<T>>();

  /** The work under way for the key. */
  running(key: string): Promise<T> | undefined {
    return this.#flights.get(key)?.result;
  }

  /** Joins the work under way, or starts it. */
  join(key: string, work: (ticket: Ticket) => Promise<T>): Promise<T> {
    const running = this.running(key);
    if (running !== undefined) return running;
    const ticket = { current: true };
    const result = work(ticket);
    this.#flights.set(key, { ticket, result });
    this.#underWay.add(result);
    const done = () => {
      this.#underWay.delete(result);
      if (ticket.current) this.#flights.delete(key);
    };
    result.then(done, done);
    return result;
  }

  /** Waits until nothing is under way. */
  async landed(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** Lets the next caller start anew. */
  forget(matches: (key: string) => boolean): void {
    for (const [key, { ticket }] of this.#flights) {
      if (!matches(key)) continue;
      ticket.current = false;
      this.#flights.delete(key);
    }
  }
}

/** Waits for shared work, or until the caller goes away. @throws CallerError CANCELLED */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const gone = () => reject(new CallerError('CANCELLED', 'The caller went away while waiting for an access token.'));
    if (signal.aborted) return gone();
    signal.addEventListener('abort', gone, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', gone));
  });
}
