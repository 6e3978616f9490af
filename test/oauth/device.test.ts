import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { type FaultServer, json, startFaultServer } from './fault-server.js';
import { clientSecret, crmResource, crmType, dataFolder, type Node, person, startNode } from './installation.js';
import { deviceGrant, type FullProvider, startFullProvider } from './provider.js';

describe('Consent on another device (RFC 8628)', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;
  const request = { resource: 'crm', credential: person, session: 'mine' };
  const begin = () => node.oauth.device.begin(request);
  const poll = (id: string) => node.oauth.device.poll(id, 'mine');
  const later = (seconds: number) => {
    node.clock.offset += seconds * 1000;
  };

  beforeEach(async () => {
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType({ grant: 'device_code' }));
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  describe('at a real authorization server', () => {
    let server: FullProvider;
    before(async () => {
      server = await startFullProvider();
    });
    after(() => server.close());
    beforeEach(async () => {
      const { tokenEndpoint, deviceAuthorizationEndpoint } = server;
      const values = { client_id: 'device', client_secret: clientSecret };
      await node.store.resources.save(crmResource({ tokenEndpoint, deviceAuthorizationEndpoint, values }));
    });

    it('shows a code, waits while it is pending, and brings a token with a refresh token (§3.2 to §3.5)', async () => {
      const begun = await begin();
      expect(begun.userCode).to.match(/^[A-Z]{4}-[A-Z]{4}$/);
      expect(begun.verificationUri).to.equal(`${server.issuer}/device`);
      expect(begun.verificationUriComplete).to.contain('user_code=');
      const before = server.counts()[deviceGrant] ?? 0;
      expect(await poll(begun.id)).to.include({ status: 'pending', userCode: begun.userCode });
      expect(server.counts()[deviceGrant] ?? 0, 'not asked before the interval is over').to.equal(before);
      later(begun.askAgainIn);
      expect(await poll(begun.id)).to.include({ status: 'pending' });
      expect(server.counts()[deviceGrant]).to.equal(before + 1);
      await server.approveDevice(begun.userCode);
      later(begun.askAgainIn);
      expect(await poll(begun.id)).to.deep.equal({ status: 'authorized', resource: 'crm', credential: person });
      const stored = await node.store.tokens.get(person, 'crm');
      expect(stored).to.include({ state: 'valid', scope: 'crm.read' });
      expect(stored?.refreshToken).to.not.equal(undefined);
      expect(await rejection(poll(begun.id))).to.include({ code: 'AUTHORIZATION_REFUSED' });
      expect(node.logged.join('\n')).to.not.contain(stored?.accessToken.reveal());
    });

    it('belongs to whoever began it', async () => {
      const begun = await begin();
      later(begun.askAgainIn);
      const error = await rejection(node.oauth.device.poll(begun.id, 'another'));
      expect(error.message).to.contain('somebody else');
      expect(await poll(begun.id)).to.include({ status: 'pending' });
    });

    it('is one thing, a consent in a browser another: the handle is no state', async () => {
      const begun = await begin();
      const parameters = new URLSearchParams({ state: begun.id, code: 'x' });
      expect(await rejection(node.oauth.consent.complete(parameters, 'mine'))).to.include({
        code: 'AUTHORIZATION_REFUSED',
      });
      expect(await poll(begun.id)).to.include({ status: 'pending' });
    });

    it('is refused once the resource was changed', async () => {
      const begun = await begin();
      const stored = await node.store.resources.reveal('crm');
      if (stored === undefined) throw new Error('no resource');
      await node.store.resources.save({ ...stored.document, description: 'changed' });
      later(begun.askAgainIn);
      expect(await rejection(poll(begun.id))).to.include({ code: 'AUTHORIZATION_REFUSED' });
    });
  });

  describe('at a provider with its own ideas', () => {
    let endpoint: FaultServer;
    beforeEach(async () => {
      endpoint = await startFaultServer();
      await node.store.resources.save(
        crmResource({ tokenEndpoint: endpoint.url, deviceAuthorizationEndpoint: endpoint.url }),
      );
    });
    afterEach(() => endpoint.close());
    const answer = {
      device_code: 'canary-device-code',
      user_code: 'AB-CD',
      verification_uri: 'https://provider.example/d',
    };
    const start = async (fields: object = {}) => {
      endpoint.play(json({ ...answer, ...fields }));
      return begin();
    };
    const refuse = (error: string) => endpoint.play(json({ error }, 400));

    it('takes five seconds for the interval where none is named (§3.2)', async () => {
      expect((await start()).askAgainIn).to.equal(5);
    });

    it('waits five seconds longer after each slow_down (§3.5)', async () => {
      const { id } = await start({ interval: 3 });
      for (const expected of [8, 13]) {
        refuse('slow_down');
        later(20);
        expect(await poll(id)).to.include({ status: 'pending', askAgainIn: expected });
      }
    });

    it('waits twice as long after no answer (§3.5)', async () => {
      const { id } = await start({ interval: 4 });
      endpoint.play((socket) => socket.destroy());
      later(4);
      expect(await poll(id)).to.include({ status: 'pending', askAgainIn: 8 });
    });

    it('ends when the person denies it, and when the code has run out (§3.5)', async () => {
      for (const error of ['access_denied', 'expired_token']) {
        const { id } = await start();
        refuse(error);
        later(5);
        const refused = await rejection(poll(id));
        expect(refused).to.include({ code: 'TOKEN_REFUSED' });
        expect(refused.extensions.oauthError).to.equal(error);
        const asked = endpoint.bodies.length;
        expect(await rejection(poll(id))).to.include({ code: 'AUTHORIZATION_REFUSED' });
        expect(endpoint.bodies).to.have.length(asked);
      }
    });

    it('ends by itself after expires_in', async () => {
      const { id } = await start({ expires_in: 30 });
      const asked = endpoint.bodies.length;
      later(31);
      expect(await rejection(poll(id))).to.include({ code: 'AUTHORIZATION_REFUSED' });
      expect(endpoint.bodies).to.have.length(asked);
    });

    it('serves one of several that ask at once', async () => {
      const { id } = await start();
      endpoint.play(json({ access_token: 'access', token_type: 'Bearer' }));
      later(5);
      const outcomes = await Promise.allSettled([poll(id), poll(id), poll(id)]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect(endpoint.bodies.filter((body) => body.includes('canary-device-code'))).to.have.length(1);
    });

    it('shows no link that is none, and no text that is a trick', async () => {
      for (const verification_uri of ['javascript:alert(1)', 'not a url', 7]) {
        endpoint.play(json({ ...answer, verification_uri }));
        expect(await rejection(begin())).to.include({ code: 'TOKEN_UNAVAILABLE' });
      }
      const begun = await start({ user_code: 'A\u202E\r\nB', verification_uri_complete: 'javascript:alert(1)' });
      expect(begun.userCode).to.equal('A B');
      expect(begun).to.not.have.property('verificationUriComplete');
    });
  });

  it('shows in a preview what is asked for', () => {
    const resource = crmResource({ deviceAuthorizationEndpoint: 'https://provider.example/device' });
    const [device, token, refresh] = node.oauth.preview(crmType({ grant: 'device_code' }), resource);
    expect(device).to.include({ method: 'POST', url: 'https://provider.example/device' });
    expect(device?.body).to.contain('scope=crm.read').and.not.contain('redirect_uri');
    expect(token?.body).to.contain('device_code=[device_code]');
    expect(refresh?.body).to.contain('refresh_token=[refresh_token]');
  });

  it('needs an endpoint', async () => {
    await node.store.resources.save(crmResource());
    const error = await rejection(begin());
    expect(error).to.include({ code: 'DOCUMENT_INVALID' });
    expect(error.message).to.contain('deviceAuthorizationEndpoint');
  });
});
