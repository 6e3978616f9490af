import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '../demo.js';
import { tokenRequestsOf } from '../token-requests.js';

/** The two reasons to refresh: the token's time is over, and the service refuses it before that. */
export async function refresh(demo: Demo): Promise<void> {
  const { world, report, signal } = demo;
  const { crm } = await demo.alice();

  report.heading('Refresh, when the token has expired');
  const left = await millisecondsLeft(demo);
  report.done(`Alice's access token lives ${(Math.max(0, left) / 1_000).toFixed(1)} s more; waiting until it is over`);
  await sleep(Math.max(0, left) + 100, undefined, { signal });
  const storm = await tokenRequestsOf(world.authorizationServer, () =>
    Promise.all(Array.from({ length: 20 }, () => crm.me.read())),
  );
  expectRequests(storm.asked, '1 × refresh_token');
  report.done(`20 calls at once, all answered. The token endpoint was asked: ${storm.asked}`);

  report.heading('Refresh, when the service refuses the token');
  world.crm.endSessions();
  const before = world.crm.counts();
  const renewed = await tokenRequestsOf(world.authorizationServer, () => crm.me.read());
  const refused = world.crm.counts().unauthorized - before.unauthorized;
  if (refused !== 1) throw new Error(`The CRM answered ${refused} requests with 401; it should have been one.`);
  expectRequests(renewed.asked, '1 × refresh_token');
  report.done(`The CRM signed everybody out and answered ${refused} × 401; the call was sent again with a new token`);
  report.note(`The token endpoint was asked: ${renewed.asked}`);
  const { subject, client, scopes } = renewed.result;
  report.table(['Who is calling', 'Application', 'Scopes'], [[subject, client, scopes.join(' ')]]);
}

async function millisecondsLeft({ world: { runtime } }: Demo): Promise<number> {
  const tokens = await runtime.store.tokens.list();
  const token = tokens.find(({ resource, credential }) => resource === 'crm' && credential === 'user:alice');
  if (token?.expiresAt === undefined) throw new Error("Alice's token has no expiry.");
  return Date.parse(token.expiresAt) - Date.now();
}

function expectRequests(asked: string, wanted: string): void {
  if (asked !== wanted) throw new Error(`The token endpoint was asked ${asked}; it should have been ${wanted}.`);
}
