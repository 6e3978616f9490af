import { LessThanOrEqual } from 'typeorm';
import type { Database } from './database/database.js';
import { type SessionRow, sessionEntity, signInTokenEntity } from './entities/session.js';
import type { Session, SessionRepository } from './store.js';

export function sessionRepository(database: Database): SessionRepository {
  return {
    save: ({ id, user, expiresAt }) =>
      database.write(async (manager) => {
        await manager.upsert(sessionEntity, { id, user, expiresAt: expiresAt.getTime() }, ['id']);
      }),
    get: (id) =>
      database.read(async (manager) => {
        const row = await manager.findOneBy(sessionEntity, { id });
        return row === null ? undefined : session(row);
      }),
    delete: (id) =>
      database.write(async (manager) => {
        await manager.delete(sessionEntity, { id });
      }),
    deleteOfUser: (user) =>
      database.write(async (manager) => {
        await manager.delete(sessionEntity, { user });
      }),
    deleteExpired: (now) =>
      database.write(async (manager) => {
        const expired = { expiresAt: LessThanOrEqual(now.getTime()) };
        await manager.delete(signInTokenEntity, expired);
        return (await manager.delete(sessionEntity, expired)).affected ?? 0;
      }),
    saveSignInToken: (hash, user, expiresAt) =>
      database.write(async (manager) => {
        await manager.upsert(signInTokenEntity, { id: hash, user, expiresAt: expiresAt.getTime() }, ['id']);
      }),
    takeSignInToken: (hash, now) =>
      database.write(async (manager) => {
        const row = await manager.findOneBy(signInTokenEntity, { id: hash });
        // Of two that read the row, the one whose statement deletes it has it.
        const { affected } = await manager.delete(signInTokenEntity, { id: hash });
        return row !== null && affected === 1 && row.expiresAt > now.getTime() ? row.user : undefined;
      }),
  };
}

const session = ({ id, user, expiresAt }: SessionRow): Session => ({ id, user, expiresAt: new Date(expiresAt) });
