import { type EntityManager, Not } from 'typeorm';
import { change } from '../database/change.js';
import type { Database } from '../database/database.js';
import { type TokenRow, tokenEntity } from '../entities/token.js';
import { notify } from '../notification-repository.js';
import type { StoredToken, TokenRepository, TokenToSave } from '../store.js';
import type { Vault } from '../vault.js';
import { keepPlace, vacant } from './lease.js';
import { isVacant, tokenColumns } from './token-row.js';

/**
 * Saves tokens. A refresh is one conditional UPDATE of its row and waits for no other token. A consent takes the tokens' counter,
 * by which the other nodes learn that what they keep in memory is over. Either leaves the lease to its owner.
 */
export function saves(database: Database, vault: Vault): Pick<TokenRepository, 'save'> {
  return {
    save(token, expectedGeneration) {
      if (expectedGeneration === 'any') {
        return change(
          database,
          async (manager, changed) => {
            const { generation, state } = await lockPlace(manager, token);
            const { credential, resource } = token;
            if (state === 'reconnect-required') {
              await notify(manager, { type: 'token.recovered', credential, resource });
            }
            const result = await write(manager, token, generation, { changed });
            return { changed: true, result };
          },
          'tokens',
        );
      }
      if (expectedGeneration > 0) {
        return database.statement((manager) => write(manager, token, expectedGeneration));
      }
      return database.write(async (manager) => {
        const { state, generation } = await lockPlace(manager, token);
        return isVacant(state) ? write(manager, token, generation, { state }) : undefined;
      });
    },
  };

  async function write(
    manager: EntityManager,
    token: TokenToSave,
    generation: number,
    { changed, state }: Partial<Pick<TokenRow, 'changed' | 'state'>> = {},
  ): Promise<StoredToken | undefined> {
    const { credential, resource } = token;
    const present = changed === undefined ? { state: state ?? Not(vacant) } : {};
    const { affected } = await manager.update(
      tokenEntity,
      { credential, resource, generation, ...present },
      { ...tokenColumns(token, vault), ...(changed === undefined ? {} : { changed }), generation: generation + 1 },
    );
    return affected === 1 ? { ...token, generation: generation + 1, state: 'valid' } : undefined;
  }
}

/** The token's row, made when missing, locked until the transaction ends. On SQLite the transaction itself is the lock. */
async function lockPlace(manager: EntityManager, { credential, resource }: TokenToSave): Promise<TokenRow> {
  await keepPlace(manager, credential, resource);
  const lock = manager.dataSource.options.type === 'postgres' ? { lock: { mode: 'pessimistic_write' as const } } : {};
  return await manager.findOneOrFail(tokenEntity, { where: { credential, resource }, ...lock });
}
