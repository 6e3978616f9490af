import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUpstream } from '../brokers/http/index.js';
import type { Logger } from '../config/model/logger.js';
import { Secret } from '../config/model/secret.js';
import { openStore } from '../config/store/index.js';
import type { Store } from '../config/store/store.js';
import { TokenCredentials } from '../runtime/engine/token-credentials.js';
import { createOAuth } from '../runtime/oauth/index.js';
import { cpuOf, median } from './measure.js';
import type { Row } from './row.js';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
/** People whose tokens are in memory. */
const people = 100;
/** Requests that one round authorises. */
const requests = 50_000;

/** What a token in memory adds to a request: microseconds, and calls of the store. */
export async function benchTokens(rounds: number): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), 'smartwright-bench-'));
  const opened = await openStore({ data }, silent);
  const count = { calls: 0 };
  const oauth = createOAuth({
    store: counted(opened, count),
    log: silent,
    publicUrl: () => 'http://127.0.0.1:9',
    http: () => createUpstream({ allowedHosts: [] }),
  });
  try {
    const parameters = [{ name: 'client_id', stages: { authorization: {}, token: {} } }];
    const tokenEndpoint = 'https://provider.example/token';
    await opened.resourceTypes.save({ kind: 'OAuthResourceType', name: 'bench', parameters });
    await opened.resources.save({
      kind: 'OAuthResource',
      name: 'bench',
      type: 'bench',
      tokenEndpoint,
      values: { client_id: 'x' },
    });
    const holders = Array.from({ length: people }, (_, n) => ({ resource: 'bench', credential: `user:${n}` as const }));
    const now = Date.now();
    const expiresAt = new Date(now + 3_600_000);
    for (const { credential } of holders) {
      const values = {
        accessToken: new Secret('a'.repeat(1_000)),
        tokenType: 'Bearer',
        issuedAt: new Date(now),
        expiresAt,
      };
      await opened.tokens.save({ credential, resource: 'bench', ...values }, 'any');
      await oauth.get('bench', credential);
    }
    const authorise = async () => {
      for (let n = 0; n < requests; n++) {
        const holder = holders[n % people];
        if (holder === undefined) continue;
        const request = { method: 'GET', url: 'https://api.example/', headers: {} as Record<string, string> };
        await new TokenCredentials(oauth, holder, undefined).apply(request);
      }
    };
    await authorise();
    count.calls = 0;
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) samples.push((await cpuOf(authorise)) / requests);
    const [added, section] = [median(samples), 'token in memory'];
    return [
      { section, what: 'added to a request', value: `${added.toFixed(2)} µs`, target: '< 20 µs', met: added < 20 },
      { section, what: 'calls of the store', value: String(count.calls), target: '0', met: count.calls === 0 },
    ];
  } finally {
    await oauth.close();
    await opened.close();
    await rm(data, { recursive: true, force: true });
  }
}

/** The store, counting every call of a method of it and of its repositories. */
function counted(store: Store, count: { calls: number }): Store {
  const counting = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name, receiver) {
        const value: unknown = Reflect.get(object, name, receiver);
        if (typeof value === 'object' && value !== null) return counting(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          count.calls++;
          return Reflect.apply(value, object, args);
        };
      },
    });
  return counting(store);
}
