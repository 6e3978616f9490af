import { MoreThan, Not } from 'typeorm';
import type { Credential } from '../../model/principal.js';
import { readRevision } from '../database/change.js';
import type { Database } from '../database/database.js';
import { tokenEntity } from '../entities/token.js';
import type { TokenRepository } from '../store.js';
import type { Vault } from '../vault.js';
import { endings } from './ending.js';
import { leases } from './lease.js';
import { renewals } from './renewal.js';
import { resourceTypes } from './resource-types.js';
import { saves } from './save.js';
import { isPresent, isRevoked, storedToken, tokenSummary } from './token-row.js';

export function tokenRepository(database: Database, vault: Vault): TokenRepository {
  return {
    ...leases(database),
    ...saves(database, vault),
    ...renewals(database),
    ...endings(database, vault),
    get: (credential, resource) =>
      database.read(async (manager) => {
        const row = await manager.findOneBy(tokenEntity, { credential, resource });
        return isPresent(row) ? storedToken(row, vault) : undefined;
      }),
    list: (now = new Date()) =>
      database.read(async (manager) => {
        const rows = await manager.find(tokenEntity, {
          where: { state: Not('absent') },
          order: { resource: 'ASC', credential: 'ASC' },
        });
        const types = await resourceTypes(manager);
        return rows
          .filter((row) => isPresent(row) || isRevoked(row))
          .map((row) => tokenSummary(row, types.get(row.resource), now.getTime()));
      }),
    changes: (since) =>
      database.read(async (manager) => {
        if (since === undefined) return { revision: await readRevision(manager, 'tokens'), tokens: [] };
        const rows = await manager.find(tokenEntity, {
          select: { credential: true, resource: true, changed: true },
          where: { changed: MoreThan(since) },
        });
        const tokens = rows.map(({ credential, resource }) => ({ credential: credential as Credential, resource }));
        return { revision: rows.reduce((latest, { changed }) => Math.max(latest, changed), since), tokens };
      }),
  };
}
