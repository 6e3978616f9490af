import { randomUUID } from 'node:crypto';
import type { Logger } from '../../config/model/logger.js';
import type { Store, StoredToken } from '../../config/store/store.js';
import { tokenRequestTimeout } from './token-request.js';

/** Milliseconds that a lease is held at most: the token request's time-out, and as much again to save what it brought. */
export const leaseTime = 2 * tokenRequestTimeout;

/** What a lease needs. */
export interface LeaseContext {
  readonly store: Store;
  readonly log: Logger;
}

/**
 * Does `work` while holding the refresh lease of a token, so that no other call and no other node renews it meanwhile. A token that is
 * not there yet has a lease too. The row is read again once the lease is held: what `work` gets is what the store holds now.
 *
 * @param seen the token as it was read before; undefined when there was none
 * @param work `remaining` tells the milliseconds that the lease is held for at least, by this process's own, steady clock
 * @returns undefined when somebody else holds the lease, or has changed the token since `seen` was read; look again
 */
export async function underLease<T>(
  { store, log }: LeaseContext,
  { credential, resource }: Pick<StoredToken, 'credential' | 'resource'>,
  seen: StoredToken | undefined,
  work: (current: StoredToken | undefined, remaining: () => number) => Promise<T>,
): Promise<T | undefined> {
  const owner = randomUUID();
  const asked = performance.now();
  if (!(await store.tokens.lease(credential, resource, seen?.generation ?? 0, owner, leaseTime))) return undefined;
  try {
    const current = await store.tokens.get(credential, resource);
    if (current?.generation !== seen?.generation || current?.state !== seen?.state) return undefined;
    return await work(current, () => asked + leaseTime - performance.now());
  } finally {
    await store.tokens.release(credential, resource, owner).catch((error: unknown) => {
      // It runs out by itself.
      log.warn({ resource, credential, error: String(error) }, 'a refresh lease could not be released');
    });
  }
}
