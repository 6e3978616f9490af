import { createHash } from 'node:crypto';
import type { StoredToken } from '../../config/store/store.js';
import { clientSecret } from '../oauth/installation.js';
import type { Place } from './place.js';
import type { Tally } from './storm.js';

/** One thing that a storm must not have broken. */
export interface Check {
  readonly what: string;
  readonly passed: boolean;
  readonly found: string;
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);
const listed = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'none';

/** What holds when nothing dies: each expiry is one request, and every call gets a token. */
export async function calmChecks({ server, node }: Place, tally: Tally, before: Snapshot): Promise<Check[]> {
  const after = await snapshot({ server, node });
  const asked = after.asked - before.asked;
  const expiries = after.generations - before.generations;
  const failures = sum(tally.failed.values());
  return [
    { what: 'calls got a token', passed: tally.calls > 0, found: String(tally.calls) },
    { what: 'no call failed', passed: failures === 0, found: listed(tally.failed) },
    {
      what: 'the token endpoint was asked exactly once for each expiry',
      passed: asked > 0 && asked === expiries,
      found: `${asked} requests for ${expiries} expiries`,
    },
    {
      what: 'no refresh token was used twice, so no family was revoked',
      passed: sum(Object.values(server.refusals())) === 0,
      found: `refusals: ${listed(Object.entries(server.refusals()))}`,
    },
    {
      what: 'no other node was told to drop anything',
      passed: after.revision === before.revision && after.tokenRevision === before.tokenRevision,
      found: `configuration ${after.revision - before.revision}, tokens ${after.tokenRevision - before.tokenRevision} changes`,
    },
  ];
}

/** What holds although processes are killed: what the store was given is there, and each credential says the truth. */
export async function killChecks(place: Place, tally: Tally): Promise<Check[]> {
  const { node, credentials } = place;
  const lost: string[] = [];
  const dishonest: string[] = [];
  const states = new Map<string, number>();
  for (const credential of credentials) {
    const stored = await node.store.tokens.get(credential, 'crm');
    const saved = tally.saved.get(credential);
    if (stored === undefined || (saved !== undefined && isOlder(stored, saved))) lost.push(credential);
    const state = await node.oauth.get('crm', credential).then(
      () => 'valid',
      ({ code }) => String(code),
    );
    states.set(state, (states.get(state) ?? 0) + 1);
    const honest = state === 'valid' || (state === 'RECONNECT_REQUIRED' && !(await redeemable(place, stored)));
    if (!honest) dishonest.push(`${credential}: ${state}`);
  }
  const unexpected = [...tally.failed].filter(([code]) => code !== 'RECONNECT_REQUIRED');
  return [
    { what: 'calls got a token', passed: tally.calls > 0, found: String(tally.calls) },
    { what: 'processes were killed', passed: tally.killed > 0, found: String(tally.killed) },
    {
      what: 'no call failed but for a reconnect that is required',
      passed: unexpected.length === 0,
      found: listed(tally.failed),
    },
    {
      what: 'no token is lost that the store was given',
      passed: lost.length === 0,
      found: `${lost.length} of ${credentials.length} lost ${lost.join(' ')}`.trim(),
    },
    {
      what: 'each credential is valid, or says that a reconnect is required and is right',
      passed: dishonest.length === 0,
      found: `${listed(states)}${dishonest.length > 0 ? `; not honest: ${dishonest.join(', ')}` : ''}`,
    },
  ];
}

function isOlder(stored: StoredToken, saved: { readonly generation: number; readonly hash: string }): boolean {
  if (stored.generation !== saved.generation) return stored.generation < saved.generation;
  return hashOf(stored) !== saved.hash;
}

const hashOf = ({ refreshToken }: StoredToken): string =>
  createHash('sha256')
    .update(refreshToken?.reveal() ?? '')
    .digest('base64url');

/** Whether the provider would still take the stored refresh token. */
async function redeemable({ server }: Place, stored: StoredToken | undefined): Promise<boolean> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: stored?.refreshToken?.reveal() ?? '',
    client_id: 'crm-client',
    client_secret: clientSecret,
  });
  return (await fetch(server.tokenEndpoint, { method: 'POST', body })).ok;
}

export interface Snapshot {
  /** Refreshes that the token endpoint was asked for. */
  readonly asked: number;
  /** Generations of all tokens together. */
  readonly generations: number;
  readonly revision: number;
  readonly tokenRevision: number;
}

export async function snapshot({ server, node: { store } }: Pick<Place, 'server' | 'node'>): Promise<Snapshot> {
  return {
    asked: server.counts().refresh_token ?? 0,
    generations: sum((await store.tokens.list()).map(({ generation }) => generation)),
    revision: await store.revision(),
    tokenRevision: (await store.tokens.changes()).revision,
  };
}
