import { setTimeout as sleep } from 'node:timers/promises';
import { RuntimeError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Store, StoredToken, TokenToSave } from '../../config/store/store.js';

/** Milliseconds between attempts: about eight seconds in all, which a database restart often takes. */
const pauses = [100, 250, 500, 1_000, 2_000, 4_000] as const;

/**
 * Saves a token that a provider has just issued. The provider will not give it again, so a store that is away is tried again for a
 * while.
 *
 * @returns undefined when the stored generation is another; see `TokenRepository.save`
 * @throws RuntimeError STORE_UNAVAILABLE
 */
export async function persist(
  { store, log }: { readonly store: Store; readonly log: Logger },
  token: TokenToSave,
  expectedGeneration: number | 'any',
): Promise<StoredToken | undefined> {
  for (const pause of pauses) {
    try {
      return await store.tokens.save(token, expectedGeneration);
    } catch (error) {
      if (!(error instanceof RuntimeError) || error.code !== 'STORE_UNAVAILABLE') throw error;
      const { resource, credential } = token;
      log.warn({ resource, credential, error: error.message }, 'a new token could not be saved; trying again');
      await sleep(pause);
    }
  }
  return await store.tokens.save(token, expectedGeneration);
}
