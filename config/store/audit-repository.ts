import { LessThan } from 'typeorm';
import { CallerError } from '../model/errors.js';
import { chunks } from './bulk.js';
import type { Database } from './database/database.js';
import { type AuditRow, auditEntity } from './entities/audit.js';
import type { AuditEntry, AuditRepository } from './store.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** Rows a statement. */
const CHUNK = 500;

/** The audit trail: rows are added, never changed. */
export function auditRepository(database: Database): AuditRepository {
  return {
    append: (...entries) =>
      database.write(async (manager) => {
        for (const chunk of chunks(entries.map(toRow), CHUNK)) {
          await manager.createQueryBuilder().insert().into(auditEntity).values(chunk).updateEntity(false).execute();
        }
      }),
    list: ({ actor, action, subject, limit = DEFAULT_LIMIT, before }) =>
      database.read(async (manager) => {
        const rows = await manager.find(auditEntity, {
          where: {
            ...(actor === undefined ? {} : { actor }),
            ...(action === undefined ? {} : { action }),
            ...(subject === undefined ? {} : { subject }),
            ...(before === undefined ? {} : { at: LessThan(timestamp(before)) }),
          },
          order: { at: 'DESC', id: 'DESC' },
          take: Math.min(Math.max(limit, 1), MAX_LIMIT),
        });
        return rows.map(fromRow);
      }),
  };
}

/** One form for all, so that their order as text is their order in time. */
function timestamp(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new CallerError(
      'REQUEST_INVALID',
      `"${text}" is no date; write it as RFC 3339, such as 2030-01-31T12:00:00Z.`,
    );
  }
  return date.toISOString();
}

function toRow({ at, actor, action, subject, outcome, details }: AuditEntry): Omit<AuditRow, 'id'> {
  return {
    at: timestamp(at),
    actor,
    action,
    subject,
    outcome,
    details: details === undefined ? null : JSON.stringify(details),
  };
}

function fromRow({ at, actor, action, subject, outcome, details }: AuditRow): AuditEntry {
  return {
    at,
    actor,
    action,
    subject,
    outcome: outcome as AuditEntry['outcome'],
    ...(details === null ? {} : { details: JSON.parse(details) as Record<string, unknown> }),
  };
}
