/** How one call is made. */
export interface CallOptions {
  /** Aborts the call, also at the service. The call then fails with the problem `CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline in milliseconds; default none but the server's own. The call then fails with the problem `TIMEOUT`. */
  readonly timeout?: number | undefined;
}

/** How generated modules reach SmartObjects: over HTTP (`connect`) or in process (`inProcess`). */
export interface Transport {
  /**
   * Calls a method by its system names. The result is the value itself, or for a `list` a `Page`.
   *
   * @throws Problem
   */
  call(object: string, method: string, input: unknown, options?: CallOptions): Promise<unknown>;
}
