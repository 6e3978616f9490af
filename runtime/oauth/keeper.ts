import type { Logger } from '../../config/model/logger.js';
import type { Store } from '../../config/store/store.js';
import type { Revoking } from './revocation.js';
import { revokeAtProvider } from './revocation.js';
import type { Refreshing } from './token-source.js';

/** Milliseconds between two rounds; the first begins within one. */
const roundEvery = 15_000;
/** Rounds between two looks for refresh tokens that would die unused: ten minutes. */
const idleEvery = 40;

export interface KeeperDependencies extends Revoking {
  readonly store: Store;
  readonly log: Logger;
  readonly source: Refreshing;
}

/**
 * Looks after tokens that nobody asks for: uses refresh tokens before they die of idleness, and has providers end tokens that were
 * deleted while they were away. Every node has one; leases and generations keep two from doing the same.
 */
export class Keeper {
  readonly #dependencies: KeeperDependencies;
  readonly #timer: NodeJS.Timeout;
  #rounds = 0;
  #round: Promise<void> | undefined;
  #stopped = false;

  constructor(dependencies: KeeperDependencies) {
    this.#dependencies = dependencies;
    // Nodes that start together look at different times.
    this.#rounds = Math.floor(Math.random() * idleEvery);
    this.#timer = setInterval(() => void this.round(), roundEvery);
    this.#timer.unref();
  }

  /** One round now; joins the one under way. */
  round(): Promise<void> {
    this.#round ??= this.#work().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /** Renews what would die of idleness. */
  async keepAlive(): Promise<void> {
    const { store, log, source, now } = this.#dependencies;
    for (const { resource, credential } of await store.tokens.idle(new Date(now()))) {
      if (this.#stopped) return;
      try {
        await source.refresh(resource, credential);
        log.info({ resource, credential }, 'an idle refresh token was renewed');
      } catch (error) {
        log.warn({ resource, credential, error: String(error) }, 'an idle refresh token could not be renewed');
      }
    }
  }

  /** Asks providers to end what was deleted here. */
  async revoke(): Promise<void> {
    const { store, now } = this.#dependencies;
    for (const token of await store.tokens.revoked(new Date(now()))) {
      if (this.#stopped) return;
      await revokeAtProvider(this.#dependencies, token);
    }
  }

  /** Waits for the round under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  async #work(): Promise<void> {
    try {
      await this.revoke();
      if (++this.#rounds % idleEvery === 0) await this.keepAlive();
    } catch (error) {
      this.#dependencies.log.warn(
        { error: String(error) },
        'tokens could not be looked after; the next round tries again',
      );
    }
  }
}
