import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { createRuntime, localPrincipal, type Runtime } from 'smartwright';
import { inProcess } from 'smartwright/client';
import { Agent, request } from 'undici';
import { contact, descriptor } from './data.js';

/** One way to call the service. */
export interface Contender {
  readonly name: string;
  one(): Promise<unknown>;
  list(): Promise<unknown>;
}

const token = 'a-token-of-forty-characters-0123456789ab';

/** The least that any client must do: send the request with the token and parse the answer. */
export function floor(server: string): Contender {
  const dispatcher = new Agent({ connections: 64 });
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const get = async (path: string): Promise<unknown> => {
    const { body } = await request(server + path, { headers, dispatcher });
    return JSON.parse(await body.text());
  };
  return { name: 'undici', one: () => get('/contacts/7'), list: () => get('/contacts?limit=50') };
}

/** A client of the same kind: reads the description, offers its operations. */
export async function peer(server: string): Promise<Contender> {
  const api = new OpenAPIClientAxios({
    definition: descriptor(server) as never,
    axiosConfigDefaults: { headers: { authorization: `Bearer ${token}` } },
  });
  const client = await api.init();
  return {
    name: 'openapi-client-axios',
    one: async () => (await client.getContact?.({ id: 7 }))?.data,
    list: async () => (await client.listContacts?.({ limit: 50 }))?.data,
  };
}

/** A runtime with the service connected, behind a token; of the built package, unless another one is given. */
export async function installation(server: string, create: typeof createRuntime = createRuntime): Promise<Runtime> {
  const data = await mkdtemp(join(tmpdir(), 'smartwright-bench-'));
  const file = join(data, 'contacts.json');
  await writeFile(file, JSON.stringify(descriptor(server)));
  const runtime = await create({ data, logLevel: 'silent', port: 0 });
  await runtime.admin.save(
    {
      kind: 'ServiceInstance',
      name: 'crm',
      type: 'rest',
      authentication: { mode: 'static', scheme: 'bearer', token },
      keys: { descriptor: file },
      allowedHosts: ['127.0.0.1'],
    },
    localPrincipal,
  );
  return runtime;
}

/** Smartwright in process, through the client that generated modules use. */
export function smartwright(runtime: Runtime): Contender {
  const transport = inProcess(runtime.engine, localPrincipal);
  return {
    name: 'smartwright',
    one: () => transport.call('crm_Contact', 'Read', { id: 7 }),
    list: () => transport.call('crm_Contact', 'List', { limit: 50 }),
  };
}

/** What the single call must give, so that no contender wins by doing nothing. */
export const expected = contact(7);
