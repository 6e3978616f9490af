import { Not } from 'typeorm';
import { change } from '../database/change.js';
import type { Database } from '../database/database.js';
import { tokenEntity } from '../entities/token.js';
import { notify } from '../notification-repository.js';
import type { TokenRepository } from '../store.js';
import type { Vault } from '../vault.js';
import { deleteTokens } from './absent.js';
import { absentRow, vacant } from './lease.js';
import { isRevoked, storedToken, tokenError } from './token-row.js';

/** Revoked tokens that one look gives. */
const MOST = 100;

type Endings = Pick<TokenRepository, 'requireReconnect' | 'delete' | 'revoke' | 'revoked' | 'forgetRevoked'>;

/** How tokens end. Each end takes the tokens' counter, so that the other nodes drop what they keep in memory. */
export function endings(database: Database, vault: Vault): Endings {
  return {
    requireReconnect: (credential, resource, generation, error) =>
      change(
        database,
        async (manager, changed) => {
          const { affected } = await manager.update(
            tokenEntity,
            { credential, resource, generation, state: Not(vacant) },
            { state: 'reconnect-required', lastError: JSON.stringify(error), touchedAt: Date.now(), changed },
          );
          const ended = affected === 1;
          const type = 'token.reconnect-required';
          if (ended) await notify(manager, { type, credential, resource, reason: error.code });
          return { changed: ended, result: ended };
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
    revoke: (credential, resource) =>
      change(
        database,
        async (manager, changed) => {
          const present = { credential, resource, state: Not(vacant) };
          // Marked first, so that no refresh saves between the two statements.
          const ended = { state: 'revoked', lastError: null, touchedAt: Date.now(), changed } as const;
          const { affected } = await manager.update(tokenEntity, present, ended);
          if (affected !== 1) return { changed: false, result: undefined };
          const row = await manager.findOneByOrFail(tokenEntity, { credential, resource });
          return { changed: true, result: isRevoked(row) ? storedToken(row, vault) : undefined };
        },
        'tokens',
      ),
    revoked: (now) =>
      database.read(async (manager) => {
        const rows = await manager.find(tokenEntity, { where: { state: 'revoked' }, order: { touchedAt: 'ASC' } });
        return rows
          .filter(isRevoked)
          .filter(({ lastError }) => {
            const retryAt = lastError === null ? undefined : tokenError(lastError).retryAt;
            return retryAt === undefined || Date.parse(retryAt) <= now.getTime();
          })
          .slice(0, MOST)
          .map((row) => storedToken(row, vault));
      }),
    forgetRevoked: (credential, resource, generation) =>
      database.statement(async (manager) => {
        const { credential: _, resource: __, generation: ___, changed: ____, ...nothing } = absentRow('', '');
        const revoked = { credential, resource, generation, state: 'revoked' } as const;
        const { affected } = await manager.update(tokenEntity, revoked, nothing);
        return affected === 1;
      }),
  };
}
