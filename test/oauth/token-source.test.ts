import { expect } from 'chai';
import { type AuthorizationServer, startAuthorizationServer } from '../../samples/authorization-server/index.js';
import { rejection } from '../support/rejection.js';
import {
  callbackUrl,
  clientSecret,
  consent,
  crmResource,
  crmType,
  dataFolder,
  type Node,
  person,
  startNode,
} from './installation.js';

const hour = 3_600_000;
const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work);

describe('The token source, with rotation and reuse detection', () => {
  let server: AuthorizationServer;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;
  const refreshes = () => server.counts().refresh_token ?? 0;
  const get = (signal?: AbortSignal) => node.oauth.get('crm', person, signal);

  beforeEach(async () => {
    server = await startAuthorizationServer({
      clients: [
        { clientId: 'crm-client', clientSecret },
        { clientId: 'robot', clientSecret, grant: 'client_credentials', authentication: 'client_secret_basic' },
      ],
      redirectUris: [callbackUrl],
      accessTokenTtl: 600,
    });
    folder = await dataFolder();
    node = await startNode(folder.path);
    await setUp(node);
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
    await server.close();
  });

  async function setUp({ store }: Node): Promise<void> {
    const { authorizationEndpoint, tokenEndpoint, issuer } = server;
    await store.resourceTypes.save(crmType());
    await store.resources.save(crmResource({ authorizationEndpoint, tokenEndpoint, issuer }));
  }

  it('asks the token endpoint once when 100 callers find the token expired', async () => {
    await consent(node);
    const first = await get();
    node.clock.offset = hour;
    expect(node.oauth.peek('crm', person)).to.equal(undefined);
    const tokens = await Promise.all(times(100, () => get()));
    expect(refreshes()).to.equal(1);
    expect(new Set(tokens.map(({ value }) => value.reveal())).size).to.equal(1);
    expect(tokens[0]?.value.reveal()).to.not.equal(first.value.reveal());
    expect(await node.store.tokens.get(person, 'crm')).to.include({ generation: 2, state: 'valid' });
  });

  it('keeps each rotated refresh token, so that a chain of refreshes holds (RFC 6749 §6, RFC 9700 §4.14.2)', async () => {
    await consent(node);
    for (let n = 1; n <= 5; n++) {
      node.clock.offset = n * hour;
      await get();
      expect(refreshes()).to.equal(n);
    }
    expect(await node.store.tokens.get(person, 'crm')).to.include({ generation: 6, state: 'valid' });
  });

  it('refreshes ahead of expiry, and serves from memory until then', async () => {
    await consent(node);
    const token = await get();
    node.clock.offset = 500_000;
    expect(node.oauth.peek('crm', person)).to.equal(token);
    node.clock.offset = 580_000;
    expect(node.oauth.peek('crm', person)).to.equal(undefined);
    await get();
    await node.oauth.close();
    expect(refreshes()).to.equal(1);
    expect((await get()).generation).to.equal(2);
  });

  it('renews once for 50 calls that a service refused with 401 (RFC 6750 §3.1)', async () => {
    await consent(node);
    const refused = await get();
    const renewed = await Promise.all(times(50, () => node.oauth.renew('crm', person, refused)));
    expect(refreshes()).to.equal(1);
    expect(new Set(renewed.map(({ value }) => value.reveal())).size).to.equal(1);
    const late = await node.oauth.renew('crm', person, refused);
    expect(late.value.reveal()).to.equal(renewed[0]?.value.reveal());
    expect(refreshes()).to.equal(1);
  });

  it('fault 38: does not renew again at once a token that was renewed because of a 401', async () => {
    await consent(node);
    const renewed = await node.oauth.renew('crm', person, await get());
    for (const _ of times(5, () => 0)) {
      const error = await rejection(node.oauth.renew('crm', person, renewed));
      expect(error).to.include({ code: 'TOKEN_REFUSED' });
      expect(error.message).to.contain('scope');
    }
    expect(refreshes()).to.equal(1);
    node.clock.offset = 11_000;
    await node.oauth.renew('crm', person, renewed);
    expect(refreshes()).to.equal(2);
  });

  it('reads the token from the store after a restart, and finds one that another node has renewed', async () => {
    await consent(node);
    const token = await get();
    node.oauth.forget();
    expect(node.oauth.peek('crm', person)).to.equal(undefined);
    expect((await get()).value.reveal()).to.equal(token.value.reveal());
    expect(refreshes()).to.equal(0);
  });

  it('needs a reconnect once the refresh token is revoked; consent mends it', async () => {
    await consent(node);
    const stored = await node.store.tokens.get(person, 'crm');
    const revocation = new URLSearchParams({
      token: stored?.refreshToken?.reveal() ?? '',
      client_id: 'crm-client',
      client_secret: clientSecret,
    });
    await fetch(server.revocationEndpoint, { method: 'POST', body: revocation });
    node.clock.offset = hour;
    const errors = await Promise.all(times(10, () => rejection(get())));
    expect(errors.map(({ code }) => code)).to.deep.equal(times(10, () => 'RECONNECT_REQUIRED'));
    expect(refreshes()).to.equal(1);
    await consent(node);
    expect((await get()).generation).to.equal(2);
  });

  it('lets a caller go without stopping the refresh that others wait for', async () => {
    await consent(node);
    node.clock.offset = hour;
    const leaving = new AbortController();
    const gone = rejection(get(leaving.signal));
    const staying = get();
    leaving.abort();
    expect(await gone).to.include({ code: 'CANCELLED' });
    expect((await staying).generation).to.equal(2);
    expect(refreshes()).to.equal(1);
  });

  it('fault 40: does not bring back a token that was deleted while it was being refreshed', async () => {
    await consent(node);
    node.clock.offset = hour;
    const under = get().then(
      () => 'served',
      ({ code }) => code,
    );
    await node.oauth.disconnect('crm', person);
    expect(await under).to.be.oneOf(['served', 'AUTHORIZATION_REQUIRED']);
    expect(await node.store.tokens.get(person, 'crm')).to.equal(undefined);
    expect(node.oauth.peek('crm', person)).to.equal(undefined);
    expect(await rejection(get())).to.include({ code: 'AUTHORIZATION_REQUIRED' });
  });

  it('revokes a deleted token at the provider, and deletes it also when the provider is away (RFC 7009)', async () => {
    const redeem = async (refreshToken: string | undefined) => {
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken ?? '',
        client_id: 'crm-client',
        client_secret: clientSecret,
      });
      return (await fetch(server.tokenEndpoint, { method: 'POST', body })).status;
    };
    const { authorizationEndpoint, tokenEndpoint, issuer, revocationEndpoint } = server;
    for (const [endpoint, status] of [
      [revocationEndpoint, 400],
      ['http://127.0.0.1:9/revoke', 200],
    ] as const) {
      await node.store.resources.save(
        crmResource({ authorizationEndpoint, tokenEndpoint, issuer, revocationEndpoint: endpoint }),
      );
      await consent(node);
      const stored = await node.store.tokens.get(person, 'crm');
      expect(await node.oauth.disconnect('crm', person)).to.equal(true);
      expect(await node.store.tokens.get(person, 'crm')).to.equal(undefined);
      expect(await redeem(stored?.refreshToken?.reveal())).to.equal(status);
    }
    expect(node.logged.join()).to.contain('could not be revoked');
  });

  it('fault 32: is right for two nodes whose clocks are twenty minutes apart', async () => {
    await consent(node);
    const other = await startNode(folder.path);
    try {
      node.clock.offset = -600_000;
      other.clock.offset = 600_000;
      const calls = times(5, async () => {
        for (const { oauth } of [node, other]) await oauth.get('crm', person);
      });
      await Promise.all(calls);
      expect(refreshes()).to.equal(1);
      expect(await node.store.tokens.get(person, 'crm')).to.include({ generation: 2, state: 'valid' });
    } finally {
      await other.close();
    }
  });

  it('fault 35: refreshes once for two nodes on one database', async () => {
    await consent(node);
    const other = await startNode(folder.path);
    try {
      for (let n = 1; n <= 3; n++) {
        node.clock.offset = n * hour;
        other.clock.offset = n * hour;
        const calls = [node, other].flatMap(({ oauth }) => times(20, () => oauth.get('crm', person)));
        const tokens = await Promise.all(calls);
        expect(new Set(tokens.map(({ value }) => value.reveal())).size).to.equal(1);
        expect(refreshes()).to.equal(n);
      }
      expect(await node.store.tokens.get(person, 'crm')).to.include({ generation: 4, state: 'valid' });
    } finally {
      await other.close();
    }
  });

  it('fault 36: waits for the lease of a node that died, and refreshes when it has run out', async () => {
    await consent(node);
    node.clock.offset = hour;
    await node.store.tokens.lease(person, 'crm', 1, 'dead node', 300);
    expect((await get()).generation).to.equal(2);
    expect(refreshes()).to.equal(1);
  });

  describe('with client credentials (RFC 6749 §4.4)', () => {
    beforeEach(async () => {
      const { tokenEndpoint } = server;
      const parameters = [
        { name: 'client_id', stages: { token: {} } },
        { name: 'client_secret', secret: true, stages: { token: {} } },
        { name: 'scope', stages: { token: { default: 'crm.read' } } },
      ];
      const type = {
        name: 'robots',
        parameters,
        grant: 'client_credentials',
        clientAuthentication: 'client_secret_basic',
      };
      await node.store.resourceTypes.save(crmType(type as Parameters<typeof crmType>[0]));
      const { authorizationEndpoint: _, ...resource } = crmResource({ name: 'robot', type: 'robots', tokenEndpoint });
      await node.store.resources.save({ ...resource, values: { client_id: 'robot', client_secret: clientSecret } });
    });
    const issued = () => server.counts().client_credentials ?? 0;

    it('obtains one token for the application, whoever calls, and another at expiry', async () => {
      const callers = ['user:alice', 'user:bob', 'service:nightly', 'application'] as const;
      const tokens = await Promise.all(callers.map((credential) => node.oauth.get('robot', credential)));
      expect(new Set(tokens.map(({ value }) => value.reveal())).size).to.equal(1);
      expect(issued()).to.equal(1);
      expect(node.oauth.peek('robot', 'user:carol')).to.equal(tokens[0]);
      expect((await node.store.tokens.list()).map(({ credential }) => credential)).to.deep.equal(['application']);
      node.clock.offset = hour;
      await Promise.all(times(20, () => node.oauth.get('robot', 'user:alice')));
      expect(issued()).to.equal(2);
    });

    it('obtains the first token once for two nodes', async () => {
      const other = await startNode(folder.path);
      try {
        const calls = [node, other].flatMap(({ oauth }) => times(10, () => oauth.get('robot', 'user:alice')));
        const tokens = await Promise.all(calls);
        expect(new Set(tokens.map(({ value }) => value.reveal())).size).to.equal(1);
        expect(issued()).to.equal(1);
      } finally {
        await other.close();
      }
    });

    it('obtains another after a 401, and after the token was deleted', async () => {
      const token = await node.oauth.get('robot', 'user:alice');
      await node.oauth.renew('robot', 'user:bob', token);
      expect(issued()).to.equal(2);
      await node.oauth.disconnect('robot', 'application');
      await node.oauth.get('robot', 'user:alice');
      expect(issued()).to.equal(3);
    });
  });
});
