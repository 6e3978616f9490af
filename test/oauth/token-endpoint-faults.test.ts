import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import type { StoredToken } from '../../config/store/store.js';
import { rejection } from '../support/rejection.js';
import {
  answers,
  type Fault,
  type FaultServer,
  garbage,
  gzipBomb,
  hangsUp,
  json,
  startFaultServer,
  truncated,
} from './fault-server.js';
import { clientSecret, crmResource, crmType, dataFolder, type Node, person, startNode } from './installation.js';

const hour = 3_600_000;

describe('A token endpoint that misbehaves', () => {
  let endpoint: FaultServer;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  beforeEach(async () => {
    endpoint = await startFaultServer();
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType());
    await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url }));
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
    await endpoint.close();
  });

  /** A token that was issued an hour ago for an hour, unless it is said otherwise. */
  const stored = (token: { expiresIn?: number | undefined; refreshToken?: string | undefined } = {}) => {
    const { expiresIn = -1, refreshToken = 'refresh-1' } = token;
    return node.store.tokens.save(
      {
        credential: person,
        resource: 'crm',
        accessToken: new Secret('access-1'),
        ...(refreshToken === '' ? {} : { refreshToken: new Secret(refreshToken) }),
        tokenType: 'Bearer',
        scope: 'crm.read',
        issuedAt: new Date(Date.now() - hour),
        expiresAt: new Date(Date.now() + expiresIn * 1000),
      },
      'any',
    );
  };
  const row = (): Promise<StoredToken | undefined> => node.store.tokens.get(person, 'crm');
  const get = () => node.oauth.get('crm', person);
  const value = async () => (await get()).value.reveal();

  it('is asked again after a passing failure, and the refresh token is kept', async () => {
    const faults: [string, Fault][] = [
      ['hangs up', hangsUp],
      ['garbage', garbage],
      ['truncated', truncated],
      ['fault 28: gzip bomb', gzipBomb],
      ['fault 28: oversized', answers({ body: `{"access_token":"${'a'.repeat(100_000)}"}` })],
      ['fault 27: HTML', answers({ headers: { 'content-type': 'text/html' }, body: '<h1>Gateway</h1>' })],
      ['fault 27: empty', answers({})],
      ['no token in it', json({ ok: true })],
      ['fault 20: a redirect', answers({ status: 307, headers: { location: 'http://127.0.0.1:9/elsewhere' } })],
      ['server error', answers({ status: 500, body: '{"error":"server_error"}' })],
      ['temporarily unavailable', json({ error: 'temporarily_unavailable' }, 400)],
      ['fault 37: unavailable', answers({ status: 503 })],
    ];
    await stored();
    for (const [name, fault] of faults) {
      const before = endpoint.bodies.length;
      endpoint.play(fault);
      const error = await rejection(get());
      expect(error.code, name).to.equal('TOKEN_UNAVAILABLE');
      expect(error.message, name).to.contain('"crm"');
      expect(endpoint.bodies.length, name).to.equal(before + 1);
      expect(await row()).to.include({ state: 'valid', generation: 1 });
      node.clock.offset += hour;
    }
    endpoint.play(json({ access_token: 'access-2' }));
    expect(await value()).to.equal('access-2');
    expect(new URLSearchParams(endpoint.bodies.at(-1)).get('refresh_token')).to.equal('refresh-1');
  });

  it('fault 37: is left alone while the back-off lasts, however many call', async () => {
    await stored();
    endpoint.play(answers({ status: 429, headers: { 'retry-after': '120' } }));
    const error = await rejection(get());
    expect(error.extensions.retryAfter).to.equal(120);
    await Promise.all(Array.from({ length: 50 }, () => rejection(get())));
    node.clock.offset = 119_000;
    await rejection(get());
    expect(endpoint.bodies).to.have.length(1);
    node.clock.offset = 121_000;
    endpoint.play(json({ access_token: 'access-2' }));
    expect(await value()).to.equal('access-2');
  });

  it('may be asked at once when an admin has changed the resource', async () => {
    await stored();
    endpoint.play(json({ error: 'invalid_client' }, 401), json({ access_token: 'access-2' }));
    const error = await rejection(get());
    expect(error).to.include({ code: 'TOKEN_REFUSED' });
    expect(error.message).to.contain('"invalid_client"').and.contain('client_secret');
    await rejection(get());
    expect(endpoint.bodies).to.have.length(1);
    await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url, description: 'mended' }));
    expect(await value()).to.equal('access-2');
  });

  it('does not matter while the token is still valid: the token is used', async () => {
    await stored({ expiresIn: 60 });
    endpoint.play(answers({ status: 503 }));
    expect(await value()).to.equal('access-1');
    expect(await value()).to.equal('access-1');
    expect(endpoint.bodies).to.have.length(1);
    node.clock.offset = 61_000;
    expect(await rejection(get())).to.include({ code: 'TOKEN_UNAVAILABLE' });
  });

  it('ends the token by invalid_grant, and nothing asks it again', async () => {
    await stored({ expiresIn: 60 });
    endpoint.play(json({ error: 'invalid_grant', error_description: 'MFA changed' }, 400));
    const error = await rejection(get());
    expect(error).to.include({ code: 'RECONNECT_REQUIRED', status: 403 });
    expect(error.extensions).to.include({ reason: 'invalid_grant' }).and.have.property('authorizationUrl');
    await Promise.all(Array.from({ length: 20 }, () => rejection(get())));
    node.clock.offset = 24 * hour;
    expect(await rejection(get())).to.include({ code: 'RECONNECT_REQUIRED' });
    expect(endpoint.bodies).to.have.length(1);
    expect(await row())
      .to.deep.include({ state: 'reconnect-required' })
      .and.to.have.nested.property('lastError.code', 'invalid_grant');
    expect(node.events).to.deep.equal([
      { type: 'reconnect-required', resource: 'crm', credential: person, reason: 'invalid_grant' },
    ]);
  });

  it('fault 30: that rotates and is cut off leaves the former token, which is tried again and then honestly ended', async () => {
    await stored();
    endpoint.play(truncated);
    expect(await rejection(get())).to.include({ code: 'TOKEN_UNAVAILABLE' });
    expect((await row())?.refreshToken?.reveal()).to.equal('refresh-1');
    node.clock.offset += hour;
    endpoint.play(json({ error: 'invalid_grant', error_description: 'The token was replaced' }, 400));
    expect(await rejection(get())).to.include({ code: 'RECONNECT_REQUIRED' });
    expect(new URLSearchParams(endpoint.bodies.at(-1)).get('refresh_token')).to.equal('refresh-1');
    expect(await row()).to.include({ state: 'reconnect-required', generation: 1 });
    node.clock.offset += hour;
    await rejection(get());
    expect(endpoint.bodies).to.have.length(2);
  });

  it('fault 26: with 200 and an error issues nothing', async () => {
    await stored();
    endpoint.play(json({ ok: false, error: 'token_revoked', access_token: 'never' }));
    expect((await rejection(get())).message).to.contain('"token_revoked"');
    expect((await row())?.accessToken.reveal()).to.equal('access-1');
  });

  it('may answer form-encoded', async () => {
    await stored();
    endpoint.play(
      answers({
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'access_token=access-2&expires_in=28800&refresh_token=refresh-2&token_type=bearer',
      }),
    );
    expect(await value()).to.equal('access-2');
    expect((await row())?.refreshToken?.reveal()).to.equal('refresh-2');
  });

  it('may leave the refresh token and the scope out: the old ones stay (RFC 6749 §6, §5.1)', async () => {
    await stored();
    endpoint.play(json({ access_token: 'access-2', expires_in: 3600, refresh_token: null }));
    expect(await value()).to.equal('access-2');
    const kept = await row();
    expect(kept?.refreshToken?.reveal()).to.equal('refresh-1');
    expect(kept).to.include({ scope: 'crm.read', generation: 2 });
  });

  it('may leave the expiry out: the token is used until a service refuses it', async () => {
    await stored();
    endpoint.play(json({ access_token: 'access-2' }), json({ access_token: 'access-3' }));
    const token = await get();
    node.clock.offset = 1000 * hour;
    expect(node.oauth.peek('crm', person)).to.equal(token);
    const renewed = await node.oauth.renew('crm', person, token);
    expect(renewed.value.reveal()).to.equal('access-3');
    expect(endpoint.bodies).to.have.length(2);
  });

  it('that issues an unknown token type: the token is kept, and not used (RFC 6749 §7.1)', async () => {
    await stored();
    endpoint.play(json({ access_token: 'access-2', refresh_token: 'refresh-2', token_type: 'mac' }));
    const error = await rejection(get());
    expect(error).to.include({ code: 'TOKEN_REFUSED' });
    expect(error.message).to.contain('"mac"').and.contain('token_type=Bearer');
    expect((await row())?.refreshToken?.reveal()).to.equal('refresh-2');
    await rejection(get());
    expect(endpoint.bodies).to.have.length(1);
  });

  it('fault 25: that echoes what it was sent does not get it printed', async () => {
    await stored({ refreshToken: 'canary-refresh-token' });
    endpoint.play((socket, body) => {
      json({ error: 'invalid_request', error_description: decodeURIComponent(body) }, 400)(socket, body);
    });
    const error = await rejection(get());
    const seen = [error.message, String(error.stack), JSON.stringify(error), ...node.logged].join('\n');
    expect(error.message).to.contain('[secret]');
    expect(seen).to.not.contain('canary').and.not.contain(clientSecret);
  });

  it('fault 18: at a private address that nobody allowed is not asked', async () => {
    await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url, allowedHosts: [] }));
    await stored();
    const error = await rejection(get());
    expect(error).to.include({ code: 'ADDRESS_REFUSED' });
    expect(endpoint.bodies).to.have.length(0);
    expect(await row()).to.include({ state: 'valid' });
  });

  it('is not needed for a token without a refresh token, until it has expired', async () => {
    await stored({ refreshToken: '', expiresIn: 10 });
    expect(await value()).to.equal('access-1');
    node.clock.offset = 11_000;
    const error = await rejection(get());
    expect(error).to.include({ code: 'RECONNECT_REQUIRED' });
    expect(endpoint.bodies).to.have.length(0);
    expect(await row())
      .to.deep.include({ state: 'reconnect-required' })
      .and.to.have.nested.property('lastError.code', 'expired');
  });
});
