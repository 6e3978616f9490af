import { randomUUID } from 'node:crypto';
import { type EntityManager, LessThanOrEqual } from 'typeorm';
import type { TokenNotification } from '../model/token-notification.js';
import type { Database } from './database/database.js';
import { notificationEntity } from './entities/notification.js';
import type { NotificationRepository } from './stored-tokens.js';

/** Notices that one look gives. */
const MOST = 20;

/** The notices that are still to be delivered, each by one node at a time. */
export function notificationRepository(database: Database): NotificationRepository {
  return {
    due: (now) =>
      database.read(async (manager) => {
        const where = { nextAttemptAt: LessThanOrEqual(now.getTime()) };
        const rows = await manager.find(notificationEntity, { where, order: { id: 'ASC' }, take: MOST });
        return rows.map(({ id, notification, attempts, nextAttemptAt }) => ({
          id,
          notification: JSON.parse(notification) as TokenNotification,
          attempts,
          nextAttemptAt: new Date(nextAttemptAt),
        }));
      }),
    claim: ({ id, nextAttemptAt }, until) =>
      database.statement(async (manager) => {
        const seen = { id, nextAttemptAt: nextAttemptAt.getTime() };
        const { affected } = await manager.update(notificationEntity, seen, { nextAttemptAt: until.getTime() });
        return affected === 1;
      }),
    postpone: ({ id, attempts }, until) =>
      database.statement(async (manager) => {
        await manager.update(notificationEntity, { id }, { attempts: attempts + 1, nextAttemptAt: until.getTime() });
      }),
    forget: ({ id }) => database.statement(async (manager) => void (await manager.delete(notificationEntity, { id }))),
  };
}

/** Adds a notice in the transaction of what it tells of, so that neither is there without the other. */
export async function notify(
  manager: EntityManager,
  notification: Omit<TokenNotification, 'id' | 'at'>,
): Promise<void> {
  const now = Date.now();
  const whole: TokenNotification = { id: randomUUID(), at: new Date(now).toISOString(), ...notification };
  const row = { notification: JSON.stringify(whole), attempts: 0, nextAttemptAt: now };
  await manager.createQueryBuilder().insert().into(notificationEntity).values(row).updateEntity(false).execute();
}
