import { expect } from 'chai';
import { decodeJwt, importJWK, jwtVerify } from 'jose';
import type Provider from 'oidc-provider';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Grant, OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import { rejection } from '../support/rejection.js';
import { clientSecret, crmResource, crmType, dataFolder, type Node, person, startNode } from './installation.js';
import { type FullProvider, startFullProvider } from './provider.js';
import { rsaCertificate, rsaPrivateKey, rsaPublicJwk } from './signing-keys.js';
import { signedXml } from './verify-saml.js';

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const saml2Bearer = 'urn:ietf:params:oauth:grant-type:saml2-bearer';
const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const signingKey = { privateKey: rsaPrivateKey, certificate: rsaCertificate };
const hour = 3_600_000;

/** Everything that came with the last request of each grant. */
type Asked = Map<string, Readonly<Record<string, unknown>>>;

/** Grants that oidc-provider leaves to others: each checks what RFC 7523, 7522 and 8693 ask for, and issues a token. */
function registerGrants(provider: Provider, asked: Asked, answer: () => object): void {
  const register = (name: string, parameters: string[], check: (sent: Record<string, string>) => Promise<string>) =>
    provider.registerGrantType(
      name,
      async (ctx) => {
        const sent = { ...ctx.oidc.params } as Record<string, string>;
        asked.set(name, sent);
        const { client } = ctx.oidc;
        if (client === undefined) throw new Error('no client');
        const subject = await check(sent);
        const token = new provider.ClientCredentials({ client, scope: 'crm.read', extra: { subject } });
        ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: 600, ...answer() };
      },
      [...parameters, 'scope'],
    );
  register(jwtBearer, ['assertion', 'requested_token_use'], async ({ assertion = '', requested_token_use: use }) => {
    if (use === 'on_behalf_of') return 'caller';
    const key = await importJWK(rsaPublicJwk, 'RS256');
    const { payload } = await jwtVerify(assertion, key, {
      audience: `${provider.issuer}/token`,
      requiredClaims: ['jti'],
    });
    return String(payload.sub);
  });
  register(saml2Bearer, ['assertion'], async ({ assertion = '' }) => {
    return await subjectOf(assertion);
  });
  register(
    exchange,
    ['subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'resource'],
    async () => 'exchanged',
  );
}

/** The NameID of an assertion. */
async function subjectOf(assertion: string): Promise<string> {
  const signed = await signedXml(Buffer.from(assertion, 'base64url').toString('utf8'), rsaCertificate);
  return signed.getElementsByTagName('saml:NameID')[0]?.textContent ?? '';
}

