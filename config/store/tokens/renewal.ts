import { LessThanOrEqual } from 'typeorm';
import type { Credential } from '../../model/principal.js';
import type { Database } from '../database/database.js';
import { type TokenRow, tokenEntity } from '../entities/token.js';
import type { TokenRepository } from '../store.js';
import { vacant } from './lease.js';
import { resourceTypes } from './resource-types.js';
import { refreshTokenEnd } from './token-health.js';
import { tokenError } from './token-row.js';

/** Tokens that one look for idle ones gives. */
const MOST = 100;
/** The share of a refresh token's life after which it is used, lest it die. */
const SHARE = 0.75;

/** What is kept of renewals that failed, and which are due although nobody calls. */
export function renewals(database: Database): Pick<TokenRepository, 'failed' | 'lastError' | 'idle'> {
  return {
    failed: (credential, resource, generation, error) =>
      database.statement(async (manager) => {
        const { affected } = await manager.update(
          tokenEntity,
          { credential, resource, ...(generation === 0 ? { state: vacant } : { generation }) },
          { lastError: JSON.stringify(error), touchedAt: Date.now() },
        );
        return affected === 1;
      }),
    lastError: (credential, resource) =>
      database.read(async (manager) => {
        const row = await manager.findOneBy(tokenEntity, { credential, resource, state: 'absent' });
        return row === null || row.lastError === null ? undefined : tokenError(row.lastError);
      }),
    idle: (now) =>
      database.read(async (manager) => {
        const types = await resourceTypes(manager);
        const rows = await manager.find(tokenEntity, {
          where: { state: 'valid', refreshable: true, issuedAt: LessThanOrEqual(now.getTime()) },
        });
        return rows
          .filter((row) => isIdle(row, refreshTokenEnd(row, types.get(row.resource)), now.getTime()))
          .slice(0, MOST)
          .map(({ credential, resource }) => ({ credential: credential as Credential, resource }));
      }),
  };
}

function isIdle({ issuedAt, lastError }: TokenRow, end: number | undefined, now: number): boolean {
  if (end === undefined || issuedAt === null || now < issuedAt + SHARE * (end - issuedAt)) return false;
  const retryAt = lastError === null ? undefined : tokenError(lastError).retryAt;
  return retryAt === undefined || Date.parse(retryAt) <= now;
}
