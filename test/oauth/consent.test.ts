import { expect } from 'chai';
import {
  type AuthorizationServer,
  alice,
  passConsent,
  startAuthorizationServer,
} from '../../samples/authorization-server/index.js';
import { rejection } from '../support/rejection.js';
import {
  authorizationResponse,
  callbackUrl,
  clientSecret,
  consent,
  crmResource,
  crmType,
  dataFolder,
  type Node,
  person,
  publicUrl,
  startNode,
} from './installation.js';

const tenMinutes = 10 * 60_000;

describe('Consent at a real authorization server', () => {
  let server: AuthorizationServer;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;
  const codes = () => server.counts().authorization_code ?? 0;

  before(async () => {
    server = await startAuthorizationServer({
      clients: [{ clientId: 'crm-client', clientSecret }, { clientId: 'public-client' }],
      redirectUris: [callbackUrl],
    });
  });
  after(() => server.close());

  beforeEach(async () => {
    folder = await dataFolder();
    node = await startNode(folder.path);
    await node.store.resourceTypes.save(crmType());
    await node.store.resources.save(resource());
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  const resource = (changes = {}) =>
    crmResource({
      authorizationEndpoint: server.authorizationEndpoint,
      tokenEndpoint: server.tokenEndpoint,
      issuer: server.issuer,
      ...changes,
    });
  const complete = (parameters: URLSearchParams, session = 'session-1') =>
    node.oauth.consent.complete(parameters, session);

  it('brings a token for the person, by code and PKCE (RFC 6749 §4.1, RFC 7636)', async () => {
    const before = await rejection(node.oauth.get('crm', person));
    expect(before).to.include({ code: 'AUTHORIZATION_REQUIRED', status: 403 });
    expect(before.extensions.authorizationUrl).to.equal(`${publicUrl}/oauth/authorize/crm`);
    expect(before.message).to.contain('"crm"').and.contain('user "alice"');

    const response = await authorizationResponse(node);
    expect(response.get('state')).to.match(/^[\w-]{43}$/);
    const result = await complete(response);
    expect(result).to.deep.equal({ resource: 'crm', credential: person });

    const token = await node.oauth.get('crm', person);
    expect(token.header.reveal()).to.equal(`Bearer ${token.value.reveal()}`);
    expect(node.oauth.peek('crm', person)).to.equal(token);
    const stored = await node.store.tokens.get(person, 'crm');
    expect(stored).to.include({ state: 'valid', tokenType: 'Bearer', scope: 'crm.read', generation: 1 });
    expect(stored?.refreshToken).to.not.equal(undefined);
    expect(node.events).to.deep.equal([{ type: 'token-connected', resource: 'crm', credential: person }]);
  });

  it('keeps what a provider hands over at the callback only, such as a realm', async () => {
    const response = await authorizationResponse(node);
    response.append('realmId', '9341');
    await complete(response);
    const stored = await node.store.tokens.get(person, 'crm');
    expect(stored?.fields?.realmId?.reveal()).to.equal('9341');
  });

  it('works for a public client, by PKCE alone (RFC 6749 §3.2.1)', async () => {
    await node.store.resourceTypes.save(crmType({ clientAuthentication: 'none' }));
    await node.store.resources.save(resource({ values: { client_id: 'public-client' } }));
    await consent(node);
    expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid' });
  });

  it("is the person's to deny", async () => {
    const url = await node.oauth.consent.begin({ resource: 'crm', credential: person, session: 'session-1' });
    const end = await passConsent(url, { ...alice, deny: true, stopBefore: callbackUrl });
    const error = await rejection(complete(new URL(end.url).searchParams));
    expect(error).to.include({ code: 'AUTHORIZATION_REFUSED' });
    expect(error.message).to.contain('access_denied').and.contain('start again');
  });

  it('names the service account in the URL that an admin opens', async () => {
    const error = await rejection(node.oauth.get('crm', 'service:night shift'));
    expect(error.extensions.authorizationUrl).to.equal(
      `${publicUrl}/oauth/authorize/crm?credential=service:night%20shift`,
    );
    expect(error.message).to.contain('service account "night shift"');
  });

  it('fault 1: refuses a state that was tampered with, and asks no endpoint', async () => {
    const response = await authorizationResponse(node);
    const before = codes();
    const tampered = new URLSearchParams(response);
    tampered.set('state', `${response.get('state')?.slice(0, -1)}_`);
    expect(await rejection(complete(tampered))).to.include({ code: 'AUTHORIZATION_REFUSED' });
    expect(codes()).to.equal(before);
    await complete(response);
    expect(codes()).to.equal(before + 1);
  });

  it('fault 2 and 9: takes a state once; a replay asks no endpoint, so a code is used once (RFC 6749 §4.1.2)', async () => {
    const response = await authorizationResponse(node);
    await complete(response);
    const before = codes();
    const error = await rejection(complete(response));
    expect(error).to.include({ code: 'AUTHORIZATION_REFUSED', status: 400 });
    expect(error.message).to.contain('has been used');
    expect(codes()).to.equal(before);
    expect(await node.store.tokens.get(person, 'crm')).to.include({ generation: 1, state: 'valid' });
  });

  it('fault 3: refuses a state after ten minutes, and clears such rows away', async () => {
    const response = await authorizationResponse(node);
    node.clock.offset = tenMinutes + 1000;
    expect(await rejection(complete(response))).to.include({ code: 'AUTHORIZATION_REFUSED' });
    node.clock.offset = 0;
    await authorizationResponse(node);
    node.clock.offset = tenMinutes + 1000;
    await node.oauth.consent.begin({ resource: 'crm', credential: person, session: 'session-1' });
    expect(await node.store.authorizations.deleteExpired(new Date(Date.now() + node.clock.offset))).to.equal(0);
  });

  it("fault 4: refuses another person's session, and the state is gone", async () => {
    const response = await authorizationResponse(node);
    const before = codes();
    const error = await rejection(complete(response, 'session-2'));
    expect(error.message).to.contain('another session');
    expect(await rejection(complete(response))).to.include({ code: 'AUTHORIZATION_REFUSED' });
    expect(codes()).to.equal(before);
  });

  it('fault 5: refuses parameters that are missing or there twice (RFC 6749 §3.1)', async () => {
    for (const spoil of [
      (response: URLSearchParams) => response.delete('state'),
      (response: URLSearchParams) => response.delete('code'),
      (response: URLSearchParams) => response.append('state', 'x'),
      (response: URLSearchParams) => response.append('code', 'x'),
      (response: URLSearchParams) => response.append('iss', 'x'),
    ]) {
      const response = await authorizationResponse(node);
      const before = codes();
      spoil(response);
      expect(await rejection(complete(response))).to.include({ code: 'AUTHORIZATION_REFUSED' });
      expect(codes()).to.equal(before);
    }
  });

  it('fault 6: serves one of several callbacks that come at once', async () => {
    const response = await authorizationResponse(node);
    const before = codes();
    const outcomes = await Promise.allSettled([complete(response), complete(response), complete(response)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(codes()).to.equal(before + 1);
  });

  it('fault 8: refuses a consent whose resource was changed meanwhile', async () => {
    const response = await authorizationResponse(node);
    const before = codes();
    await node.store.resources.save(resource({ description: 'changed', tokenEndpoint: 'http://127.0.0.1:9/evil' }));
    const error = await rejection(complete(response));
    expect(error).to.include({ code: 'AUTHORIZATION_REFUSED' });
    expect(error.message).to.contain('was changed after you started');
    expect(codes()).to.equal(before);
  });

  it('fault 10: is safe from an injected code: the verifier does not fit (RFC 7636 §1)', async () => {
    const stolen = await authorizationResponse(node, { session: 'victim' });
    const own = await authorizationResponse(node, { session: 'attacker' });
    own.set('code', stolen.get('code') ?? '');
    const error = await rejection(complete(own, 'attacker'));
    expect(error).to.include({ code: 'TOKEN_REFUSED' });
    expect(error.extensions.oauthError).to.equal('invalid_grant');
    expect(await node.store.tokens.get(person, 'crm')).to.equal(undefined);
  });

  it('fault 11 and 12: wants the exact issuer, on errors too, and wants it there (RFC 9207 §2.4)', async () => {
    for (const spoil of [
      (response: URLSearchParams) => response.set('iss', `${server.issuer}/`),
      (response: URLSearchParams) => response.delete('iss'),
      (response: URLSearchParams) => {
        response.delete('code');
        response.set('error', 'access_denied');
        response.set('iss', 'https://evil.example');
      },
    ]) {
      const response = await authorizationResponse(node);
      const before = codes();
      spoil(response);
      const error = await rejection(complete(response));
      expect(error.message).to.contain('issuer');
      expect(codes()).to.equal(before);
    }
  });

  it('fault 16: refuses an error together with a code', async () => {
    const response = await authorizationResponse(node);
    response.set('error', 'server_error');
    expect((await rejection(complete(response))).message).to.contain('both a code and an error');
  });

  it("fault 17: passes the provider's refusal on, cleaned (RFC 6749 §4.1.2.1)", async () => {
    const response = await authorizationResponse(node);
    response.delete('code');
    response.set('error', 'access_denied');
    response.set('error_description', `No.\r\n\u202E${'x'.repeat(1000)}`);
    const error = await rejection(complete(response));
    expect(error).to.include({ code: 'AUTHORIZATION_REFUSED' });
    expect(error.message).to.match(/"access_denied" \(No\. x+…\)/);
  });

  it('fault 14: makes redirect URIs from the public URL alone, or as configured', async () => {
    const begin = async () => {
      const url = await node.oauth.consent.begin({ resource: 'crm', credential: person, session: 's' });
      return new URL(url).searchParams.get('redirect_uri');
    };
    expect(await begin()).to.equal(callbackUrl);
    const parameters = [...crmType().parameters, { name: 'redirect_uri', stages: { authorization: {}, token: {} } }];
    await node.store.resourceTypes.save(crmType({ parameters }));
    await node.store.resources.save(
      resource({ values: { ...resource().values, redirect_uri: 'https://gateway.example/identity/token/oauth/2' } }),
    );
    expect(await begin()).to.equal('https://gateway.example/identity/token/oauth/2');
  });

  it('says what to do where there is nothing to consent to', async () => {
    const { authorizationEndpoint: _, ...without } = resource();
    await node.store.resources.save(without);
    const begin = (name: string) =>
      rejection(node.oauth.consent.begin({ resource: name, credential: person, session: 's' }));
    expect(await begin('crm')).to.include({ code: 'DOCUMENT_INVALID' });
    expect((await begin('crm')).message).to.contain('authorizationEndpoint');
    await node.store.resourceTypes.save(crmType({ grant: 'client_credentials' }));
    expect((await begin('crm')).message).to.contain('needs no consent');
    expect(await begin('nowhere')).to.include({ code: 'NOT_FOUND' });
  });

  it('fault 25: keeps every secret out of logs, errors and events', async () => {
    const response = await authorizationResponse(node);
    const code = response.get('code') ?? '';
    await complete(response);
    const stored = await node.store.tokens.get(person, 'crm');
    const error = await rejection(complete(response));
    const seen = [...node.logged, JSON.stringify(node.events), JSON.stringify(error), String(error.stack)].join('\n');
    const secrets = [clientSecret, code, stored?.accessToken.reveal(), stored?.refreshToken?.reveal()];
    for (const secret of [...secrets, response.get('state')]) {
      expect(secret).to.be.a('string').and.not.equal('');
      expect(seen).to.not.contain(secret);
    }
    expect(node.logged.join('\n')).to.contain('token endpoint answered');
  });

  it('replaces an older token; a disconnect ends it, and the next call asks for consent', async () => {
    await consent(node);
    const first = await node.oauth.get('crm', person);
    await consent(node);
    const second = await node.oauth.get('crm', person);
    expect(second.generation).to.be.greaterThan(first.generation);
    expect(await node.oauth.disconnect('crm', person)).to.equal(true);
    expect(node.oauth.peek('crm', person)).to.equal(undefined);
    expect(await rejection(node.oauth.get('crm', person))).to.include({ code: 'AUTHORIZATION_REQUIRED' });
    expect(await node.oauth.disconnect('crm', person)).to.equal(false);
  });
});
