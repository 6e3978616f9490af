import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import { type OpenedStore, openStore } from '../../config/store/index.js';
import { rejection } from '../support/rejection.js';
import { type PostgresDatabase, usePostgres } from './postgres.js';
import { instance } from './samples.js';
import { silent } from './silent.js';

describe('a PostgreSQL store', () => {
  const postgres = usePostgres();
  let data: string;
  let database: PostgresDatabase;
  let stores: OpenedStore[];

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'smartwright-postgres-store-'));
    database = await postgres().createDatabase();
    stores = [];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
    await rm(data, { recursive: true, force: true });
  });

  async function open(databaseUrl: Secret = database.url): Promise<OpenedStore> {
    const store = await openStore({ data, databaseUrl }, silent);
    stores.push(store);
    return store;
  }

  it('is opened by several nodes at once, with one schema and one key', async () => {
    const nodes = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(nodes.map((node, index) => node.instances.save(instance({ name: `I${index}` }), 0)));
    expect(await nodes[0]?.instances.list()).to.have.length(4);
  });

  it('refuses a node with a key file of its own', async () => {
    await open();
    const elsewhere = await mkdtemp(join(tmpdir(), 'smartwright-other-node-'));
    const refused = await rejection(
      openStore({ data: elsewhere, databaseUrl: database.url }, silent),
      'SETTINGS_INVALID',
    );
    expect(refused.message).to.contain('the same on all nodes');
    await rm(elsewhere, { recursive: true });
  });

  it('works again after its connections broke', async () => {
    const store = await open();
    await store.instances.save(instance());
    await database.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    const seen = await eventually(() => store.instances.get('CRM'));
    expect(seen?.document).to.deep.equal(instance());
  });

  it('says that the server is away, with a remedy, and works when it is back', async () => {
    const gate = await openGate(postgres().port);
    const url = new URL(database.url.reveal());
    url.port = String(gate.port);
    const store = await open(new Secret(url.href));
    await store.instances.save(instance());

    await gate.shut();
    const away = await rejection(store.instances.get('CRM'), 'STORE_UNAVAILABLE');
    expect(away.status).to.equal(503);
    expect(away.message).to.contain(`127.0.0.1:${gate.port}`).and.contain('Check that the server runs');
    expect(away.message).to.not.contain(url.password);
    await rejection(store.instances.save(instance({ displayName: 'x' })), 'STORE_UNAVAILABLE');
    await rejection(store.ping(), 'STORE_UNAVAILABLE');

    await gate.open();
    expect((await eventually(() => store.instances.get('CRM')))?.document).to.deep.equal(instance());
    await gate.shut();
  });

  it('says at start that the server, the database or the password is wrong', async () => {
    const changed = (change: (url: URL) => void): Secret => {
      const url = new URL(database.url.reveal());
      change(url);
      return new Secret(url.href);
    };
    const nobody = await openGate(postgres().port);
    await nobody.shut();
    const wrong = [
      changed((url) => {
        url.port = String(nobody.port);
      }),
      changed((url) => {
        url.pathname = '/no_such_database';
      }),
      changed((url) => {
        url.password = 'canary';
      }),
    ];
    for (const databaseUrl of wrong) {
      const refused = await rejection(openStore({ data, databaseUrl }, silent), 'STORE_UNAVAILABLE');
      expect(refused.message).to.contain('SMARTWRIGHT_DATABASE_URL').and.not.contain('canary');
    }
    await rejection(openStore({ data, databaseUrl: new Secret('mysql://x') }, silent), 'SETTINGS_INVALID');
  });
});

/** Repeats what the store refuses while its database is coming back. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

/** A TCP relay in front of the server that can be shut, as if the server were gone, and opened again. */
async function openGate(target: number) {
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    const upstream = track(connect(target, '127.0.0.1'));
    track(client).pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async shut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async open() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
