import { AsyncLocalStorage } from 'node:async_hooks';
import { isSmartwrightError } from '../../../config/model/errors.js';
import type { Logger } from '../../../config/model/logger.js';
import type { Credential } from '../../../config/model/principal.js';
import type { TokenTrace, TracedValue, TraceStep } from '../../../config/model/token-trace.js';
import type { Store } from '../../../config/store/store.js';
import { cleanProviderText } from '../provider-text.js';

/** Steps of one flow that are kept; a device flow may ask for minutes. */
const mostSteps = 50;

/** What a flow is about, as far as it is known at its beginning. */
export type TraceSubject = Pick<TokenTrace, 'flow' | 'resource' | 'credential'>;

/** The trace of the flow under way. */
export interface OpenTrace {
  /** Milliseconds since its beginning. */
  elapsed(): number;
  /** Says whose flow it is, once that is known. */
  concerns(whose: { readonly resource: string; readonly credential: Credential }): void;
  shows(parameters: readonly TracedValue[]): void;
  step(step: TraceStep): void;
  /** Notes a failure that the flow itself gets over, such as a refresh of a token that is still good. */
  failed(error: unknown): void;
}

const current = new AsyncLocalStorage<OpenTrace>();

/** The trace of the flow that the running task belongs to. */
export const openTrace = (): OpenTrace | undefined => current.getStore();

/** Records token flows in the store. A record that cannot be kept does no harm to its flow. */
export class Tracer {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #underWay = new Set<Promise<void>>();

  constructor({ store, log, now }: { readonly store: Store; readonly log: Logger; readonly now: () => number }) {
    this.#store = store;
    this.#log = log;
    this.#now = now;
  }

  /** Does the work as one flow; what it asks providers meanwhile belongs to its record. */
  async trace<T>(subject: TraceSubject, work: () => Promise<T>): Promise<T> {
    const recording = new Recording(subject, this.#now());
    try {
      return await current.run(recording, work);
    } catch (error) {
      recording.failed(error);
      throw error;
    } finally {
      this.#keep(recording.record());
    }
  }

  /** Waits until all records are kept. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #keep(trace: TokenTrace): void {
    const kept = this.#store.traces
      .append(trace)
      .catch((error: unknown) => this.#log.warn({ error: String(error) }, 'the record of a token flow was not kept'))
      .finally(() => this.#underWay.delete(kept));
    this.#underWay.add(kept);
  }
}

class Recording implements OpenTrace {
  #subject: TraceSubject;
  readonly #at: number;
  readonly #start = performance.now();
  readonly #steps: TraceStep[] = [];
  #parameters: readonly TracedValue[] | undefined;
  #failure: Pick<TokenTrace, 'rule' | 'message'> | undefined;

  constructor(subject: TraceSubject, at: number) {
    this.#subject = subject;
    this.#at = at;
  }

  elapsed(): number {
    return Math.round(performance.now() - this.#start);
  }

  concerns({ resource, credential }: { readonly resource: string; readonly credential: Credential }): void {
    this.#subject = { ...this.#subject, resource, credential };
  }

  shows(parameters: readonly TracedValue[]): void {
    this.#parameters = parameters;
  }

  step(step: TraceStep): void {
    if (this.#steps.length < mostSteps) this.#steps.push(step);
  }

  failed(error: unknown): void {
    this.#failure ??= failureOf(error);
  }

  record(): TokenTrace {
    return {
      ...this.#subject,
      at: new Date(this.#at).toISOString(),
      ms: this.elapsed(),
      outcome: this.#failure === undefined ? 'done' : 'failed',
      ...this.#failure,
      ...(this.#parameters === undefined ? {} : { parameters: this.#parameters }),
      steps: this.#steps,
    };
  }
}

/** An error of ours has a message that people may read; of any other only its name is told. */
function failureOf(error: unknown): Pick<TokenTrace, 'rule' | 'message'> {
  if (!isSmartwrightError(error)) return { rule: 'INTERNAL', message: error instanceof Error ? error.name : 'unknown' };
  const { oauthError, reason } = error.extensions;
  const said = [oauthError, reason].find((code) => typeof code === 'string');
  return { rule: typeof said === 'string' ? said : error.code, message: cleanProviderText(error.message, [], 1_000) };
}
