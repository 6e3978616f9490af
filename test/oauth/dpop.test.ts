import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { calculateJwkThumbprint, decodeJwt, EmbeddedJWK, type JWTPayload, jwtVerify } from 'jose';
import { createUpstream } from '../../brokers/http/index.js';
import { TokenCredentials } from '../../runtime/engine/token-credentials.js';
import { rejection } from '../support/rejection.js';
import { json, startFaultServer } from './fault-server.js';
import {
  clientSecret,
  consent,
  crmResource,
  crmType,
  dataFolder,
  type Node,
  person,
  startNode,
} from './installation.js';
import { type FullProvider, startFullProvider } from './provider.js';

/** A service that accepts a token only with a proof of its key (RFC 9449 §7.1), and wants a nonce that it changes (§9). */
async function startService() {
  const proofs: JWTPayload[] = [];
  let refusals = 0;
  let nonce = 'nonce-1';
  const check = async ({ headers, url = '', method = '' }: IncomingMessage): Promise<string | undefined> => {
    const [scheme, token = ''] = (headers.authorization ?? '').split(' ');
    if (scheme !== 'DPoP') return 'invalid_token';
    const { payload, protectedHeader } = await jwtVerify(String(headers.dpop), EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
    });
    const { cnf } = decodeJwt(token) as { cnf?: { jkt?: string } };
    if (protectedHeader.jwk === undefined || cnf?.jkt !== (await calculateJwkThumbprint(protectedHeader.jwk)))
      return 'key';
    if (payload.ath !== createHash('sha256').update(token).digest('base64url')) return 'ath';
    if (payload.htm !== method || payload.htu !== `${base()}${url.split('?')[0]}`) return 'htu';
    if (proofs.some(({ jti }) => jti === payload.jti)) return 'replay';
    if (payload.nonce !== nonce) return 'use_dpop_nonce';
    proofs.push(payload);
    return undefined;
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void check(request).then(
      (fault) => {
        if (fault === undefined) return response.end('{}');
        refusals += 1;
        response.writeHead(401, { 'www-authenticate': `DPoP error="${fault}"`, 'dpop-nonce': nonce }).end();
      },
      () => response.writeHead(401).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base(),
    proofs,
    refusals: () => refusals,
    changeNonce: (next: string) => {
      nonce = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

describe('Tokens that are bound to a key (DPoP, RFC 9449)', () => {
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
    await node.store.resourceTypes.save(crmType({ dpop: true }));
    const { authorizationEndpoint, tokenEndpoint, issuer } = server;
    await node.store.resources.save(crmResource({ authorizationEndpoint, tokenEndpoint, issuer }));
  });
  afterEach(async () => {
    await node.close();
    await folder.remove();
  });

  it('are asked for with a proof, and once more with the nonce that the server wants (§5, §8)', async () => {
    const before = server.counts().authorization_code ?? 0;
    await consent(node);
    const token = await node.oauth.get('crm', person);
    expect(token.header.reveal()).to.match(/^DPoP /);
    expect(decodeJwt(token.value.reveal())).to.have.nested.property('cnf.jkt');
    expect((server.counts().authorization_code ?? 0) - before).to.be.within(1, 2);
  });

  it('name the key in the authorization request (dpop_jkt, §10)', async () => {
    const url = await node.oauth.consent.begin({ resource: 'crm', credential: person, session: 's' });
    expect(new URL(url).searchParams.get('dpop_jkt')).to.match(/^[\w-]{43}$/);
  });

  it('have a key for each credential, which stays through a refresh', async () => {
    await consent(node);
    await consent(node, 'service:nightly');
    const key = async (credential: typeof person) =>
      (await node.store.tokens.get(credential, 'crm'))?.proofKey?.reveal();
    const before = await key(person);
    expect(before)
      .to.be.a('string')
      .and.not.equal(await key('service:nightly'));
    const token = await node.oauth.get('crm', person);
    const renewed = await node.oauth.renew('crm', person, token);
    expect(renewed.generation).to.be.greaterThan(token.generation);
    expect(await key(person)).to.equal(before);
    expect(node.logged.join('\n')).to.not.contain('"d":');
  });

  it('go with a proof for each request to a service: htm, htu, ath, jti, a nonce once it is asked for (§4.2, §7.1, §9)', async () => {
    await consent(node);
    const service = await startService();
    try {
      const call = async (url: string, method = 'GET') => {
        const credentials = new TokenCredentials(node.oauth, { resource: 'crm', credential: person }, undefined);
        const http = createUpstream({ allowedHosts: ['127.0.0.1'], credentials });
        const answer = await http.send({ method, url: service.url + url, headers: {} });
        answer.discard();
        return answer.status;
      };
      expect(await call('/contacts?page=2')).to.equal(200);
      expect(service.refusals()).to.equal(1);
      expect(await call('/contacts', 'POST')).to.equal(200);
      expect(service.refusals()).to.equal(1);
      service.changeNonce('nonce-2');
      expect(await call('/contacts')).to.equal(200);
      expect(service.proofs.map(({ htm, nonce }) => [htm, nonce])).to.deep.equal([
        ['GET', 'nonce-1'],
        ['POST', 'nonce-1'],
        ['GET', 'nonce-2'],
      ]);
      expect(new Set(service.proofs.map(({ jti }) => jti)).size).to.equal(3);
      expect(server.counts().refresh_token ?? 0, 'a nonce is no reason to refresh').to.be.lessThan(3);
    } finally {
      await service.close();
    }
  });

  it('are not taken for bound when the server issues a bearer token instead (§5)', async () => {
    const endpoint = await startFaultServer();
    endpoint.play(json({ access_token: 'unbound', token_type: 'Bearer', expires_in: 60 }));
    try {
      await node.store.resourceTypes.save(crmType({ dpop: true, grant: 'client_credentials' }));
      const values = { client_id: 'machine', client_secret: clientSecret };
      await node.store.resources.save(crmResource({ name: 'other', tokenEndpoint: endpoint.url, values }));
      const error = await rejection(node.oauth.get('other', person));
      expect(error).to.include({ code: 'TOKEN_REFUSED' });
      expect(error.message).to.contain('not bound to the key');
    } finally {
      await endpoint.close();
    }
  });
});
