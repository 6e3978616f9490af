import type { Credential } from '../model/principal.js';

/** A part of a list, newest first. */
export interface Cut<T> {
  readonly items: readonly T[];
  /** Where the following part begins: give it as `cursor`. Absent on the last. */
  readonly next?: string;
}

/** What every list of records takes. */
export interface CutQuery {
  /** Default 100, at most 1,000. */
  readonly limit?: number;
  /** The `next` of the part before. @throws CallerError REQUEST_INVALID for another text */
  readonly cursor?: string;
  /** Only records from this time on. RFC 3339. */
  readonly since?: string;
  /** Only records before this time. RFC 3339. */
  readonly before?: string;
}

export interface AuditEntry {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly actor: string;
  /** Such as `OAuthResource.saved`, `token.deleted`, `method.called`. */
  readonly action: string;
  readonly subject: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditQuery extends CutQuery {
  readonly actor?: string;
  /** An action, or all that begin with a text: `token.*`. */
  readonly action?: string;
  /** A subject, or all that begin with a text: `Salesforce*`. */
  readonly subject?: string;
  readonly outcome?: AuditEntry['outcome'];
}

export interface AuditRepository {
  /** Adds entries in one transaction: all or none. */
  append(entry: AuditEntry, ...more: AuditEntry[]): Promise<void>;
  list(query: AuditQuery): Promise<Cut<AuditEntry>>;
}

/** A call of a method as it is remembered: never its inputs, nor what came of it. */
export interface CallRecord {
  /** When it began; RFC 3339, UTC. */
  readonly at: string;
  readonly object: string;
  readonly method: string;
  /** The service instance; absent where the call did not get as far as one. */
  readonly instance?: string;
  readonly actor: string;
  /** Whose tokens it used. */
  readonly credential: Credential;
  /** The HTTP status that it answers with. */
  readonly status: number;
  /** The error code; absent where it went well. */
  readonly code?: string;
  /** How long it took, milliseconds. */
  readonly ms: number;
}

export interface CallQuery extends CutQuery {
  readonly object?: string;
  readonly method?: string;
  readonly instance?: string;
  readonly actor?: string;
  readonly outcome?: 'done' | 'failed';
  readonly code?: string;
}

export interface CallRepository {
  append(calls: readonly CallRecord[]): Promise<void>;
  list(query: CallQuery): Promise<Cut<CallRecord>>;
  /** Forgets those that are older than the latest `kept`, or began before a time. */
  trim(bounds: { readonly kept: number; readonly before: Date }): Promise<void>;
  /** @returns how many there were */
  clear(): Promise<number>;
}
