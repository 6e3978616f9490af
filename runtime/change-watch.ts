import type { Logger } from '../config/model/logger.js';
import type { Store } from '../config/store/store.js';

/** Milliseconds between two looks at the store's revision. Another node's change is noticed after this long at the latest. */
const INTERVAL = 1_000;

/**
 * Tells when the configuration or a token has changed, so that what was compiled or cached from it is dropped. Changes of other
 * nodes show as a new revision in the store; one cheap query a second looks for them, so that a call need not.
 */
export class ChangeWatch {
  readonly #listeners = new Set<() => void>();
  readonly #store: Store;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #revision: number | undefined;
  #looking: Promise<void> | undefined;

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
    this.#timer = setInterval(() => void this.look(), INTERVAL);
    this.#timer.unref();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners of a change that this process has made itself. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Looks now, and tells the listeners if something changed. A store that is away is not a change. */
  look(): Promise<void> {
    this.#looking ??= this.#compare().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Waits for a look that is under way, so that the store can be closed behind it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #compare(): Promise<void> {
    try {
      const revision = await this.#store.revision();
      if (revision === this.#revision) return;
      const first = this.#revision === undefined;
      this.#revision = revision;
      if (!first) this.changed();
    } catch (error) {
      this.#log.warn({ error }, 'The store does not answer; changes by other nodes go unnoticed until it does');
    }
  }
}
