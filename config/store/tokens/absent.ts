import { type EntityManager, LessThan, Not } from 'typeorm';
import { tokenEntity } from '../entities/token.js';
import { absentRow, vacant } from './lease.js';

/** Milliseconds that the generation of a deleted token is kept; longer than any refresh can be under way. */
const MEMORY = 24 * 60 * 60 * 1_000;

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

/** Takes the tokens of a credential out of use, and keeps them for their providers to be told. */
export async function revokeTokens(manager: EntityManager, credential: string): Promise<void> {
  const ended = { state: 'revoked', lastError: null, touchedAt: Date.now() } as const;
  await manager.update(tokenEntity, { credential, state: Not(vacant) }, ended);
}

/** Forgets deleted tokens that nothing can be waiting for any more. */
export async function forgetAbsentTokens(manager: EntityManager, now: Date): Promise<void> {
  await manager.delete(tokenEntity, { state: 'absent', touchedAt: LessThan(now.getTime() - MEMORY) });
}
