import type { Logger } from '../config/model/logger.js';
import type { AuditEntry, AuditRepository } from '../config/store/store.js';
import { BatchedWriter } from './engine/batched-writer.js';
import type { OAuthEvent } from './oauth/index.js';

/** Who did what nobody asked for. */
const ITSELF = 'smartwright';

type Names = { readonly [Type in OAuthEvent['type']]: string };

/** What each event is called in the audit and in metrics. */
const names: Names = {
  'token-connected': 'connected',
  'token-obtained': 'obtained',
  'token-refreshed': 'refreshed',
  'token-deleted': 'deleted',
  'token-revoked': 'revoked',
  'reconnect-required': 'reconnect-required',
};

/**
 * Counts what happens to tokens, and notes for the audit what a person may ask about: a consent, a renewal after one that failed, the
 * end of a consent, and that the provider ended a token. Who deleted one is noted where that is asked for.
 */
export class TokenEvents {
  /** By name: how often since the start. */
  readonly counts = new Map<string, number>(Object.values(names).map((name) => [name, 0]));
  readonly #writer: BatchedWriter<AuditEntry>;

  constructor(audit: AuditRepository, log: Logger) {
    this.#writer = new BatchedWriter({ write: (entries) => audit.append(...entries), what: 'audit of tokens', log });
  }

  note(event: OAuthEvent): void {
    const name = names[event.type];
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    const noted = toNote(event);
    if (noted === undefined) return;
    const { resource, credential } = event;
    this.#writer.add({ at: new Date().toISOString(), actor: ITSELF, subject: `${resource} ${credential}`, ...noted });
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}

type Noted = Pick<AuditEntry, 'action' | 'outcome'> & Partial<Pick<AuditEntry, 'actor' | 'details'>>;

function toNote(event: OAuthEvent): Noted | undefined {
  const action = `token.${names[event.type]}`;
  switch (event.type) {
    case 'token-connected':
      return { action, outcome: 'done', actor: event.credential.replace(/^user:/, '') };
    case 'token-revoked':
      return { action, outcome: 'done' };
    case 'token-refreshed':
      return event.recovered ? { action, outcome: 'done', details: { recovered: true } } : undefined;
    case 'reconnect-required':
      return { action, outcome: 'failed', details: { reason: event.reason } };
    case 'token-obtained':
    case 'token-deleted':
      return undefined;
  }
}
