/** A server under test, in a process of its own: `smartwright`, or the Express pass-through that is the floor. */
import express from 'express';
import { Agent, request } from 'undici';
import { createRuntime } from '../../runtime/index.js';
import { createServer } from '../../runtime/server/index.js';
import { installation } from './contenders.js';

const [what = '', upstream = ''] = process.argv.slice(2);
const key = 'swk_bench-key-0123456789abcdef0123456789abcdef';

/** Express 5 over undici: reads the input, asks the service with the token, parses its answer, gives it. */
async function passThrough(): Promise<string> {
  const dispatcher = new Agent({ connections: 64 });
  const headers = { authorization: 'Bearer a-token-of-forty-characters-0123456789ab', accept: 'application/json' };
  const app = express();
  app.use(express.json());
  app.post('/api/smartobjects/:object/:method', async (incoming, response) => {
    const { id, limit } = incoming.body;
    const path = incoming.params.method === 'Read' ? `/contacts/${id}` : `/contacts?limit=${limit}`;
    const { body } = await request(upstream + path, { headers, dispatcher });
    response.json(JSON.parse(await body.text()));
  });
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`);
    });
  });
}

async function smartwright(): Promise<string> {
  const runtime = await installation(upstream, createRuntime);
  const user = { name: 'bench', roles: ['admin'] };
  const actor = { name: 'bench', credential: 'user:bench', roles: ['admin'], via: 'local' } as const;
  await runtime.admin.save({ kind: 'User', ...user }, actor);
  await runtime.admin.save({ kind: 'ApiKey', name: 'bench', actsAs: { user: 'bench' }, roles: ['user'], key }, actor);
  const { url } = await createServer(runtime).listen();
  return url;
}

const url = await (what === 'smartwright' ? smartwright() : passThrough());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
process.send?.({ url, key });
