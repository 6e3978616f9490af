import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../config/model/logger.js';
import type { Settings } from '../../config/model/settings.js';
import { openStore } from '../../config/store/index.js';
import type { Store } from '../../config/store/store.js';

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A real store on SQLite in a folder of its own. */
export async function temporaryStore(): Promise<{ store: Store; close(): Promise<void> }> {
  const data = await mkdtemp(join(tmpdir(), 'smartwright-identity-'));
  const settings: Settings = {
    data,
    host: '127.0.0.1',
    port: 0,
    allowedOrigins: [],
    allowedHosts: [],
    brokers: [],
    extensions: [],
    limits: {
      requestBytes: 1e6,
      answerBytes: 1e6,
      streamBytes: 1e6,
      descriptorBytes: 1e6,
      upstreamTimeout: 1000,
      shutdownTimeout: 1000,
      recentCalls: 100,
      recentCallDays: 1,
    },
    logLevel: 'silent',
  };
  const store = await openStore(settings, silent);
  return {
    store,
    async close() {
      await store.close();
      await rm(data, { recursive: true });
    },
  };
}

/** The store, with a count of the questions that it is asked about keys, sessions and users. */
export function counted(store: Store): { store: Store; questions(): number } {
  let questions = 0;
  const counting = <T extends object>(repository: T): T =>
    new Proxy(repository, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          questions++;
          return member.apply(target, args);
        };
      },
    });
  const { users, apiKeys, sessions } = store;
  const asked = Object.create(store, {
    users: { value: counting(users) },
    apiKeys: { value: counting(apiKeys) },
    sessions: { value: counting(sessions) },
  });
  return { store: asked, questions: () => questions };
}
