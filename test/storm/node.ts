/** One node of the storm, in a process of its own: a store, a token engine, and callers that ask it for tokens. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUpstream } from '../../brokers/http/index.js';
import { Secret } from '../../config/model/secret.js';
import { openStore, type Store } from '../../config/store/index.js';
import { ChangeWatch } from '../../runtime/change-watch.js';
import { createOAuth } from '../../runtime/oauth/index.js';
import { silent } from '../config/silent.js';
import type { Begin, NodeMessage, NodeOrder } from './messages.js';

/** Milliseconds between two calls of one caller, from and up to. */
const pause = { least: 100, most: 400 } as const;
/** Milliseconds between two reports. */
const reportEvery = 250;

const order = JSON.parse(process.argv[2] ?? '') as NodeOrder;
const tell = (message: NodeMessage) => process.send?.(message);

const opened = await openStore({ data: order.data, databaseUrl: new Secret(order.databaseUrl) }, silent);
const store: Store = {
  ...opened,
  tokens: {
    ...opened.tokens,
    async save(token, expectedGeneration) {
      const saved = await opened.tokens.save(token, expectedGeneration);
      if (saved !== undefined) {
        const { credential, generation, refreshToken } = saved;
        const hash = createHash('sha256')
          .update(refreshToken?.reveal() ?? '')
          .digest('base64url');
        tell({ type: 'saved', credential, generation, hash });
      }
      return saved;
    },
  },
};
const oauth = createOAuth({
  store,
  log: silent,
  publicUrl: () => 'http://127.0.0.1:9',
  http: ({ allowedHosts = [] }) => createUpstream({ allowedHosts }),
});
const watch = new ChangeWatch(store, silent);
watch.onTokenChange(({ resource, credential }) => oauth.forget(resource, credential));

let done = 0;
let failed: Record<string, number> = {};
const report = () => {
  tell({ type: 'calls', done, failed });
  done = 0;
  failed = {};
};

async function caller(number: number, until: number): Promise<void> {
  const credential = order.credentials[number % order.credentials.length] ?? 'application';
  while (Date.now() < until) {
    try {
      // As a call does it: from memory, else by waiting.
      if (oauth.peek('crm', credential) === undefined) await oauth.get('crm', credential);
      done++;
    } catch (error) {
      const code = String((error as { readonly code?: unknown }).code ?? error);
      failed[code] = (failed[code] ?? 0) + 1;
    }
    await sleep(pause.least + Math.random() * (pause.most - pause.least));
  }
}

process.once('message', async ({ until }: Begin) => {
  const reports = setInterval(report, reportEvery);
  await Promise.all(Array.from({ length: order.callers }, (_, number) => caller(number, until)));
  clearInterval(reports);
  report();
  await watch.stop();
  await oauth.close();
  await opened.close();
  tell({ type: 'ended' });
  process.disconnect();
});
tell({ type: 'ready' });