describe('Grants that need no person', () => {
  const asked: Asked = new Map();
  let further: object = {};
  let server: FullProvider;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  before(async () => {
    const grants = [jwtBearer, saml2Bearer, exchange];
    server = await startFullProvider({
      clients: [
        { clientId: 'machine', clientSecret, grant: 'client_credentials' },
        {
          clientId: 'asserting',
          clientSecret,
          metadata: { grant_types: grants, response_types: [], redirect_uris: [] },
        },
      ],
      extend: (provider) => registerGrants(provider, asked, () => further),
    });
  });
  after(() => server.close());
  beforeEach(async () => {
    further = {};
    folder = await dataFolder();
    node = await startNode(folder.path);
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  async function save(grant: Grant, resource: Partial<OAuthResource> = {}, type: Partial<OAuthResourceType> = {}) {
    const client = grant === 'client_credentials' ? 'machine' : 'asserting';
    const parameters = [
      { name: 'client_id', stages: { token: {} } },
      { name: 'client_secret', secret: true, stages: { token: {} } },
      { name: 'requested_token_type', stages: { token: {} } },
      { name: 'audience', stages: { token: {} } },
    ];
    await node.store.resourceTypes.save(crmType({ grant, parameters, ...type }));
    const values = { client_id: client, client_secret: clientSecret };
    await node.store.resources.save(
      crmResource({
        tokenEndpoint: server.tokenEndpoint,
        values,
        ...(/bearer/.test(grant) && { signingKey }),
        ...resource,
      }),
    );
  }
  const alice = (attributes: Record<string, string> = {}) =>
    node.store.users.save({ kind: 'User', name: 'alice', email: 'alice@example.com', roles: ['user'], attributes });

  it('client credentials: one token for all, asked for again at expiry, with no refresh token (RFC 6749 §4.4)', async () => {
    await save('client_credentials');
    const [one, other] = await Promise.all([node.oauth.get('crm', person), node.oauth.get('crm', 'service:x')]);
    expect(one.value.reveal()).to.equal(other.value.reveal());
    expect((await node.store.tokens.get('application', 'crm'))?.refreshToken).to.equal(undefined);
    node.clock.offset = hour;
    const later = await node.oauth.get('crm', person);
    expect(later.value.reveal()).to.not.equal(one.value.reveal());
    node.clock.offset = 0;
  });

  it('JWT bearer: for the application, by an assertion with iss, sub, aud, exp and jti (RFC 7523 §2.1, §3)', async () => {
    await save('jwt_bearer', { assertion: { subject: 'robot', claims: { tenant: 't1' } } });
    await node.oauth.get('crm', person);
    const { grant_type, assertion, client_secret } = asked.get(jwtBearer) ?? {};
    expect({ grant_type, client_secret }).to.deep.equal({ grant_type: jwtBearer, client_secret: clientSecret });
    const claims = decodeJwt(String(assertion));
    expect(claims).to.include({ iss: 'asserting', sub: 'robot', aud: server.tokenEndpoint, tenant: 't1' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).to.equal(300);
    expect(await node.store.tokens.get('application', 'crm')).to.include({ state: 'valid' });
  });

  it('JWT bearer: for each person, where the subject names them (RFC 7523 §3, sub)', async () => {
    await save('jwt_bearer', {
      assertion: { subject: '{attribute.guid}', claims: { mail: '{email}', login: '{user}' } },
    });
    await alice({ guid: 'guid-of-alice' });
    await node.oauth.get('crm', person);
    const claims = decodeJwt(String(asked.get(jwtBearer)?.assertion));
    expect(claims).to.include({ sub: 'guid-of-alice', mail: 'alice@example.com', login: 'alice' });
    expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid' });
    expect(await node.store.tokens.get('application', 'crm')).to.equal(undefined);
  });

  it('JWT bearer: speaks for nobody that it does not know', async () => {
    await save('jwt_bearer', { assertion: { subject: '{attribute.guid}' } });
    asked.clear();
    const unknown = await rejection(node.oauth.get('crm', person));
    expect(unknown).to.include({ code: 'FORBIDDEN' });
    expect(unknown.message).to.contain('Give the user "alice" the attribute guid');
    expect(await rejection(node.oauth.get('crm', 'service:alice'))).to.include({ code: 'FORBIDDEN' });
    expect(asked.size).to.equal(0);
  });

  it('JWT bearer: takes an assertion that is configured as it is, as a parameter', async () => {
    const parameters = [
      { name: 'client_id', stages: { token: {} } },
      { name: 'client_secret', secret: true, stages: { token: {} } },
      { name: 'assertion', stages: { token: {} } },
    ];
    const { signingKey: _, ...bare } = crmResource({ tokenEndpoint: server.tokenEndpoint });
    await node.store.resourceTypes.save(crmType({ grant: 'saml2_bearer', parameters }));
    const values = { client_id: 'asserting', client_secret: clientSecret, assertion: 'ready-made' };
    await node.store.resources.save({ ...bare, values });
    expect(await rejection(node.oauth.get('crm', person))).to.include({ code: 'TOKEN_UNAVAILABLE' });
    expect(asked.get(saml2Bearer)).to.include({ assertion: 'ready-made' });
  });

  it('SAML 2.0 bearer: by an assertion whose signature another library verifies (RFC 7522 §2.1, §3)', async () => {
    await save('saml2_bearer', {
      assertion: { issuer: 'urn:app', subject: '{user}', audience: 'urn:sf', claims: { 'na<m>e"': 'A & B\r\n\t<x>' } },
    });
    await alice();
    await node.oauth.get('crm', person);
    const sent = asked.get(saml2Bearer) ?? {};
    expect(sent.grant_type).to.equal(saml2Bearer);
    const xml = Buffer.from(String(sent.assertion), 'base64url').toString('utf8');
    const forged = xml.replace('>alice<', '>admin<');
    expect(await signedXml(forged, rsaCertificate).catch((error: Error) => error.message)).to.be.a('string');
    const document = await signedXml(xml, rsaCertificate);
    expect(document.getElementsByTagName('saml:NameID')[0]?.textContent).to.equal('alice');
    const element = (name: string) => document.getElementsByTagName(`saml:${name}`)[0];
    const text = (name: string) => element(name)?.textContent;
    expect([text('Issuer'), text('Audience'), text('AttributeValue')]).to.deep.equal([
      'urn:app',
      'urn:sf',
      'A & B\r\n\t<x>',
    ]);
    expect(element('Attribute')?.getAttribute('Name')).to.equal('na<m>e"');
    expect(element('SubjectConfirmation')?.getAttribute('Method')).to.equal('urn:oasis:names:tc:SAML:2.0:cm:bearer');
    const data = element('SubjectConfirmationData');
    expect(data?.getAttribute('Recipient')).to.equal(server.tokenEndpoint);
    expect(Date.parse(data?.getAttribute('NotOnOrAfter') ?? '')).to.be.within(
      Date.now() + 290_000,
      Date.now() + 301_000,
    );
  });

  it("token exchange: the caller's token for one of the service (RFC 8693 §2.1)", async () => {
    further = { issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' };
    const values = { client_id: 'asserting', client_secret: clientSecret, audience: 'urn:api' };
    await save('token_exchange', { values });
    const callersToken = new Secret('callers-own-token');
    const token = await node.oauth.get('crm', person, undefined, callersToken);
    expect(token.value.reveal()).to.not.equal('callers-own-token');
    expect(asked.get(exchange)).to.include({
      grant_type: exchange,
      subject_token: 'callers-own-token',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'urn:api',
    });
    expect(await node.store.tokens.get(person, 'crm')).to.include({ state: 'valid' });
    expect(node.logged.join('\n')).to.not.contain('callers-own-token');
  });

  it('token exchange: refuses another kind of token than it asked for (RFC 8693 §2.2.1, issued_token_type)', async () => {
    further = { issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' };
    await save('token_exchange');
    const error = await rejection(node.oauth.get('crm', person, undefined, new Secret('callers-own-token')));
    expect(error).to.include({ code: 'TOKEN_REFUSED' });
    expect(error.message).to.contain('RFC 8693 §2.2.1');
    expect(await node.store.tokens.get(person, 'crm')).to.equal(undefined);
  });

  it("token exchange: exchanges the person's token of another resource when the caller brings none", async () => {
    further = { issued_token_type: 'urn:ietf:params:oauth:token-type:jwt' };
    await save('token_exchange', { subjectResource: 'login' });
    await node.store.resourceTypes.save(crmType({ name: 'login' }));
    await node.store.resources.save(crmResource({ name: 'login', type: 'login' }));
    const before = await rejection(node.oauth.get('crm', person));
    expect(before).to.include({ code: 'AUTHORIZATION_REQUIRED' });
    expect(before.extensions).to.include({ resource: 'login' });
    await node.store.tokens.save(
      {
        credential: person,
        resource: 'login',
        accessToken: new Secret('token-of-the-login'),
        tokenType: 'Bearer',
        issuedAt: new Date(),
      },
      'any',
    );
    await node.oauth.get('crm', person);
    expect(asked.get(exchange)).to.include({ subject_token: 'token-of-the-login' });
  });

  it('token exchange: says who is missing when there is nothing to exchange', async () => {
    await save('token_exchange');
    const error = await rejection(node.oauth.get('crm', 'service:nightly'));
    expect(error).to.include({ code: 'FORBIDDEN' });
    expect(error.message).to.contain('service account "nightly"').and.contain('subjectResource');
  });

  it("on behalf of: the caller's token is the assertion (RFC 7523 §2.1 as Entra ID has it)", async () => {
    await save('on_behalf_of');
    await node.oauth.get('crm', person, undefined, new Secret('callers-own-token'));
    expect(asked.get(jwtBearer)).to.include({
      grant_type: jwtBearer,
      assertion: 'callers-own-token',
      requested_token_use: 'on_behalf_of',
    });
  });

  it('each shows what it will send in a preview, without a secret', () => {
    for (const [grant, shown] of [
      ['jwt_bearer', 'assertion=[assertion]'],
      ['saml2_bearer', 'assertion=[assertion]'],
      ['token_exchange', 'subject_token=[subject_token]'],
      ['on_behalf_of', 'requested_token_use=on_behalf_of'],
    ] as const) {
      const [token, ...more] = node.oauth.preview(crmType({ grant }), crmResource());
      expect(more).to.have.length(0);
      expect(token?.body).to.contain(shown).and.not.contain(clientSecret);
    }
  });
});
