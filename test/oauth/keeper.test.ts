import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import type { TokenToSave } from '../../config/store/store.js';
import { rejection } from '../support/rejection.js';
import { answers, type FaultServer, hangsUp, json, startFaultServer } from './fault-server.js';
import { crmResource, crmType, dataFolder, type Node, person, startNode } from './installation.js';

const day = 24 * 3_600_000;

describe('Tokens that nobody asks for', () => {
  let endpoint: FaultServer;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  beforeEach(async () => {
    endpoint = await startFaultServer();
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType({ refreshTokenExpirationDays: 30 }));
    const revocationEndpoint = endpoint.url;
    await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url, revocationEndpoint }));
    await node.store.tokens.save(token, 'any');
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
    await endpoint.close();
  });

  const token: TokenToSave = {
    credential: person,
    resource: 'crm',
    accessToken: new Secret('access-1'),
    refreshToken: new Secret('refresh-1'),
    tokenType: 'Bearer',
    issuedAt: new Date(),
    expiresAt: new Date(Date.now() + 3_600_000),
  };
  const issues = json({ access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 3600 });
  const states = async () => (await node.store.tokens.list()).map(({ state }) => state);

  it('are renewed before their refresh token dies of idleness, once however many nodes look', async () => {
    const other = await startNode(folder.path);
    try {
      endpoint.play(issues);
      for (const { oauth } of [node, other]) await oauth.keep();
      expect(endpoint.bodies).to.have.length(0);
      for (const { clock } of [node, other]) clock.offset = 23 * day;
      await Promise.all([node, other].map(({ oauth }) => oauth.keep()));
      expect(endpoint.bodies).to.have.length(1);
      expect(endpoint.bodies[0]).to.contain('refresh_token=refresh-1');
      expect(await node.store.tokens.get(person, 'crm')).to.include({ generation: 2 });
    } finally {
      await other.close();
    }
  });

  it('are left alone by that while the provider asks to wait', async () => {
    endpoint.play(json({ error: 'slow_down' }, 429, { 'retry-after': '3600' }));
    node.clock.offset = 23 * day;
    await node.oauth.keep();
    await node.oauth.keep();
    expect(endpoint.bodies).to.have.length(1);
    expect(await states()).to.deep.equal(['retrying']);
  });

  it('are renewed now when an admin asks, and stay in use when the provider refuses', async () => {
    endpoint.play(issues);
    const first = await node.oauth.get('crm', person);
    await node.oauth.refresh('crm', person);
    expect((await node.oauth.get('crm', person)).value.reveal()).to.equal('access-2');
    expect(first.value.reveal()).to.equal('access-1');

    endpoint.play(json({ error: 'invalid_client' }, 401));
    const refused = await rejection(node.oauth.refresh('crm', person));
    expect(refused).to.include({ code: 'TOKEN_REFUSED' });
    expect((await node.oauth.get('crm', person)).value.reveal()).to.equal('access-2');
    const [summary] = await node.store.tokens.list();
    expect(summary).to.include({ state: 'retrying' });
    expect(summary?.lastError).to.include({ kind: 'client', code: 'invalid_client' });
  });

  it('are not renewed without a refresh token, and the message says so', async () => {
    const { refreshToken: _, ...once } = token;
    await node.store.tokens.save(once, 'any');
    expect(await rejection(node.oauth.refresh('crm', person))).to.include({ code: 'CONFLICT' });
    expect(endpoint.bodies).to.have.length(0);
  });

  it('are ended by the provider later when it says 503 at first (RFC 7009 §2.2.1)', async () => {
    endpoint.play(answers({ status: 503, headers: { 'retry-after': '60' } }), answers({}));
    expect(await node.oauth.disconnect('crm', person)).to.equal(true);
    expect(await rejection(node.oauth.get('crm', person))).to.include({ code: 'AUTHORIZATION_REQUIRED' });
    expect(await states()).to.deep.equal(['revoked']);
    await node.oauth.keep();
    expect(endpoint.bodies, 'before Retry-After is over').to.have.length(1);
    node.clock.offset = 61_000;
    await node.oauth.keep();
    expect(endpoint.bodies).to.have.length(2);
    for (const body of endpoint.bodies) {
      expect(body).to.contain('token=refresh-1').and.to.contain('token_type_hint=refresh_token');
    }
    expect(await states()).to.deep.equal([]);
    await node.oauth.keep();
    expect(endpoint.bodies).to.have.length(2);
  });

  it('of a person who is deleted are ended by the provider, and are nobody’s meanwhile', async () => {
    await node.store.users.save({ kind: 'User', name: 'alice', roles: ['user'] });
    expect(await node.store.users.delete('alice')).to.equal(true);
    expect(await node.store.tokens.get(person, 'crm')).to.equal(undefined);
    endpoint.play(answers({}));
    await node.oauth.keep();
    expect(endpoint.bodies.join()).to.contain('token=refresh-1');
    expect(await states()).to.deep.equal([]);
    expect(node.events.map(({ type }) => type)).to.deep.equal(['token-revoked']);
  });

  it('are ended by another node when the one that deleted them is gone', async () => {
    endpoint.play(hangsUp, answers({}));
    await node.oauth.disconnect('crm', person);
    await node.close();
    node = await startNode(folder.path);
    node.clock.offset = 10_000;
    await node.oauth.keep();
    expect(endpoint.bodies).to.have.length(2);
    expect(await states()).to.deep.equal([]);
  });

  it('fault 40: are ended too when they were issued while the former one was being deleted', async () => {
    node.clock.offset = 7_200_000;
    endpoint.play((socket, body) => {
      endpoint.play(answers({}));
      void node.oauth.disconnect('crm', person).then(() => issues(socket, body));
    });
    expect(await rejection(node.oauth.get('crm', person))).to.include({ code: 'AUTHORIZATION_REQUIRED' });
    // The former one waits until the refresh has given up its lease.
    await node.oauth.keep();
    const revoked = endpoint.bodies.slice(1).map((body) => new URLSearchParams(body).get('token'));
    expect(revoked).to.have.members(['refresh-1', 'refresh-2']);
    expect(await states()).to.deep.equal([]);
  });

  it('stay when the provider says invalid_grant with 503, which is no verdict', async () => {
    endpoint.play(json({ error: 'invalid_grant' }, 503));
    node.clock.offset = 7_200_000;
    expect(await rejection(node.oauth.get('crm', person))).to.include({ code: 'TOKEN_UNAVAILABLE' });
    expect(await states()).to.deep.equal(['retrying']);
  });
});
