import { type EntityManager, In } from 'typeorm';
import type { Credential } from '../../model/principal.js';
import { databaseNow } from '../database/clock.js';
import type { Database } from '../database/database.js';
import { type TokenRow, tokenEntity } from '../entities/token.js';
import type { TokenRepository } from '../store.js';

/**
 * The refresh lease: who of all nodes may ask the token endpoint for one token now. Its end is told by the database's clock, so
 * that nodes whose clocks differ agree on it.
 */
export function leases(database: Database): Pick<TokenRepository, 'lease' | 'release'> {
  return {
    async lease(credential, resource, generation, owner, duration) {
      if (generation === 0) await database.statement((manager) => keepPlace(manager, credential, resource));
      return database.statement(async (manager) => {
        const now = databaseNow(manager);
        const { affected } = await manager
          .createQueryBuilder()
          .update(tokenEntity)
          .set({ leaseOwner: owner, leaseUntil: () => `${now} + ${Math.round(duration)}` })
          .where({ credential, resource, ...(generation === 0 ? { state: vacant } : { generation }) })
          .andWhere(`(lease_owner IS NULL OR lease_owner = :owner OR lease_until <= ${now})`, { owner })
          .execute();
        return affected === 1;
      });
    },
    release: (credential, resource, owner) =>
      database.statement(async (manager) => {
        const lease = { credential, resource, leaseOwner: owner };
        await manager.update(tokenEntity, lease, { leaseOwner: null, leaseUntil: null });
      }),
  };
}

/** A row without a token that can be used. */
export const vacant = In(['absent', 'revoked'] as const);

/** Makes the row that holds the lease of a first request, unless there is a row. */
export async function keepPlace(manager: EntityManager, credential: Credential, resource: string): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(tokenEntity)
    .values(absentRow(credential, resource))
    .orIgnore()
    .updateEntity(false)
    .execute();
}

/** The place of a token that is not there. */
export function absentRow(credential: string, resource: string): TokenRow {
  return {
    credential,
    resource,
    generation: 0,
    state: 'absent',
    tokenType: '',
    scope: null,
    expiresAt: null,
    issuedAt: null,
    refreshable: false,
    refreshExpiresAt: null,
    lastError: null,
    secrets: null,
    leaseOwner: null,
    leaseUntil: null,
    touchedAt: Date.now(),
    changed: 0,
  };
}
