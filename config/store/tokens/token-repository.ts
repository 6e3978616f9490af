import { type EntityManager, LessThan, MoreThan, Not } from 'typeorm';
import type { OAuthResource } from '../../model/oauth-resource.js';
import type { Credential } from '../../model/principal.js';
import { change, readRevision } from '../database/change.js';
import type { Database } from '../database/database.js';
import { documentEntity } from '../entities/document.js';
import { tokenEntity } from '../entities/token.js';
import type { TokenRepository } from '../store.js';
import type { Vault } from '../vault.js';
import { absentRow, leases } from './lease.js';
import { saves } from './save.js';
import { isPresent, storedToken, tokenSummary } from './token-row.js';

/** Milliseconds that the generation of a deleted token is kept; longer than any refresh can be under way. */
const MEMORY = 24 * 60 * 60 * 1_000;

export function tokenRepository(database: Database, vault: Vault): TokenRepository {
  return {
    ...leases(database),
    ...saves(database, vault),
    get: (credential, resource) =>
      database.read(async (manager) => {
        const row = await manager.findOneBy(tokenEntity, { credential, resource });
        return isPresent(row) ? storedToken(row, vault) : undefined;
      }),
    list: () =>
      database.read(async (manager) => {
        const rows = await manager.find(tokenEntity, {
          where: { state: Not('absent') },
          order: { resource: 'ASC', credential: 'ASC' },
        });
        const types = await resourceTypes(manager);
        return rows.filter(isPresent).map((row) => tokenSummary(row, types.get(row.resource) ?? ''));
      }),
    requireReconnect: (credential, resource, generation, error) =>
      change(
        database,
        async (manager, changed) => {
          const { affected } = await manager.update(
            tokenEntity,
            { credential, resource, generation, state: Not('absent') },
            { state: 'reconnect-required', lastError: error, touchedAt: Date.now(), changed },
          );
          return { changed: affected === 1, result: affected === 1 };
        },
        'tokens',
      ),
    delete: (credential, resource) =>
      change(
        database,
        async (manager, changed) => {
          const deleted = (await deleteTokens(manager, { credential, resource }, changed)) > 0;
          return { changed: deleted, result: deleted };
        },
        'tokens',
      ),
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

/**
 * Deletes tokens. The generation of each stays, so that a refresh under way cannot take a later token for the one that it
 * replaces.
 *
 * @param changed the tokens' counter; absent inside a change of the configuration, at which nodes drop all tokens anyway
 * @returns how many there were
 */
export async function deleteTokens(
  manager: EntityManager,
  which: { readonly credential?: string; readonly resource?: string },
  changed?: number,
): Promise<number> {
  const { credential: _, resource: __, generation: ___, changed: ____, ...nothing } = absentRow('', '');
  const stamp = changed === undefined ? {} : { changed };
  const { affected } = await manager.update(tokenEntity, { ...which, state: Not('absent') }, { ...nothing, ...stamp });
  return affected ?? 0;
}

/** The type of each stored resource. */
async function resourceTypes(manager: EntityManager): Promise<Map<string, string>> {
  const rows = await manager.findBy(documentEntity, { kind: 'OAuthResource' });
  return new Map(rows.map((row) => [row.name, (JSON.parse(row.document) as OAuthResource).type]));
}

/** Forgets deleted tokens that nothing can be waiting for any more. */
export async function forgetAbsentTokens(manager: EntityManager, now: Date): Promise<void> {
  await manager.delete(tokenEntity, { state: 'absent', touchedAt: LessThan(now.getTime() - MEMORY) });
}
