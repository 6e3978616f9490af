/** How one call is made. */
export interface CallOptions {
  /** Aborts the call, also at the service. The call then fails with the problem `CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline in milliseconds; default none but the server's own. The call then fails with the problem `TIMEOUT`. */
  readonly timeout?: number | undefined;
  /** The form of input and result; see `FlatCallOptions`. Default nested. */
  readonly shape?: 'nested' | undefined;
}

/**
 * A call whose result is flat: each nested property of it, or of a list's items, under its flat name, such as `address.city`.
 * A `.` within a name is written `\.`. Names in the input are read in the same way.
 */
export interface FlatCallOptions extends Omit<CallOptions, 'shape'> {
  readonly shape: 'flat';
}

/** How generated modules reach SmartObjects: over HTTP (`connect`) or in process (`inProcess`). */
export interface Transport {
  /**
   * Calls a method by its system names. The result is the value itself, or for a `list` a `Page`.
   *
   * @throws Problem
   */
  call(object: string, method: string, input: unknown, options?: CallOptions | FlatCallOptions): Promise<unknown>;
}
