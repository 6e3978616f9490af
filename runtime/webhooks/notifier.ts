import type { Upstream } from '../../brokers/http/upstream.js';
import { isSmartwrightError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Credential } from '../../config/model/principal.js';
import type { Webhook } from '../../config/model/settings.js';
import type { DueNotification, Store } from '../../config/store/store.js';
import { retryAfter } from '../oauth/retry-after.js';
import { signatureHeaders } from './sign.js';

/** Milliseconds between two looks for what is to be delivered; a change of a token is looked at sooner. */
const lookEvery = 5_000;
/** Milliseconds for the receiver's answer. */
const timeout = 10_000;
/** Milliseconds that one node has to deliver, before another may try. */
const claimTime = 3 * timeout;
/** Milliseconds to the second attempt, doubled for each further one, up to the longest. */
const wait = { first: 5_000, longest: 3_600_000 } as const;
/** Milliseconds after which a notice that no process delivers is dropped: three days. */
const unwanted = 3 * 24 * 3_600_000;
/** About a day. */
const attempts = 33;

export interface NotifierDependencies {
  readonly store: Store;
  /** Absent: this process delivers nothing, and drops what nobody has delivered for three days. */
  readonly webhook: Webhook | undefined;
  /** The guarded transport. */
  readonly http: Upstream;
  readonly log: Logger;
  readonly authorizationUrl: (resource: string, credential: Credential) => string;
  /** Milliseconds since the epoch; default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Delivers what is noted in the store to the webhook, in order of time where nothing fails, at least once, by one node at a time. An
 * answer of 2xx ends it; any other, or none, is tried again for about a day, and not before `Retry-After`.
 */
export class Notifier {
  readonly #dependencies: NotifierDependencies;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #stopped = false;

  constructor(dependencies: NotifierDependencies) {
    this.#dependencies = dependencies;
    this.#now = dependencies.now ?? Date.now;
    this.#timer = setInterval(() => void this.look(), lookEvery);
    this.#timer.unref();
  }

  /** Delivers what is due now; joins a look under way. */
  look(): Promise<void> {
    this.#looking ??= this.#work().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Waits for a delivery under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #work(): Promise<void> {
    const { store, log, webhook } = this.#dependencies;
    try {
      for (const due of await store.notifications.due(new Date(this.#now()))) {
        if (this.#stopped) return;
        if (webhook === undefined) await this.#dropOld(due);
        else if (await store.notifications.claim(due, new Date(this.#now() + claimTime)))
          await this.#deliver(due, webhook);
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'notices could not be looked for; the next look tries again');
    }
  }

  async #dropOld(due: DueNotification): Promise<void> {
    if (this.#now() - Date.parse(due.notification.at) > unwanted)
      await this.#dependencies.store.notifications.forget(due);
  }

  async #deliver(due: DueNotification, webhook: Webhook): Promise<void> {
    const { store, log } = this.#dependencies;
    const outcome = await this.#send(due, webhook);
    const about = { notification: due.notification.id, type: due.notification.type, ...outcome };
    if (outcome.delivered) {
      log.info(about, 'the webhook took a notice');
      await store.notifications.forget(due);
    } else if (due.attempts + 1 >= attempts) {
      log.error(about, 'the webhook did not take a notice for a day; it is given up');
      await store.notifications.forget(due);
    } else {
      log.warn(about, 'the webhook did not take a notice; it is tried again');
      const pause = Math.max(Math.min(wait.first * 2 ** due.attempts, wait.longest), outcome.retryAfter ?? 0);
      await store.notifications.postpone(due, new Date(this.#now() + pause));
    }
  }

  async #send({ notification }: DueNotification, { url, secret }: Webhook): Promise<Outcome> {
    const { id, type, at, ...data } = notification;
    const authorizationUrl = this.#dependencies.authorizationUrl(data.resource, data.credential);
    const body = JSON.stringify({ type, timestamp: at, data: { ...data, authorizationUrl } });
    const headers = { 'content-type': 'application/json', ...signatureHeaders(secret, id, body, this.#now()) };
    try {
      const answer = await this.#dependencies.http.send({
        ...{ method: 'POST', url, headers, body, timeout, idempotent: false, redirects: 'manual' },
      });
      answer.discard();
      const wanted = retryAfter(answer.headers['retry-after'], this.#now());
      const delivered = answer.status >= 200 && answer.status < 300;
      return { delivered, status: answer.status, ...(wanted === undefined ? {} : { retryAfter: wanted }) };
    } catch (error) {
      if (!isSmartwrightError(error)) throw error;
      return { delivered: false, error: error.message };
    }
  }
}

interface Outcome {
  readonly delivered: boolean;
  readonly status?: number;
  /** Milliseconds. */
  readonly retryAfter?: number;
  readonly error?: string;
}
