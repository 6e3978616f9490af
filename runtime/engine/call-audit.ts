import { isSmartwrightError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Principal } from '../../config/model/principal.js';
import type { AuditEntry, AuditRepository } from '../../config/store/store.js';
import { BatchedWriter } from './batched-writer.js';
import type { SmartCall } from './engine.js';
import type { Target } from './resolve.js';

/** Notes calls for the audit: every one that may change something, and every one that a service was asked for and failed. */
export class CallAudit {
  readonly #writer: BatchedWriter<AuditEntry>;

  constructor(audit: AuditRepository, log: Logger) {
    this.#writer = new BatchedWriter({ write: (entries) => audit.append(...entries), what: 'audit of calls', log });
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

  close(): Promise<void> {
    return this.#writer.close();
  }

  #note(
    { object, method }: SmartCall,
    principal: Principal,
    outcome: AuditEntry['outcome'],
    details?: AuditEntry['details'],
  ): void {
    const entry = {
      at: new Date().toISOString(),
      actor: principal.name,
      action: 'method.called',
      subject: `${object}.${method}`,
      outcome,
    };
    this.#writer.add(details === undefined ? entry : { ...entry, details });
  }
}
