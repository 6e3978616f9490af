import {
  And,
  Equal,
  type FindOperator,
  type FindOptionsWhere,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThanOrEqual,
  Not,
} from 'typeorm';
import type { Credential } from '../model/principal.js';
import { chunks } from './bulk.js';
import { cut, limitOf, moment, notACursor, whereGiven } from './cut.js';
import type { Database } from './database/database.js';
import { type CallRow, callEntity } from './entities/call.js';
import type { CallQuery, CallRecord, CallRepository } from './records.js';

/** Rows a statement. */
const CHUNK = 500;

/** The recent calls: a ring that `trim` keeps short. */
export function callRepository(database: Database): CallRepository {
  return {
    append: (calls) =>
      database.write(async (manager) => {
        for (const chunk of chunks(calls.map(toRow), CHUNK)) {
          await manager.createQueryBuilder().insert().into(callEntity).values(chunk).updateEntity(false).execute();
        }
      }),
    list: (query) =>
      database.read(async (manager) => {
        const limit = limitOf(query);
        const rows = await manager.find(callEntity, {
          where: conditions(query),
          order: { id: 'DESC' },
          take: limit + 1,
        });
        return cut(rows, limit, fromRow, ({ id }) => String(id));
      }),
    trim: ({ kept, before }) =>
      database.write(async (manager) => {
        const [oldest] = await manager.find(callEntity, {
          select: { id: true },
          order: { id: 'DESC' },
          skip: kept,
          take: 1,
        });
        if (oldest !== undefined) await manager.delete(callEntity, { id: LessThanOrEqual(oldest.id) });
        await manager.delete(callEntity, { at: LessThan(before.getTime()) });
      }),
    clear: () =>
      database.write(async (manager) => {
        const { affected } = await manager.delete(callEntity, { id: MoreThanOrEqual(0) });
        return affected ?? 0;
      }),
  };
}

function conditions(query: CallQuery): FindOptionsWhere<CallRow> {
  const { object, method, instance, actor, outcome, code, since, before, cursor } = query;
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw notACursor();
  const times: FindOperator<number>[] = [
    ...(since === undefined ? [] : [MoreThanOrEqual(moment(since))]),
    ...(before === undefined ? [] : [LessThan(moment(before))]),
  ];
  const codes: FindOperator<string>[] = [
    ...(outcome === 'failed' ? [Not(IsNull())] : []),
    ...(outcome === 'done' ? [IsNull()] : []),
    ...(code === undefined ? [] : [Equal(code)]),
  ];
  return {
    ...whereGiven<CallRow>({ object, method, instance, actor }),
    ...(cursor === undefined ? {} : { id: LessThan(Number(cursor)) }),
    ...(times.length === 0 ? {} : { at: And(...times) }),
    ...(codes.length === 0 ? {} : { code: And(...codes) }),
  };
}

function toRow({
  at,
  object,
  method,
  instance = '',
  actor,
  credential,
  status,
  code,
  ms,
}: CallRecord): Omit<CallRow, 'id'> {
  return {
    at: moment(at),
    object: storable(object),
    method: storable(method),
    instance,
    actor,
    credential,
    status,
    code: code ?? null,
    ms: Math.round(ms),
  };
}

/** PostgreSQL holds no NUL in a text, and nobody has checked the names of a call that found no method. */
const storable = (name: string): string => name.replaceAll('\0', '\ufffd');

function fromRow({ at, object, method, instance, actor, credential, status, code, ms }: CallRow): CallRecord {
  return {
    at: new Date(at).toISOString(),
    object,
    method,
    ...(instance === '' ? {} : { instance }),
    actor,
    credential: credential as Credential,
    status,
    ...(code === null ? {} : { code }),
    ms,
  };
}
