import { And, Equal, type FindOperator, type FindOptionsWhere, LessThan, MoreThanOrEqual } from 'typeorm';
import { chunks } from './bulk.js';
import { cut, limitOf, moment, notACursor, textOrBeginning, whereGiven } from './cut.js';
import type { Database } from './database/database.js';
import { type AuditRow, auditEntity } from './entities/audit.js';
import type { AuditEntry, AuditQuery, AuditRepository } from './records.js';

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
    list: (query) =>
      database.read(async (manager) => {
        const limit = limitOf(query);
        const where = conditions(query);
        const rows = await manager.find(auditEntity, { where, order: { at: 'DESC', id: 'DESC' }, take: limit + 1 });
        return cut(rows, limit, fromRow, ({ at, id }) => `${at}_${id}`);
      }),
  };
}

function conditions(query: AuditQuery): FindOptionsWhere<AuditRow> | FindOptionsWhere<AuditRow>[] {
  const { actor, action, subject, outcome, since, before, cursor } = query;
  const same = {
    ...whereGiven<AuditRow>({ actor, outcome }),
    ...whereGiven<Record<string, unknown>>({
      action: textOrBeginning(action, 'action'),
      subject: textOrBeginning(subject, 'subject'),
    }),
  };
  const times = [
    ...(since === undefined ? [] : [MoreThanOrEqual(timestamp(since))]),
    ...(before === undefined ? [] : [LessThan(timestamp(before))]),
  ];
  if (cursor === undefined) return { ...same, ...within(times) };
  const [, at = '', id = ''] = /^([\d:.TZ-]{24})_(\d{1,15})$/.exec(cursor) ?? [];
  if (id === '') throw notACursor();
  return [
    { ...same, ...within([...times, LessThan(at)]) },
    { ...same, ...within([...times, Equal(at)]), id: LessThan(Number(id)) },
  ];
}

const within = (times: readonly FindOperator<string>[]): FindOptionsWhere<AuditRow> =>
  times.length === 0 ? {} : { at: And(...times) };

/** One form for all, so that their order as text is their order in time. */
const timestamp = (text: string): string => new Date(moment(text)).toISOString();

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
