import { expect } from 'chai';
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload } from 'jose';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import { clientAssertion } from '../../runtime/oauth/client-assertion.js';
import { rejection } from '../support/rejection.js';
import { clientSecret, crmResource, crmType, dataFolder, type Node, person, startNode } from './installation.js';
import { type FullProvider, startFullProvider } from './provider.js';
import { rsaCertificate, rsaPrivateKey, rsaPublicJwk, thumbprints } from './signing-keys.js';

const machineType = (changes: Partial<OAuthResourceType> = {}): OAuthResourceType =>
  crmType({
    grant: 'client_credentials',
    parameters: [
      { name: 'client_id', stages: { token: {} } },
      { name: 'client_secret', secret: true, stages: { token: {} } },
      { name: 'scope', stages: { token: { default: 'crm.read' } } },
    ],
    ...changes,
  });

const signingKey = { privateKey: rsaPrivateKey, certificate: rsaCertificate, keyId: 'key-1' };

describe('Client authentication', () => {
  let server: FullProvider;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;

  before(async () => {
    server = await startFullProvider();
  });
  after(() => server.close());
  beforeEach(async () => {
    folder = await dataFolder();
    node = await startNode(folder.path);
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  async function obtain(type: Partial<OAuthResourceType>, resource: Partial<OAuthResource>): Promise<JWTPayload> {
    await node.store.resourceTypes.save(machineType(type));
    const { tokenEndpoint } = server;
    await node.store.resources.save(crmResource({ tokenEndpoint, ...resource }));
    return decodeJwt((await node.oauth.get('crm', person)).value.reveal());
  }
  const secret = (client_id: string) => ({ values: { client_id, client_secret: clientSecret } });

  it('is by post where nothing else is said (RFC 6749 §2.3.1)', async () => {
    expect(await obtain({}, secret('machine'))).to.include({ client_id: 'machine' });
  });

  it('is by HTTP Basic (RFC 6749 §2.3.1)', async () => {
    const type = { clientAuthentication: 'client_secret_basic' } as const;
    expect(await obtain(type, secret('basic'))).to.include({ client_id: 'basic' });
  });

  it('is by a JWT with the client secret (client_secret_jwt, OpenID Connect Core §9)', async () => {
    const type = { clientAuthentication: 'client_secret_jwt' } as const;
    expect(await obtain(type, secret('secret-jwt'))).to.include({ client_id: 'secret-jwt' });
  });

  it('is by a JWT with a private key (private_key_jwt, RFC 7523 §2.2)', async () => {
    const type = { clientAuthentication: 'private_key_jwt' } as const;
    const own = { values: { client_id: 'key-jwt' }, signingKey };
    expect(await obtain(type, own)).to.include({ client_id: 'key-jwt' });
    const stored = await node.store.resources.get('crm');
    expect(JSON.stringify(stored)).to.contain('CERTIFICATE').and.not.contain('PRIVATE KEY');
    expect(node.logged.join('\n')).to.not.contain('client_assertion');
  });

  it('signs a new assertion for each request, so that none comes twice (RFC 7523 §3, jti)', async () => {
    const type = { clientAuthentication: 'private_key_jwt' } as const;
    const own = { values: { client_id: 'key-jwt' }, signingKey };
    await obtain(type, own);
    await node.oauth.disconnect('crm', 'application');
    expect((await node.oauth.get('crm', person)).value.reveal()).to.be.a('string');
    expect(server.counts().client_credentials).to.be.greaterThan(1);
  });

  it('names the certificate, the client and the audience, for a short time (RFC 7523 §3, RFC 7515 §4.1.8)', async () => {
    const now = Date.UTC(2026, 0, 1);
    const type = machineType({ clientAuthentication: 'private_key_jwt', clientAssertion: { algorithm: 'PS256' } });
    const resource = crmResource({ values: { client_id: 'app-1' }, signingKey });
    const assertion = await clientAssertion({ type, resource }, now);
    const { payload } = await compactVerify(assertion?.reveal() ?? '', await importJWK(rsaPublicJwk, 'PS256'));
    const claims = JSON.parse(new TextDecoder().decode(payload));
    expect(decodeProtectedHeader(assertion?.reveal() ?? '')).to.deep.equal({
      alg: 'PS256',
      typ: 'JWT',
      kid: 'key-1',
      'x5t#S256': thumbprints['x5t#S256'],
    });
    expect(claims).to.include({ iss: 'app-1', sub: 'app-1', aud: 'https://provider.example/token' });
    expect(claims).to.include({ iat: now / 1000, nbf: now / 1000, exp: now / 1000 + 300 });
    expect(claims.jti).to.match(/^[\w-]{36}$/);
  });

  it('has an audience, a lifetime and a certificate header to choose; the resource wins over its type', async () => {
    const type = machineType({
      clientAuthentication: 'private_key_jwt',
      clientAssertion: { audience: 'https://type.example', lifetime: 60, certificateHeader: 'x5t' },
    });
    const clientAssertionSettings = { audience: 'https://resource.example' };
    const values = { client_id: 'app-1' };
    const resource = crmResource({ values, signingKey, clientAssertion: clientAssertionSettings });
    const assertion = (await clientAssertion({ type, resource }, 0))?.reveal() ?? '';
    expect(decodeJwt(assertion)).to.include({ aud: 'https://resource.example', exp: 60 });
    expect(decodeProtectedHeader(assertion)).to.include({ x5t: thumbprints.x5t, alg: 'RS256' });
  });

  it('of Entra ID app-only is data: a certificate, PS256, the v2 token URL and a scope', async () => {
    const tokenEndpoint = 'https://login.microsoftonline.com/contoso/oauth2/v2.0/token';
    const type = machineType({ clientAuthentication: 'private_key_jwt', clientAssertion: { algorithm: 'PS256' } });
    const values = { client_id: 'app-1', scope: 'https://contoso.sharepoint.com/.default' };
    const resource = crmResource({ tokenEndpoint, values, signingKey });
    const assertion = (await clientAssertion({ type, resource }, Date.now()))?.reveal() ?? '';
    const { exp = 0, iat = 0, ...claims } = decodeJwt(assertion);
    expect(decodeProtectedHeader(assertion)).to.include({ alg: 'PS256', 'x5t#S256': thumbprints['x5t#S256'] });
    expect(claims).to.include({ iss: 'app-1', sub: 'app-1', aud: tokenEndpoint });
    expect(exp - iat).to.be.within(60, 600);
    expect(claims).to.include.keys('nbf', 'jti');
  });

  it('says what is wrong with a key, and never quotes it', async () => {
    const application = (key: OAuthResource['signingKey']) => ({
      type: machineType({ clientAuthentication: 'private_key_jwt', clientAssertion: { algorithm: 'ES256' } }),
      resource: crmResource({ values: { client_id: 'x' }, ...(key && { signingKey: key }) }),
    });
    for (const [key, said] of [
      [undefined, 'signingKey is missing'],
      [{ privateKey: 'canary-no-key' }, 'no unencrypted private key'],
      [{ privateKey: '{"kty":"canary"}' }, 'no unencrypted private key'],
      [{ privateKey: rsaPrivateKey }, 'cannot sign with ES256'],
    ] as const) {
      const error = await rejection(clientAssertion(application(key), 0));
      expect(error).to.include({ code: 'DOCUMENT_INVALID' });
      expect(error.message).to.contain(said).and.not.contain('canary');
    }
  });

  it('shows as a placeholder in a preview', () => {
    const type = machineType({ clientAuthentication: 'private_key_jwt' });
    const resource = crmResource({ values: { client_id: 'x' } });
    const [token] = node.oauth.preview(type, resource);
    expect(token?.body).to.contain('client_assertion=[client_assertion]').and.not.contain('client_secret');
  });
});
