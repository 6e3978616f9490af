import type { FileDownload } from './file-download.js';

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
  /**
   * Calls a method and gives its items as they arrive: those of all pages of a list, or those that the service streams.
   * The connection ends when the loop is left. A timeout covers all of it.
   *
   * @throws Problem
   */
  stream(
    object: string,
    method: string,
    input: unknown,
    options?: CallOptions | FlatCallOptions,
  ): AsyncGenerator<unknown, void, undefined>;
  /**
   * Calls a method that gives a file, and gives its bytes as they arrive. A timeout covers all of it.
   *
   * @throws Problem
   */
  download(object: string, method: string, input: unknown, options?: CallOptions): Promise<FileDownload>;
}
