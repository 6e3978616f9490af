import { CallerError, type SmartwrightError, UpstreamError } from '../../config/model/errors.js';

/**
 * What ends a request before its time: its deadline, and the caller's signal. It covers everything from the first attempt to
 * the last byte of the answer; after `idle` the deadline begins anew with each sign of life.
 */
export class Lifeline {
  readonly #timeout: number;
  #expires: number;
  #timer: NodeJS.Timeout;
  #heldBack: (() => boolean) | undefined;
  readonly #signal: AbortSignal | undefined;
  #cut: ((error: SmartwrightError) => void) | undefined;
  #ended: SmartwrightError | undefined;

  /**
   * @param timeout milliseconds
   * @param what names the request in messages, such as `GET api.example.com/contacts`
   * @throws CallerError CANCELLED when the signal has aborted already
   */
  constructor(timeout: number, signal: AbortSignal | undefined, what: () => string) {
    if (signal?.aborted === true) throw cancelled(what(), signal.reason);
    this.#timeout = timeout;
    this.#expires = performance.now() + timeout;
    this.#timer = setTimeout(() => this.#expired(), timeout);
    this.#signal = signal;
    this.#what = what;
    signal?.addEventListener('abort', this);
  }

  readonly #what: () => string;

  /** The signal's event listener. */
  handleEvent(): void {
    this.#end(cancelled(this.#what(), this.#signal?.reason));
  }

  /** Milliseconds that remain. */
  get remaining(): number {
    return this.#expires - performance.now();
  }

  /** Registers what is to be cut off; one thing at a time. It is cut at once when the end has come already. */
  attach(cut: (error: SmartwrightError) => void): void {
    this.#cut = cut;
    if (this.#ended !== undefined) cut(this.#ended);
  }

  /**
   * From now on only silence counts, as long as the deadline was.
   *
   * @param heldBack whether the service waits for us: no silence of its own
   */
  idle(heldBack: () => boolean): void {
    this.#heldBack = heldBack;
    this.progress();
  }

  /** A sign of life. */
  progress(): void {
    this.#expires = performance.now() + this.#timeout;
  }

  /** A promise's result, or the end, whichever comes first. */
  async race<T>(promise: Promise<T>): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      this.attach(reject);
      promise.then(resolve, reject);
    });
  }

  /** All is done: the timer and the signal are let go. */
  release(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this);
    this.#cut = undefined;
  }

  #expired(): void {
    if (this.#heldBack?.() === true) this.progress();
    // A timer may be a little early.
    if (this.#heldBack !== undefined && this.remaining > 1) {
      this.#timer = setTimeout(() => this.#expired(), this.remaining);
    } else {
      const end = this.#heldBack === undefined ? timedOut : fellSilent;
      this.#end(end(this.#what(), this.#timeout));
    }
  }

  #end(error: SmartwrightError): void {
    const cut = this.#cut;
    this.#ended = error;
    this.release();
    cut?.(error);
  }
}

function cancelled(what: string, reason: unknown): CallerError {
  return new CallerError('CANCELLED', `${what}: the caller went away before the answer was there.`, { cause: reason });
}

function timedOut(what: string, timeout: number): UpstreamError {
  return new UpstreamError(
    'UPSTREAM_TIMEOUT',
    `${what}: the answer was not complete within ${timeout} ms. Try again, or raise the instance's timeout.`,
  );
}

function fellSilent(what: string, timeout: number): UpstreamError {
  return new UpstreamError(
    'UPSTREAM_TIMEOUT',
    `${what}: the answer began, and then nothing more came for ${timeout} ms. Try again, or raise the instance's timeout.`,
  );
}
