import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredToken } from '../../config/store/store.js';
import { loadApplication } from './application.js';
import { refuse } from './end-of-token.js';
import { TokenEndpointError, whose } from './errors.js';
import { unattendedGrantOf } from './grants/index.js';
import type { Attempt, Demand, Obtaining } from './obtaining.js';
import { leaseTime, underLease } from './refresh-lease.js';
import { lastErrorOf, renewToken } from './renew-token.js';
import { tokenKey } from './token-cache.js';
import { errorOf, isPending } from './token-failure.js';
import { type Circumstances, isStillGood, judge } from './token-verdict.js';

/** Milliseconds between two looks at a token that another node is refreshing: from, and up to. */
const looks = { first: 25, longest: 200 } as const;

/**
 * A token that can be sent: the stored one, or one obtained now under the token's refresh lease. Each round reads the row and judges
 * it, so whoever refreshes it, here or on another node, everybody ends with the same token.
 *
 * @throws CallerError NOT_FOUND, AUTHORIZATION_REQUIRED, RECONNECT_REQUIRED
 * @throws TokenEndpointError TOKEN_REFUSED, TOKEN_UNAVAILABLE
 */
export async function obtainToken(context: Obtaining, demand: Demand): Promise<StoredToken> {
  const application = await loadApplication(context.store, demand.resource);
  const attempt: Attempt = {
    ...demand,
    application,
    unattended: unattendedGrantOf(application.type, context.extensions),
    key: tokenKey(demand.resource, demand.credential),
  };
  const givenUp = performance.now() + 2 * leaseTime;
  for (let pause: number = looks.first; ; pause = Math.min(pause * 2, looks.longest)) {
    const stored = await context.store.tokens.get(demand.credential, demand.resource);
    const token = await settle(context, attempt, stored);
    if (token !== undefined) return token;
    if (performance.now() > givenUp) throw leaseNotHad(attempt);
    await sleep(pause);
  }
}

/** One round. Undefined: somebody else is at it, or has just changed the row; look again. */
async function settle(
  context: Obtaining,
  attempt: Attempt,
  stored: StoredToken | undefined,
): Promise<StoredToken | undefined> {
  const circumstances: Circumstances = {
    refused: attempt.refused,
    early: attempt.early,
    unattended: attempt.unattended !== undefined,
    now: context.now(),
    jitter: context.jitter(attempt.key),
  };
  const verdict = judge(stored, circumstances);
  if (verdict === 'authorize' || verdict === 'reconnect') return await refuse(context, attempt, stored);
  if (verdict === 'use') return stored;

  const good = stored !== undefined && isStillGood(stored, circumstances) ? stored : undefined;
  const failure = await lastErrorOf(context, attempt, stored);
  if (isPending(failure, attempt.application.version, circumstances.now)) {
    if (good !== undefined) return good;
    throw errorOf(failure, attempt.resource, circumstances.now);
  }
  const { resource, credential } = attempt;
  const renewed = await underLease(context, attempt, stored, (current, remaining) =>
    context.tracer.trace({ flow: current === undefined ? 'token' : 'refresh', resource, credential }, () =>
      renewToken(context, attempt, current, good, remaining),
    ),
  );
  return renewed ?? good;
}

/** Not a revocation: the token is as it was, and the next call tries again. */
function leaseNotHad({ resource, credential }: Attempt): TokenEndpointError {
  return new TokenEndpointError(
    'TOKEN_UNAVAILABLE',
    `OAuth resource "${resource}": another node has been refreshing the token of ${whose(credential)} for too long; try again.`,
    { resource },
  );
}
