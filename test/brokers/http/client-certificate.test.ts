import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { createUpstream, type Upstream } from '../../../brokers/http/index.js';
import { type TlsKeys, tlsIdentityOf } from '../../../brokers/tls-keys.js';
import { rejection } from '../../support/rejection.js';

const certificate = (name: string): string =>
  readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url), 'utf8');
const ca = certificate('ca.pem');
const trusted = { trustedCertificates: ca };

describe('HTTP: client certificates', () => {
  const servers: Server[] = [];
  /** The subjects that the server saw, one for each request. */
  const seen: (string | undefined)[] = [];
  let url: string;
  let elsewhere: string;

  before(async () => {
    const key = certificate('server.pem');
    const listen = async (server: Server): Promise<number> => {
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    };
    const subject = (socket: unknown): string | undefined => {
      const peer = (socket as TLSSocket).getPeerCertificate() as Partial<PeerCertificate>;
      return peer.subject === undefined ? undefined : String(peer.subject.CN);
    };
    const strict = createServer({ key, cert: key, ca, requestCert: true }, ({ socket, url: path }, response) => {
      seen.push(subject(socket));
      if (path === '/away') response.writeHead(302, { location: elsewhere }).end();
      else response.end('welcome');
    });
    const curious = createServer(
      { key, cert: key, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        seen.push(subject(request.socket));
        response.end('curious');
      },
    );
    url = `https://127.0.0.1:${await listen(strict)}/`;
    elsewhere = `https://localhost:${await listen(curious)}/`;
  });
  after(() => {
    for (const server of servers) server.close();
  });

  const upstream = (keys: TlsKeys, hosts?: readonly string[]): Upstream =>
    createUpstream({ allowedHosts: ['127.0.0.1', 'localhost'], identity: tlsIdentityOf({ ...keys }), hosts });
  const get = async (http: Upstream, address: string): Promise<string> =>
    await (await http.send({ method: 'GET', url: address, headers: {} })).text();

  for (const [name, keys] of [
    ['PEM', { clientCertificate: certificate('client.pem') }],
    [
      'encrypted PEM',
      { clientCertificate: certificate('client-encrypted.pem'), clientCertificatePassphrase: 'sesame' },
    ],
    ['PFX', { clientCertificate: certificate('client.pfx.b64'), clientCertificatePassphrase: 'sesame' }],
  ] as const) {
    it(`are shown to a server that demands one, from ${name}`, async () => {
      expect(await get(upstream({ ...trusted, ...keys }), url)).to.equal('welcome');
      expect(seen.at(-1)).to.equal('smartwright');
    });
  }

  it('lead to a message that says what is missing, where there is none or a stranger’s', async () => {
    const without = await rejection(get(upstream(trusted), url));
    expect(without).to.include({ code: 'UPSTREAM_UNREACHABLE' });
    expect(without.message).to.include('client certificate');
    const stranger = await rejection(get(upstream({ ...trusted, clientCertificate: certificate('other.pem') }), url));
    expect(stranger).to.include({ code: 'UPSTREAM_UNREACHABLE' });
    expect(stranger.message).to.include('client certificate');
  });

  it('do not lend their connections to instances without one', async () => {
    const mine = upstream({ ...trusted, clientCertificate: certificate('client.pem') });
    expect(await get(mine, url)).to.equal('welcome');
    expect((await rejection(get(upstream(trusted), url))).code).to.equal('UPSTREAM_UNREACHABLE');
    expect(await get(mine, url)).to.equal('welcome');
  });

  it('are shown to the instance’s own hosts only, as is their authority trusted there only', async () => {
    const keys = { ...trusted, clientCertificate: certificate('client.pem') };
    const before = seen.length;
    const error = await rejection(get(upstream(keys, [new URL(url).host]), `${url}away`));
    // The other host is asked without the identity, so its authority is an unknown one.
    expect(error).to.include({ code: 'UPSTREAM_UNREACHABLE' });
    expect(error.message).to.include('Trusted Certificates');
    expect(seen.slice(before)).to.deep.equal(['smartwright']);
  });

  it('go by TLS alone: a plain service sees nothing of them', async () => {
    const plain = createPlain((_, response) => response.end('plain'));
    servers.push(plain);
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    const keys = { ...trusted, clientCertificate: certificate('client.pem') };
    expect(await get(upstream(keys), `http://127.0.0.1:${port}/`)).to.equal('plain');
  });

  for (const [what, keys, message] of [
    [
      'a wrong passphrase',
      { clientCertificate: certificate('client.pfx.b64'), clientCertificatePassphrase: 'x' },
      'is not opened by its passphrase',
    ],
    ['a missing passphrase of a PFX', { clientCertificate: certificate('client.pfx.b64') }, 'wants a passphrase'],
    [
      'a wrong passphrase of a PEM',
      { clientCertificate: certificate('client-encrypted.pem'), clientCertificatePassphrase: 'x' },
      'is not opened by its passphrase',
    ],
    ['a missing passphrase of a PEM', { clientCertificate: certificate('client-encrypted.pem') }, 'wants a passphrase'],
    ['no private key', { clientCertificate: ca }, 'has no private key'],
    ['no PEM', { clientCertificate: 'bm90aGluZw==' }, 'is neither PEM'],
    [
      'another’s private key',
      {
        clientCertificate:
          ca + certificate('other.pem').replace(/-----BEGIN CERT[\s\S]*?-----END CERTIFICATE-----/, ''),
      },
      'private key that is not',
    ],
    ['authorities that are none', { trustedCertificates: 'C:\\ca.pem' }, 'has no certificate in PEM'],
  ] as const) {
    it(`are refused with ${what}, in words without the secret`, () => {
      try {
        tlsIdentityOf({ ...keys });
      } catch (error) {
        expect(error).to.include({ code: 'KEYS_INVALID' });
        expect((error as Error).message)
          .to.include(message)
          .and.not.include('BEGIN');
        return;
      }
      throw new Error('It was accepted.');
    });
  }
});
