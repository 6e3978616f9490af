import { isSmartwrightError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Principal } from '../../config/model/principal.js';
import type { AuditEntry, AuditRepository } from '../../config/store/store.js';
import type { SmartCall } from './engine.js';
import type { Target } from './resolve.js';

/** Milliseconds after which noted calls are written. */
const DELAY = 500;
/** Entries kept while the store is away; what comes on top is counted and dropped. */
const MOST = 10_000;

/**
 * Notes calls for the audit: every one that may change something, and every one that failed. Entries are written in bulk a moment
 * later, so that a call does not wait for them; `close` writes the rest.
 */
export class CallAudit {
  readonly #audit: AuditRepository;
  readonly #log: Logger;
  #entries: AuditEntry[] = [];
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(audit: AuditRepository, log: Logger) {
    this.#audit = audit;
    this.#log = log;
  }

  done({ kind }: Target, call: SmartCall, principal: Principal): void {
    if (kind === 'read' || kind === 'list') return;
    this.#note(call, principal, 'done');
  }

  failed(call: SmartCall, principal: Principal, error: unknown): void {
    const code = isSmartwrightError(error) ? error.code : 'INTERNAL';
    if (code === 'CANCELLED') return;
    this.#note(call, principal, 'failed', { code });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#write();
    await this.#writing;
  }

  #note(
    { object, method }: SmartCall,
    principal: Principal,
    outcome: AuditEntry['outcome'],
    details?: AuditEntry['details'],
  ): void {
    if (this.#entries.length >= MOST) {
      this.#dropped++;
      return;
    }
    const entry = {
      at: new Date().toISOString(),
      actor: principal.name,
      action: 'method.called',
      subject: `${object}.${method}`,
      outcome,
    };
    this.#entries.push(details === undefined ? entry : { ...entry, details });
    this.#timer ??= setTimeout(() => this.#write(), DELAY).unref();
  }

  #write(): void {
    this.#timer = undefined;
    const entries = this.#entries;
    const dropped = this.#dropped;
    this.#entries = [];
    this.#dropped = 0;
    if (dropped > 0)
      this.#log.warn({ dropped }, 'Calls were not noted in the audit: too many while the store was away');
    const [first, ...more] = entries;
    if (first === undefined) return;
    this.#writing = this.#writing.then(() => this.#append(first, more));
  }

  async #append(first: AuditEntry, more: readonly AuditEntry[]): Promise<void> {
    try {
      await this.#audit.append(first, ...more);
    } catch (error) {
      this.#log.error({ error, entries: 1 + more.length }, 'Calls could not be noted in the audit');
    }
  }
}
