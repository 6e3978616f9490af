import { expect } from 'chai';
import { validateDocument } from '../../config/schema/index.js';
import { refusal, rejection } from '../support/rejection.js';
import { answers, type FaultServer, json, startFaultServer } from './fault-server.js';
import { clientSecret, crmResource, crmType, dataFolder, type Node, person, startNode } from './installation.js';

/** Attacks on a consent, with two providers of which one is hostile (RFC 9700 §4.4). */
describe('An attack on a consent', () => {
  let honest: FaultServer;
  let hostile: FaultServer;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  beforeEach(async () => {
    honest = await startFaultServer();
    hostile = await startFaultServer();
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType());
    await save('honest', honest, { issuer: 'https://honest.example' });
    await save('hostile', hostile, { issuer: 'https://hostile.example' });
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
    await honest.close();
    await hostile.close();
  });

  const save = (name: string, { url }: FaultServer, changes: object = {}) =>
    node.store.resources.save(
      crmResource({ name, tokenEndpoint: url, authorizationEndpoint: `https://${name}.example/authorize`, ...changes }),
    );
  const stateOf = async (resource: string) => {
    const url = await node.oauth.consent.begin({ resource, credential: person, session: 's' });
    return new URL(url).searchParams.get('state') ?? '';
  };
  const complete = (parameters: Record<string, string>) =>
    node.oauth.consent.complete(new URLSearchParams(parameters), 's');

  it('fault 7: code and state cannot be configured, in a type or in a resource', () => {
    for (const name of ['code', 'state', 'State']) {
      const type = crmType({ parameters: [{ name, stages: { authorization: { default: 'x' } } }] });
      refusal(() => validateDocument(type), 'DOCUMENT_INVALID');
      refusal(() => validateDocument(crmResource({ values: { [name]: 'x' } })), 'DOCUMENT_INVALID');
    }
  });

  it('fault 13: a code of the honest provider never reaches the token endpoint of the hostile one (mix-up)', async () => {
    const state = await stateOf('hostile');
    // The hostile provider has sent the browser on to the honest one, whose answer comes back with its state.
    const error = await rejection(complete({ state, code: 'canary-code-of-honest', iss: 'https://honest.example' }));
    expect(error).to.include({ code: 'AUTHORIZATION_REFUSED' });
    expect([honest.bodies.length, hostile.bodies.length]).to.deep.equal([0, 0]);
    expect(await rejection(complete({ state, code: 'x', iss: 'https://hostile.example' }))).to.include({
      code: 'AUTHORIZATION_REFUSED',
    });
    expect(await node.store.tokens.get(person, 'hostile')).to.equal(undefined);
  });

  it('fault 13: a code goes to the endpoint that was configured when the consent began, or nowhere', async () => {
    const state = await stateOf('honest');
    await save('honest', hostile, { issuer: 'https://honest.example' });
    await rejection(complete({ state, code: 'canary-code', iss: 'https://honest.example' }), 'AUTHORIZATION_REFUSED');
    expect([honest.bodies.length, hostile.bodies.length]).to.deep.equal([0, 0]);
  });

  it('fault 18: a token endpoint at a private or metadata address gets neither code nor secret', async () => {
    for (const [index, host] of [
      '127.0.0.1:9',
      '169.254.169.254',
      '[::1]',
      '[::ffff:169.254.169.254]',
      '[fd00:ec2::254]',
      '0x7f.1',
      'metadata.google.internal',
    ].entries()) {
      const name = `r${index}`;
      await node.store.resources.save(
        crmResource({
          name,
          tokenEndpoint: `http://${host}/token`,
          allowedHosts: [],
          issuer: 'https://honest.example',
        }),
      );
      const state = await stateOf(name);
      const error = await rejection(complete({ state, code: 'canary-code', iss: 'https://honest.example' }));
      expect(error, host).to.include({ code: 'ADDRESS_REFUSED' });
      expect(error.message).to.not.contain('canary');
    }
  });

  it('fault 20: a redirect of a token endpoint is not followed, so code and secret go to no other host', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      honest.play(answers({ status, headers: { location: hostile.url } }));
      const state = await stateOf('honest');
      const error = await rejection(complete({ state, code: 'canary-code', iss: 'https://honest.example' }));
      expect(error, String(status)).to.include({ code: 'TOKEN_UNAVAILABLE' });
    }
    expect(honest.bodies).to.have.length(5);
    expect(honest.bodies[0]).to.contain(clientSecret);
    expect(hostile.bodies).to.have.length(0);
  });

  it('fault 24: hostile text in the answer adds no parameter to the token request', async () => {
    honest.play(json({ access_token: 'access', token_type: 'Bearer' }));
    const state = await stateOf('honest');
    const code = 'x&client_id=evil&redirect_uri=https://evil.example\r\nhost: evil';
    await complete({ state, code, iss: 'https://honest.example', 'realm\r\nId': 'a\r\nb' });
    const sent = new URLSearchParams(honest.bodies[0]);
    expect(sent.get('code')).to.equal(code);
    expect(sent.getAll('client_id')).to.deep.equal(['crm-client']);
    expect(sent.getAll('redirect_uri')).to.have.length(1);
    expect(honest.bodies).to.have.length(1);
  });
});
