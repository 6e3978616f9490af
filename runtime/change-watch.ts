import type { Logger } from '../config/model/logger.js';
import type { Store, TokenChanges } from '../config/store/store.js';

/** Milliseconds between two looks at the store's revisions. Another node's change is noticed after this long at the latest. */
const INTERVAL = 1_000;

/** A token that was consented, ended or deleted. */
export type ChangedToken = TokenChanges['tokens'][number];

/**
 * Tells when the configuration or a token has changed, so that what was compiled or cached from it is dropped. Changes of other
 * nodes show as new revisions in the store; two cheap queries a second look for them, so that a call need not. The refresh of a
 * token is no change: whoever holds the former one finds the new one when it is due.
 */
export class ChangeWatch {
  readonly #configuration = new Set<() => void>();
  readonly #tokens = new Set<(token: ChangedToken) => void>();
  readonly #store: Store;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #revision: number | undefined;
  #tokenRevision: number | undefined;
  #looking: Promise<void> | undefined;

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
    this.#timer = setInterval(() => void this.look(), INTERVAL);
    this.#timer.unref();
  }

  /** Listens to changes of documents and descriptions. @returns how to stop */
  onChange(listener: () => void): () => void {
    this.#configuration.add(listener);
    return () => this.#configuration.delete(listener);
  }

  /** Listens to changes of tokens. @returns how to stop */
  onTokenChange(listener: (token: ChangedToken) => void): () => void {
    this.#tokens.add(listener);
    return () => this.#tokens.delete(listener);
  }

  /** Tells the listeners of a change of the configuration that this process has made itself. */
  changed(): void {
    for (const listener of this.#configuration) listener();
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
      await this.#compareConfiguration();
      await this.#compareTokens();
    } catch (error) {
      this.#log.warn({ error }, 'The store does not answer; changes by other nodes go unnoticed until it does');
    }
  }

  async #compareConfiguration(): Promise<void> {
    const revision = await this.#store.revision();
    if (revision === this.#revision) return;
    const first = this.#revision === undefined;
    this.#revision = revision;
    if (!first) this.changed();
  }

  async #compareTokens(): Promise<void> {
    const { revision, tokens } = await this.#store.tokens.changes(this.#tokenRevision);
    this.#tokenRevision = revision;
    for (const token of tokens) for (const listener of this.#tokens) listener(token);
  }
}
