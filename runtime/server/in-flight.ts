import { CallerError, RuntimeError } from '../../config/model/errors.js';
import type { Exchange } from './exchange.js';

/** Calls of methods under way at once. Each holds a connection to a service and its answer in memory. */
const MOST_CALLS = 2_000;

/** Milliseconds for the answers of aborted calls to be sent. */
const GRACE = 500;

/** What is being served now, so that a stopping server can wait for it, and end it when it takes too long. */
export class InFlight {
  readonly #exchanges = new Set<Exchange>();
  readonly #calls = new Set<AbortController>();
  #stopping = false;
  #idle: (() => void) | undefined;

  get calls(): number {
    return this.#calls.size;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  begin(exchange: Exchange): void {
    this.#exchanges.add(exchange);
  }

  end(exchange: Exchange): void {
    this.#exchanges.delete(exchange);
    if (exchange.abort !== undefined) this.#calls.delete(exchange.abort);
    if (this.#exchanges.size === 0) this.#idle?.();
  }

  /**
   * Counts a call in.
   *
   * @returns what aborts when the caller goes away or the server stops
   * @throws CallerError TOO_MANY_REQUESTS; RuntimeError STOPPING
   */
  call(exchange: Exchange): AbortSignal {
    if (this.#stopping) throw stopping();
    if (this.#calls.size >= MOST_CALLS) {
      throw new CallerError('TOO_MANY_REQUESTS', `${MOST_CALLS} calls are under way already. Try again in a moment.`, {
        extensions: { retryAfter: 1 },
      });
    }
    exchange.abort = new AbortController();
    this.#calls.add(exchange.abort);
    return exchange.abort.signal;
  }

  /**
   * Waits until nothing is under way, and aborts the calls that still are after `timeout` milliseconds.
   */
  async drain(timeout: number): Promise<void> {
    this.#stopping = true;
    if (this.#exchanges.size === 0) return;
    const idle = new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
    const timer = setTimeout(() => this.#abortAll(), timeout);
    await idle;
    clearTimeout(timer);
  }

  #abortAll(): void {
    for (const call of this.#calls) call.abort(stopping());
    // An exchange that is no call has nothing to abort; a moment for the answers, then its connection is cut.
    setTimeout(() => {
      for (const { response } of this.#exchanges) response.destroy();
    }, GRACE);
  }
}

const stopping = (): RuntimeError =>
  new RuntimeError('STOPPING', 'The server is stopping. Try again in a moment.', { extensions: { retryAfter: 5 } });
