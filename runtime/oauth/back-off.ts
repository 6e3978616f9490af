import { TokenEndpointError } from './errors.js';

/** Milliseconds after the first failure; doubled with each further one. */
const first = 1_000;
const longest = 5 * 60_000;

interface Failure {
  readonly count: number;
  readonly until: number;
  readonly error: unknown;
  readonly version: number;
}

/**
 * Keeps a failing token endpoint from being asked again at once: one second, two, four, … five minutes, varied by a fifth, or as
 * long as the endpoint says by `Retry-After`. Another version of the resource starts afresh: an admin may have mended it.
 */
export class BackOff {
  readonly #failures = new Map<string, Failure>();

  /** Notes a failure. */
  record(key: string, version: number, error: unknown, now: number): void {
    const before = this.#failures.get(key);
    const count = before?.version === version ? before.count + 1 : 1;
    const wait = Math.min(first * 2 ** (count - 1), longest) * (0.8 + 0.4 * Math.random());
    const asked = error instanceof TokenEndpointError ? (error.retryAfter ?? 0) : 0;
    this.#failures.set(key, { count, until: now + Math.max(wait, asked), error, version });
  }

  /** The failure that is still being waited out. */
  pending(key: string, version: number, now: number): { readonly error: unknown } | undefined {
    const failure = this.#failures.get(key);
    return failure !== undefined && failure.version === version && now < failure.until ? failure : undefined;
  }

  /** When the endpoint may be asked again, milliseconds since the epoch; 0: at any time. */
  until(key: string): number {
    return this.#failures.get(key)?.until ?? 0;
  }

  clear(key: string): void {
    this.#failures.delete(key);
  }
}
