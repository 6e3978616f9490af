import type { Logger } from '../../config/model/logger.js';

/** Milliseconds after which what was noted is written. */
const DELAY = 500;
/** Records kept while the store is away or slow; what comes on top is counted and dropped. */
const MOST = 10_000;

export interface BatchedWriterOptions<T> {
  readonly write: (records: readonly [T, ...T[]]) => Promise<void>;
  /** What the records are, for the log: `calls`. */
  readonly what: string;
  readonly log: Logger;
}

/**
 * Writes records in bulk a moment after they were noted, so that nobody waits for them; `close` writes the rest. One write is under
 * way at a time, and what comes meanwhile waits for it, within the bound.
 */
export class BatchedWriter<T> {
  readonly #options: BatchedWriterOptions<T>;
  #records: T[] = [];
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor(options: BatchedWriterOptions<T>) {
    this.#options = options;
  }

  /** How many are waiting to be written. */
  get waiting(): number {
    return this.#records.length;
  }

  add(record: T): void {
    if (this.#records.length >= MOST) {
      this.#dropped++;
      return;
    }
    this.#records.push(record);
    if (this.#writing === undefined) this.#schedule();
  }

  /** Writes what is waiting now. */
  async close(): Promise<void> {
    await this.#writing;
    clearTimeout(this.#timer);
    this.#flush();
    await this.#writing;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), DELAY).unref();
  }

  #flush(): void {
    const { what, log } = this.#options;
    this.#timer = undefined;
    const dropped = this.#dropped;
    const [first, ...more] = this.#records;
    this.#records = [];
    this.#dropped = 0;
    if (dropped > 0) log.warn({ dropped, what }, 'Records were dropped: too many came while the store was away');
    if (first === undefined) return;
    this.#writing = this.#write([first, ...more]).finally(() => {
      this.#writing = undefined;
      if (this.#records.length > 0) this.#schedule();
    });
  }

  async #write(records: readonly [T, ...T[]]): Promise<void> {
    const { what, log, write } = this.#options;
    try {
      await write(records);
    } catch (error) {
      log.error({ error, what, records: records.length }, 'Records could not be written');
    }
  }
}
