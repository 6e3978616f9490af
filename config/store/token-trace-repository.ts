import { LessThanOrEqual } from 'typeorm';
import type { TokenTrace } from '../model/token-trace.js';
import type { Database } from './database/database.js';
import { tokenTraceEntity } from './entities/token-trace.js';
import type { TokenTraceRepository } from './store.js';

/** Traces kept of each credential at each resource, so that one that fails all the time does not push out the others. */
const OF_EACH = 25;
/** Traces kept in all. */
const IN_ALL = 20_000;
const DEFAULT_LIMIT = 20;

/** A ring: what is added pushes out the oldest. */
export function tokenTraceRepository(database: Database): TokenTraceRepository {
  return {
    append: (trace) =>
      database.write(async (manager) => {
        const whose = { resource: trace.resource ?? '', credential: trace.credential ?? '' };
        const { identifiers } = await manager.insert(tokenTraceEntity, { ...whose, trace: JSON.stringify(trace) });
        const id = Number(identifiers[0]?.id);
        await manager.delete(tokenTraceEntity, { id: LessThanOrEqual(id - IN_ALL) });
        const [oldest] = await manager.find(tokenTraceEntity, {
          select: { id: true },
          where: whose,
          order: { id: 'DESC' },
          skip: OF_EACH,
          take: 1,
        });
        if (oldest !== undefined) await manager.delete(tokenTraceEntity, { ...whose, id: LessThanOrEqual(oldest.id) });
      }),
    list: ({ resource, credential, limit = DEFAULT_LIMIT }) =>
      database.read(async (manager) => {
        const rows = await manager.find(tokenTraceEntity, {
          where: {
            ...(resource === undefined ? {} : { resource }),
            ...(credential === undefined ? {} : { credential }),
          },
          order: { id: 'DESC' },
          take: Math.min(Math.max(limit, 1), 1_000),
        });
        return rows.map(({ trace }) => JSON.parse(trace) as TokenTrace);
      }),
  };
}
