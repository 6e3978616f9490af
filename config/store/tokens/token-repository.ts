import { type EntityManager, LessThan, Not } from 'typeorm';
import type { OAuthResource } from '../../model/oauth-resource.js';
import { change } from '../database/change.js';
import type { Database } from '../database/database.js';
import { documentEntity } from '../entities/document.js';
import { type TokenRow, tokenEntity } from '../entities/token.js';
import type { TokenRepository } from '../store.js';
import type { Vault } from '../vault.js';
import { absentRow, leases } from './lease.js';
import { isPresent, type PresentRow, storedToken, tokenColumns, tokenSummary } from './token-row.js';

/** Milliseconds that the generation of a deleted token is kept; longer than any refresh can be under way. */
const MEMORY = 24 * 60 * 60 * 1_000;

export function tokenRepository(database: Database, vault: Vault): TokenRepository {
  return {
    ...leases(database),
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
    save: (token, expectedGeneration) =>
      change(database, async (manager) => {
        const { credential, resource } = token;
        const row = await manager.findOneBy(tokenEntity, { credential, resource });
        const generation = row?.generation ?? 0;
        if (expectedGeneration !== 'any' && !replaces(row, expectedGeneration)) {
          return { changed: false, result: undefined };
        }
        const next = {
          ...(row ?? absentRow(credential, resource)),
          ...tokenColumns(token, vault),
          generation: generation + 1,
        };
        // An upsert, because the lease of a first request may make the row meanwhile.
        await manager.upsert(tokenEntity, withoutLease(next), ['credential', 'resource']);
        return { changed: true, result: storedToken(next as PresentRow, vault) };
      }),
    requireReconnect: (credential, resource, generation, error) =>
      change(database, async (manager) => {
        const { affected } = await manager.update(
          tokenEntity,
          { credential, resource, generation, state: Not('absent') },
          { state: 'reconnect-required', lastError: error, touchedAt: Date.now() },
        );
        return { changed: affected === 1, result: affected === 1 };
      }),
    delete: (credential, resource) =>
      change(database, async (manager) => {
        const deleted = (await deleteTokens(manager, { credential, resource })) > 0;
        return { changed: deleted, result: deleted };
      }),
  };
}

/** A present token is replaced by naming its generation, an absent one by 0. */
function replaces(row: TokenRow | null, expectedGeneration: number): boolean {
  return expectedGeneration === (isPresent(row) ? row.generation : 0);
}

/** A save leaves the lease to its owner, who gives it up. */
function withoutLease({
  leaseOwner: _,
  leaseUntil: __,
  ...columns
}: TokenRow): Omit<TokenRow, 'leaseOwner' | 'leaseUntil'> {
  return columns;
}

/**
 * Deletes tokens. The generation of each stays, so that a refresh under way cannot take a later token for the one that it
 * replaces.
 * @returns how many there were
 */
export async function deleteTokens(
  manager: EntityManager,
  which: { readonly credential?: string; readonly resource?: string },
): Promise<number> {
  const { credential: _, resource: __, generation: ___, ...nothing } = absentRow('', '');
  const { affected } = await manager.update(tokenEntity, { ...which, state: Not('absent') }, nothing);
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
