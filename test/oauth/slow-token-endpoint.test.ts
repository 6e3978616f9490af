import { expect } from 'chai';
import { createUpstream } from '../../brokers/http/index.js';
import { RuntimeError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import { Secret } from '../../config/model/secret.js';
import type { Store } from '../../config/store/index.js';
import { createOAuth } from '../../runtime/oauth/index.js';
import { leaseTime } from '../../runtime/oauth/refresh-lease.js';
import { tokenRequestTimeout } from '../../runtime/oauth/token-request.js';
import { rejection } from '../support/rejection.js';
import { type Fault, type FaultServer, json, startFaultServer } from './fault-server.js';
import { crmResource, crmType, dataFolder, type Node, person, publicUrl, startNode } from './installation.js';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A byte now and then, for ever. */
const drips: Fault = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n');
  const timer = setInterval(() => socket.write(' '), 20);
  socket.on('close', () => clearInterval(timer));
};

describe('A token on its way', () => {
  let endpoint: FaultServer;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  beforeEach(async () => {
    endpoint = await startFaultServer();
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType());
    await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url }));
    await node.store.tokens.save(
      {
        credential: person,
        resource: 'crm',
        accessToken: new Secret('access-1'),
        refreshToken: new Secret('refresh-1'),
        tokenType: 'Bearer',
        issuedAt: new Date(Date.now() - 2000),
        expiresAt: new Date(Date.now() - 1000),
      },
      'any',
    );
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
    await endpoint.close();
  });

  /** A token engine with a store and a deadline of its own. */
  const engine = (store: Store, timeout = tokenRequestTimeout) => {
    const upstream = createUpstream({ allowedHosts: ['127.0.0.1'] });
    return createOAuth({
      store,
      log: silent,
      publicUrl: () => publicUrl,
      http: () => ({ send: (request) => upstream.send({ ...request, timeout }) }),
    });
  };

  it('fault 29: is waited for no longer than the deadline, which ends before the lease does', async () => {
    expect(tokenRequestTimeout).to.be.lessThan(leaseTime);
    endpoint.play(drips);
    const error = await rejection(engine(node.store, 200).get('crm', person));
    expect(error).to.include({ code: 'TOKEN_UNAVAILABLE' });
    expect(endpoint.bodies).to.have.length(1);
    expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid', generation: 1 });
  });

  it('is not waited for while the present one can be sent, and is waited for when the runtime stops', async () => {
    const start = Date.now();
    let now = start;
    const token = { credential: person, resource: 'crm', tokenType: 'Bearer', issuedAt: new Date(start) } as const;
    const expiresAt = new Date(start + 600_000);
    const values = { accessToken: new Secret('access-1'), refreshToken: new Secret('refresh-1') };
    await node.store.tokens.save({ ...token, ...values, expiresAt }, 'any');
    const oauth = createOAuth({
      store: node.store,
      log: silent,
      publicUrl: () => publicUrl,
      http: () => createUpstream({ allowedHosts: ['127.0.0.1'] }),
      now: () => now,
    });
    const present = await oauth.get('crm', person);
    let answer = () => {};
    endpoint.play((socket, body) => {
      answer = () => json({ access_token: 'access-2', refresh_token: 'refresh-2' })(socket, body);
    });
    now = start + 580_000;
    expect(await oauth.get('crm', person)).to.equal(present);
    expect(await oauth.get('crm', person)).to.equal(present);
    while (endpoint.bodies.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = oauth.close();
    answer();
    await closed;
    expect(endpoint.bodies).to.have.length(1);
    expect((await node.store.tokens.get(person, 'crm'))?.accessToken.reveal()).to.equal('access-2');
  });

  it('gives the lease back after a failure, so that another node need not wait for it', async () => {
    endpoint.play(json({ error: 'server_error' }, 500), json({ access_token: 'access-2' }));
    await rejection(engine(node.store).get('crm', person));
    // Mended by an admin, the endpoint may be asked at once.
    await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url, displayName: 'Mended' }));
    expect((await engine(node.store).get('crm', person)).value.reveal()).to.equal('access-2');
    expect(endpoint.bodies).to.have.length(2);
  });

  it('fault 37: is not asked for by other nodes either while the endpoint asks to wait', async () => {
    endpoint.play(json({ error: 'slow_down' }, 429, { 'retry-after': '60' }));
    await rejection(engine(node.store).get('crm', person));
    for (let n = 0; n < 3; n++) {
      const error = await rejection(engine(node.store).get('crm', person));
      expect(error).to.include({ code: 'TOKEN_UNAVAILABLE' });
      expect(error.extensions.retryAfter).to.be.within(55, 60);
    }
    expect(endpoint.bodies).to.have.length(1);
    const [summary] = await node.store.tokens.list();
    expect(summary).to.include({ state: 'retrying' });
    expect(summary?.lastError).to.include({ kind: 'busy', count: 1 });
  });

  it('faults 33 and 34: is saved although the database is away for a moment', async () => {
    let away = 2;
    const flaky: Store = {
      ...node.store,
      tokens: {
        ...node.store.tokens,
        save: async (...token) => {
          if (away-- > 0) throw new RuntimeError('STORE_UNAVAILABLE', 'The database restarts.');
          return await node.store.tokens.save(...token);
        },
      },
    };
    endpoint.play(json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 60 }));
    expect((await engine(flaky).get('crm', person)).value.reveal()).to.equal('access-2');
    expect(endpoint.bodies).to.have.length(1);
    const stored = await node.store.tokens.get(person, 'crm');
    expect(stored?.refreshToken?.reveal()).to.equal('refresh-2');
  });

  it('gives way to a consent that was given meanwhile (save WHERE generation = old)', async () => {
    endpoint.play((socket, body) => {
      const answer = json({ access_token: 'late', refresh_token: 'late' });
      const consented = { resource: 'crm', credential: person, tokenType: 'Bearer', issuedAt: new Date() } as const;
      node.store.tokens.save({ ...consented, accessToken: new Secret('consented') }, 'any').then(() => {
        answer(socket, body);
      });
    });
    expect((await engine(node.store).get('crm', person)).value.reveal()).to.equal('consented');
    expect((await node.store.tokens.get(person, 'crm'))?.accessToken.reveal()).to.equal('consented');
  });

  it('is not given up by invalid_grant when another has won: its token is used', async () => {
    endpoint.play((socket, body) => {
      const won = { resource: 'crm', credential: person, tokenType: 'Bearer', issuedAt: new Date() } as const;
      node.store.tokens.save({ ...won, accessToken: new Secret('won') }, 1).then(() => {
        json({ error: 'invalid_grant' }, 400)(socket, body);
      });
    });
    expect((await engine(node.store).get('crm', person)).value.reveal()).to.equal('won');
    expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid', generation: 2 });
  });
});
