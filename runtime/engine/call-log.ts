import { errorStatus, isSmartwrightError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Principal } from '../../config/model/principal.js';
import type { CallRecord, CallRepository } from '../../config/store/store.js';
import { BatchedWriter } from './batched-writer.js';
import type { SmartCall } from './engine.js';
import type { Target } from './resolve.js';

/** Successful calls remembered of each half second: what a busy server remembers is a sample, its failures are all there. */
const SAMPLE = 250;
/** Milliseconds between two looks for what is to be forgotten. */
const TRIM_EVERY = 60_000;
const day = 24 * 60 * 60 * 1_000;
/** Characters of a name that nobody has checked. */
const NAME = 200;

export interface CallLogOptions {
  readonly calls: CallRepository;
  readonly log: Logger;
  /** Calls remembered; 0: none. */
  readonly kept: number;
  /** Days that one is remembered. */
  readonly days: number;
}

/** A call that has begun. */
export interface OpenCall {
  readonly call: SmartCall;
  readonly principal: Principal;
  /** Milliseconds since the process began, as `performance.now` tells. */
  readonly begun: number;
  /** Known once the call is resolved. */
  target?: Target;
  /** Whether the input was good, so that the service is asked. */
  asked: boolean;
}

/** Remembers the recent calls: who called what, how long it took and what it came to; never inputs or outputs. */
export class CallLog {
  readonly #options: CallLogOptions;
  readonly #writer: BatchedWriter<CallRecord>;
  #trimAt = 0;

  constructor(options: CallLogOptions) {
    const { log } = options;
    this.#options = options;
    this.#writer = new BatchedWriter({ write: (calls) => this.#write(calls), what: 'recent calls', log });
  }

  done(open: OpenCall): void {
    if (this.#options.kept === 0 || this.#writer.waiting >= SAMPLE) return;
    this.#writer.add(record(open, 200));
  }

  failed(open: OpenCall, error: unknown): void {
    if (this.#options.kept === 0) return;
    const code = isSmartwrightError(error) ? error.code : 'INTERNAL';
    this.#writer.add({ ...record(open, errorStatus[code]), code });
  }

  close(): Promise<void> {
    return this.#writer.close();
  }

  async #write(records: readonly CallRecord[]): Promise<void> {
    const { calls, kept, days } = this.#options;
    await calls.append(records);
    const now = Date.now();
    if (now < this.#trimAt) return;
    this.#trimAt = now + TRIM_EVERY;
    await calls.trim({ kept, before: new Date(now - days * day) });
  }
}

function record({ call, principal, begun, target }: OpenCall, status: number): CallRecord {
  const ms = Math.round(performance.now() - begun);
  const instance = target?.steps[0]?.connection.instance.name;
  return {
    at: new Date(Date.now() - ms).toISOString(),
    object: call.object.slice(0, NAME),
    method: call.method.slice(0, NAME),
    ...(instance === undefined ? {} : { instance }),
    actor: principal.name,
    credential: principal.credential,
    status,
    ms,
  };
}
