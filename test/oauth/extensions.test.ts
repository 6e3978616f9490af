import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose';
import { createUpstream } from '../../brokers/http/index.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import { loadExtensions } from '../../runtime/extensions.js';
import { createOAuth } from '../../runtime/oauth/index.js';
import { extension as signedRequests } from '../../samples/oauth-extension/signed-requests.js';
import { rejection } from '../support/rejection.js';
import { json, startFaultServer } from './fault-server.js';
import { crmResource, crmType, dataFolder, type Node, person, publicUrl, startNode } from './installation.js';
import { rsaCertificate, rsaPrivateKey, rsaPublicJwk, thumbprints } from './signing-keys.js';

const realm = '4BC5B8C9-0A5F-4B6C-9C2B-0E0F5F4B7A11';
const clientId = 'C5D3F3B1-2A4B-4E11-9F3E-1B2C3D4E5F60';
const issuerId = 'A1B2C3D4-1111-4222-8333-444455556666';
const sid = 'S-1-5-21-1004336348-1177238915-682003330-512';
const lower = (text: string) => text.toLowerCase();

/** A SharePoint farm, as far as a server-to-server application sees it: its challenge names the realm. */
async function startFarm() {
  const asked: string[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(`${url} ${headers.authorization}`);
    const challenge = `NTLM, Bearer realm="${realm}",client_id="00000003-0000-0ff1-ce00-000000000000",trusted_issuers="x@*"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

describe('OAuth extensions', () => {
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

  describe('SharePoint on-premises, server to server', () => {
    let farm: Awaited<ReturnType<typeof startFarm>>;
    before(async () => {
      farm = await startFarm();
    });
    after(() => farm.close());
    beforeEach(async () => {
      farm.asked.length = 0;
      const parameters = ['client_id', 'issuer_id', 'realm', 'app_only'].map((name) => ({
        name,
        stages: { token: {} },
      }));
      await node.store.resourceTypes.save(crmType({ extension: 'sharepoint-server', parameters }));
      await node.store.users.save({ kind: 'User', name: 'alice', roles: ['user'], attributes: { sid } });
      await save();
    });
    const save = (values: Record<string, string> = {}, changes: Partial<OAuthResource> = {}) => {
      const { authorizationEndpoint: _, ...bare } = crmResource({
        tokenEndpoint: `${farm.url}/sites/hr`,
        signingKey: { privateKey: rsaPrivateKey, certificate: rsaCertificate },
        values: { client_id: clientId, issuer_id: issuerId, ...values },
        ...changes,
      });
      return node.store.resources.save(bare);
    };
    const audience = () => `00000003-0000-0ff1-ce00-000000000000/${farm.host}@${lower(realm)}`;

    it('speaks for a person by an unsigned token around the signed one, claim by claim', async () => {
      const token = (await node.oauth.get('crm', person)).value.reveal();
      const [header = '', , signature] = token.split('.');
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).to.deep.equal({ typ: 'JWT', alg: 'none' });
      expect(signature).to.equal('');
      const { actortoken, ...outer } = decodeJwt(token);
      const { nbf, exp } = outer;
      expect(outer).to.deep.equal({
        aud: audience(),
        iss: `${lower(clientId)}@${lower(realm)}`,
        nameid: sid,
        nii: 'urn:office:idp:activedirectory',
        nbf,
        exp,
      });
      const actor = await compactVerify(String(actortoken), await importJWK(rsaPublicJwk, 'RS256'));
      expect(actor.protectedHeader).to.deep.equal({ alg: 'RS256', typ: 'JWT', x5t: thumbprints.x5t });
      expect(JSON.parse(new TextDecoder().decode(actor.payload))).to.deep.equal({
        aud: audience(),
        iss: `${lower(issuerId)}@${lower(realm)}`,
        nameid: `${lower(clientId)}@${lower(realm)}`,
        nbf,
        exp,
        trustedfordelegation: 'true',
      });
      expect([typeof nbf, typeof exp]).to.deep.equal(['string', 'string']);
    });

    it('has the rights of the application alone by the actor token, without delegation', async () => {
      await save({ app_only: 'true' });
      const token = (await node.oauth.get('crm', 'service:nightly')).value.reveal();
      expect(decodeProtectedHeader(token)).to.include({ alg: 'RS256', x5t: thumbprints.x5t });
      expect(decodeJwt(token)).to.include({ nameid: `${lower(clientId)}@${lower(realm)}` });
      expect(decodeJwt(token)).to.not.have.any.keys('trustedfordelegation', 'actortoken', 'nii');
      expect(await node.store.tokens.get('application', 'crm')).to.include({ state: 'valid' });
    });

    it("takes the realm from the farm's challenge, unless it is configured", async () => {
      await node.oauth.get('crm', person);
      expect(farm.asked).to.deep.equal(['/_vti_bin/client.svc Bearer']);
      await save({ realm: 'FFFFFFFF-0000-0000-0000-000000000000' });
      node.oauth.forget();
      await node.oauth.disconnect('crm', person);
      const token = (await node.oauth.get('crm', person)).value.reveal();
      expect(farm.asked).to.have.length(1);
      expect(decodeJwt(token).aud).to.contain('@ffffffff-0000-0000-0000-000000000000');
    });

    it('keeps a token for each person, and makes another when it has ended', async () => {
      await node.store.users.save({ kind: 'User', name: 'bob', roles: ['user'], attributes: { sid: 'S-1-5-21-9' } });
      const alices = await node.oauth.get('crm', person);
      const bobs = await node.oauth.get('crm', 'user:bob');
      expect(decodeJwt(bobs.value.reveal()).nameid).to.equal('S-1-5-21-9');
      expect((await node.oauth.get('crm', person)).value.reveal()).to.equal(alices.value.reveal());
      node.clock.offset = 2 * 3_600_000;
      expect((await node.oauth.get('crm', person)).value.reveal()).to.not.equal(alices.value.reveal());
    });

    it('says who it cannot speak for, and what a farm does not tell', async () => {
      const error = await rejection(node.oauth.get('crm', 'service:nightly'));
      expect(error).to.include({ code: 'FORBIDDEN' });
      await node.store.users.save({ kind: 'User', name: 'carol', roles: ['user'] });
      expect((await rejection(node.oauth.get('crm', 'user:carol'))).message).to.contain('no attribute "sid"');
      const mute = await startFaultServer();
      mute.play(json({}));
      await save({}, { tokenEndpoint: mute.url });
      const silent = await rejection(node.oauth.get('crm', person));
      await mute.close();
      expect(silent).to.include({ code: 'DOCUMENT_INVALID' });
      expect(silent.message).to.contain('challenge');
    });
  });

  describe('from outside', () => {
    it('are loaded from a module, and obtain tokens by themselves', async () => {
      const place = await mkdtemp(join(tmpdir(), 'smartwright-extension-'));
      const file = join(place, 'shout.mjs');
      await writeFile(
        file,
        `export const extension = {
          name: 'shout', displayName: 'Shout', description: 'Shouts the key.',
          owner: () => 'application',
          async issue({ credential }, { values }) {
            return { accessToken: values.api_key.reveal().toUpperCase(), expiresIn: 60, fields: { asked_by: credential } };
          },
        };`,
      );
      const extensions = await loadExtensions([file]);
      expect([...extensions.keys()]).to.deep.equal(['sharepoint-server', 'shout']);
      const http = ({ allowedHosts = [] }: Pick<OAuthResource, 'allowedHosts'>) => createUpstream({ allowedHosts });
      const oauth = createOAuth({
        store: node.store,
        publicUrl: () => publicUrl,
        log: { debug() {}, info() {}, warn() {}, error() {} },
        http,
        extensions,
      });
      const parameters = [{ name: 'api_key', secret: true, stages: { token: {} } }];
      await node.store.resourceTypes.save(crmType({ extension: 'shout', parameters }));
      await node.store.resources.save(crmResource({ values: { api_key: 'canary' } }));
      expect((await oauth.get('crm', person)).header.reveal()).to.equal('Bearer CANARY');
      expect((await node.store.tokens.get('application', 'crm'))?.fields?.asked_by?.reveal()).to.equal('application');
      await oauth.close();
      await rejection(loadExtensions([file, file]), 'DOCUMENT_INVALID');
      await writeFile(join(place, 'none.mjs'), 'export default { name: 7 };');
      await rejection(loadExtensions([join(place, 'none.mjs')]), 'DOCUMENT_INVALID');
      await rm(place, { recursive: true });
    });

    it('that are not installed are named when they are needed', async () => {
      await node.store.resourceTypes.save(crmType({ extension: 'nowhere' }));
      await node.store.resources.save(crmResource());
      const error = await rejection(node.oauth.get('crm', person), 'DOCUMENT_INVALID');
      expect(error.message).to.contain('no extension "nowhere"').and.contain('sharepoint-server');
    });

    it('change requests to the token endpoint: the sample signs them', async () => {
      const endpoint = await startFaultServer();
      endpoint.play(json({ access_token: 'signed-for', token_type: 'Bearer' }));
      const oauth = createOAuth({
        store: node.store,
        publicUrl: () => publicUrl,
        log: { debug() {}, info() {}, warn() {}, error() {} },
        http: () => createUpstream({ allowedHosts: ['127.0.0.1'] }),
        extensions: new Map([[signedRequests.name, signedRequests]]),
      });
      const parameters = [
        { name: 'client_id', stages: { token: {} } },
        { name: 'signing_secret', secret: true, stages: { token: {} } },
      ];
      await node.store.resourceTypes.save(
        crmType({ extension: signedRequests.name, grant: 'client_credentials', parameters }),
      );
      const values = { client_id: 'app', signing_secret: 'canary-signing-secret' };
      await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url, values }));
      await oauth.get('crm', person);
      await oauth.close();
      const sent = new URLSearchParams(endpoint.bodies[0]);
      expect([...sent.keys()]).to.include.members(['client_id', 'grant_type', 'timestamp', 'signature']);
      expect(sent.get('signature')).to.match(/^[0-9a-f]{64}$/);
      expect(endpoint.bodies[0]).to.not.contain('canary');
      await endpoint.close();
    });
  });
});
