import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import type { TokenTrace } from '../../config/model/token-trace.js';
import { type AuthorizationServer, startAuthorizationServer } from '../../samples/authorization-server/index.js';
import { rejection } from '../support/rejection.js';
import { answers, type Fault, type FaultServer, hangsUp, json, startFaultServer } from './fault-server.js';
import {
  authorizationResponse,
  callbackUrl,
  clientSecret,
  crmResource,
  crmType,
  dataFolder,
  type Node,
  person,
  startNode,
} from './installation.js';

const hour = 3_600_000;

describe('The trace of token flows', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;
  beforeEach(async () => {
    folder = await dataFolder();
    node = await startNode(folder.path);
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  /** The records, once all are kept; newest first. */
  async function traces(): Promise<TokenTrace[]> {
    await node.close();
    node = await startNode(folder.path);
    return await node.store.traces.list({});
  }

  describe('with a real authorization server', () => {
    let server: AuthorizationServer;
    beforeEach(async () => {
      server = await startAuthorizationServer({
        clients: [{ clientId: 'crm-client', clientSecret }],
        redirectUris: [callbackUrl],
        accessTokenTtl: 600,
      });
      const { authorizationEndpoint, tokenEndpoint, issuer, revocationEndpoint } = server;
      await node.store.resourceTypes.save(crmType());
      await node.store.resources.save(
        crmResource({ authorizationEndpoint, tokenEndpoint, issuer, revocationEndpoint }),
      );
    });
    afterEach(() => server.close());

    it('fault 25: shows each stage with its requests, answers and times, and no secret of any', async () => {
      const response = await authorizationResponse(node);
      await node.oauth.consent.complete(response, 'session-1');
      const first = await node.store.tokens.get(person, 'crm');
      node.clock.offset = hour;
      await node.oauth.get('crm', person);
      const second = await node.store.tokens.get(person, 'crm');
      await node.oauth.disconnect('crm', person);

      const logged = node.logged.join();
      const found = await traces();
      expect(found.map(({ flow, outcome }) => `${flow} ${outcome}`)).to.deep.equal([
        'revocation done',
        'refresh done',
        'callback done',
        'authorization done',
      ]);
      for (const { resource, credential, ms, at } of found) {
        expect({ resource, credential }).to.deep.equal({ resource: 'crm', credential: person });
        expect(ms).to.be.at.least(0);
        expect(Date.parse(at)).to.be.greaterThan(0);
      }
      const [, refresh, callback, authorization] = found;
      expect(authorization?.parameters).to.deep.include({ name: 'client_id', value: 'crm-client' });
      expect(authorization?.parameters).to.deep.include({ name: 'state', value: '[secret]' });
      expect(callback?.parameters).to.deep.include({ name: 'iss', value: server.issuer });
      expect(callback?.parameters).to.deep.include({ name: 'code', value: '[secret]' });
      const [exchange] = callback?.steps ?? [];
      expect(exchange?.request).to.include({ method: 'POST', url: server.tokenEndpoint });
      expect(exchange?.request.parameters).to.deep.include({ name: 'grant_type', value: 'authorization_code' });
      expect(exchange?.request.parameters).to.deep.include({ name: 'code_verifier', value: '[secret]' });
      expect(exchange?.answer).to.include({ status: 200 });
      expect(exchange?.answer?.fields).to.deep.include({ name: 'expires_in', value: '600' });
      expect(refresh?.steps[0]?.request.parameters).to.deep.include({ name: 'refresh_token', value: '[secret]' });

      const secrets = [
        clientSecret,
        response.get('code'),
        response.get('state'),
        ...[first, second].flatMap((token) => [token?.accessToken.reveal(), token?.refreshToken?.reveal()]),
      ];
      const files = await Promise.all(
        (await readdir(folder.path)).map((name) => readFile(join(folder.path, name), 'latin1')),
      );
      for (const secret of secrets) {
        expect(secret).to.be.a('string').and.not.equal('');
        expect(JSON.stringify(found), 'the traces').to.not.contain(secret);
        expect(logged, 'the log').to.not.contain(secret);
        expect(files.join(), 'the data folder').to.not.contain(secret);
      }
    });

    it('names the rule that failed, also where nobody knows whose flow it was', async () => {
      await rejection(node.oauth.consent.complete(new URLSearchParams({ state: 'foreign', code: 'c' }), 'session-1'));
      const denied = await authorizationResponse(node);
      denied.delete('code');
      denied.set('error', 'access_denied');
      await rejection(node.oauth.consent.complete(denied, 'session-1'));
      const other = await authorizationResponse(node);
      await rejection(node.oauth.consent.complete(other, 'session-2'));
      const [session, refused, foreign] = (await traces()).filter(({ flow }) => flow === 'callback');
      expect(foreign)
        .to.include({ outcome: 'failed', rule: 'AUTHORIZATION_REFUSED' })
        .and.not.have.property('resource');
      expect(foreign?.message).to.contain('"state" is unknown');
      expect(refused).to.include({ outcome: 'failed', resource: 'crm', credential: person });
      expect(refused?.parameters).to.deep.include({ name: 'error', value: 'access_denied' });
      expect(session?.message).to.contain('another session');
    });
  });

  describe('with a token endpoint that misbehaves', () => {
    let endpoint: FaultServer;
    beforeEach(async () => {
      endpoint = await startFaultServer();
      const parameters = [
        ...crmType().parameters,
        { name: 'tenant', secret: true, stages: { refresh: { default: 'canary-marked' } } },
        { name: 'audience', stages: { refresh: { default: 'urn:shown' } } },
      ];
      await node.store.resourceTypes.save(crmType({ parameters }));
      await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url }));
    });
    afterEach(() => endpoint.close());

    async function refreshAgainst(fault: Fault, alive: boolean): Promise<TokenTrace | undefined> {
      const now = Date.now();
      await node.store.tokens.save(
        {
          credential: person,
          resource: 'crm',
          accessToken: new Secret('canary-access'),
          refreshToken: new Secret('canary-refresh'),
          tokenType: 'Bearer',
          issuedAt: new Date(now - 600_000),
          expiresAt: new Date(now + (alive ? 10_000 : -1_000)),
        },
        'any',
      );
      endpoint.play(fault);
      await node.oauth.get('crm', person).catch(() => undefined);
      return (await traces())[0];
    }

    it('masks what the type marks as a secret, and what an answer echoes of it', async () => {
      const echo = { error: 'invalid_grant', error_description: 'canary-marked and canary-refresh are not known' };
      const trace = await refreshAgainst(json(echo, 400), false);
      expect(trace).to.include({ flow: 'refresh', outcome: 'failed', rule: 'invalid_grant' });
      const [step] = trace?.steps ?? [];
      expect(step?.request.parameters).to.deep.include.members([
        { name: 'tenant', value: '[secret]' },
        { name: 'audience', value: 'urn:shown' },
      ]);
      expect(step?.answer?.fields).to.deep.include({
        name: 'error_description',
        value: '[secret] and [secret] are not known',
      });
      expect(JSON.stringify(trace)).to.not.contain('canary');
    });

    it('tells a failure that nobody noticed, because the token was still good', async () => {
      const trace = await refreshAgainst(json({ error: 'temporarily_unavailable' }, 503), true);
      expect(trace).to.include({ outcome: 'failed', rule: 'temporarily_unavailable' });
    });

    it('tells of a body that is no answer only what kind it is', async () => {
      const body = '{"access_token":"canary-cut-off';
      const trace = await refreshAgainst(answers({ body }), false);
      expect(trace?.steps[0]?.answer?.body).to.equal(`application/json, ${body.length} characters`);
      expect(JSON.stringify(trace)).to.not.contain('canary');
    });

    it('says when no answer came', async () => {
      const trace = await refreshAgainst(hangsUp, false);
      expect(trace).to.include({ outcome: 'failed', rule: 'TOKEN_UNAVAILABLE' });
      expect(trace?.steps[0]).to.have.property('failure').that.is.a('string');
    });
  });

  it('is a ring: the latest 25 of each credential stay, and one that fails does not push out another', async () => {
    const trace = { at: '2030-01-01T00:00:00Z', ms: 1, outcome: 'done', steps: [], resource: 'crm' } as const;
    await node.store.traces.append({ ...trace, flow: 'token', credential: 'user:quiet' });
    for (let n = 0; n < 30; n++)
      await node.store.traces.append({ ...trace, flow: 'refresh', credential: person, ms: n });
    const loud = await node.store.traces.list({ credential: person, limit: 100 });
    expect(loud.map(({ ms }) => ms)).to.deep.equal(Array.from({ length: 25 }, (_, n) => 29 - n));
    expect(await node.store.traces.list({ credential: 'user:quiet' })).to.have.length(1);
  });
});
