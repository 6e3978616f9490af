import { expect } from 'chai';
import { specialRange } from '../../../brokers/http/address.js';
import { closeUpstreams, createUpstream, fetchDocument, HostPolicy } from '../../../brokers/http/index.js';
import { rejection } from '../../support/rejection.js';
import { answered, type RawServer, rawServer } from './raw-server.js';

const ranges: Record<string, string | undefined> = {
  '8.8.8.8': undefined,
  '2606:4700:4700::1111': undefined,
  '127.8.9.1': 'loopback',
  '::1': 'loopback',
  '10.1.2.3': 'private',
  '172.31.0.1': 'private',
  '172.32.0.1': undefined,
  '192.168.1.1': 'private',
  'fd12:3456::1': 'private',
  '169.254.1.1': 'link-local',
  'fe80::1%eth0': 'link-local',
  '100.64.0.1': 'shared (CGNAT)',
  '224.0.0.1': 'multicast',
  'ff02::1': 'multicast',
  '0.0.0.0': 'unspecified',
  '::': 'unspecified',
  '192.0.2.1': 'documentation',
  '2001:db8::1': 'documentation',
  '255.255.255.255': 'reserved',
  '198.18.0.1': 'reserved',
  '169.254.169.254': 'metadata',
  'fd00:ec2::254': 'metadata',
  '::ffff:127.0.0.1': 'loopback',
  '::ffff:a9fe:a9fe': 'metadata',
  '64:ff9b::10.0.0.1': 'private',
  '64:ff9b::808:808': undefined,
  '::ffff:8.8.8.8': undefined,
  '::7f00:1': 'reserved',
};

describe('address policy', () => {
  let server: RawServer;
  before(async () => {
    server = await rawServer((_, socket) => socket.write(answered('inside', 'content-type: text/plain\r\n')));
  });
  after(async () => {
    await server.close();
    await closeUpstreams();
  });

  for (const [address, range] of Object.entries(ranges)) {
    it(`takes ${address} for ${range ?? 'public'}`, () => expect(specialRange(address)).to.equal(range));
  }

  const hidden = [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
    'LOCALHOST',
    '0',
  ];
  for (const host of hidden) {
    it(`refuses ${host} when nothing allows it`, async () => {
      const http = createUpstream();
      const promise = http.send({ method: 'GET', url: `http://${host}:${server.port}/`, headers: {} });
      const error = await rejection(promise, 'ADDRESS_REFUSED');
      expect(error.message).to.match(/Host ".+" .*(loopback|unspecified).*allowedHosts/);
    });
  }

  const opening = (port: number): Record<string, string[]> => ({
    'http://localhost': ['localhost', `localhost:${port}`, '127.0.0.1', '127.0.0.0/8'],
    'http://127.0.0.1': ['127.0.0.1', `127.0.0.1:${port}`, '127.0.0.0/8', '[::ffff:127.0.0.1]'],
  });
  it('lets a host in by name, by name and port, by address and by block', async () => {
    for (const [host, entries] of Object.entries(opening(server.port))) {
      for (const entry of entries) {
        // A name may stand for the IPv6 loopback too, which these entries need not cover.
        const http = createUpstream({ allowedHosts: [entry] });
        const response = await http.send({ method: 'GET', url: `${host}:${server.port}/`, headers: {} });
        expect(await response.text(), `${entry} for ${host}`).to.equal('inside');
      }
    }
  });

  it('keeps a host out that is allowed on another port, or whose connection another policy opened', async () => {
    const open = createUpstream({ allowedHosts: ['127.0.0.1'] });
    await (await open.send({ method: 'GET', url: server.origin, headers: {} })).text();
    for (const allowedHosts of [[], ['127.0.0.1:1'], ['*.example.com'], ['10.0.0.0/8']]) {
      const http = createUpstream({ allowedHosts });
      await rejection(http.send({ method: 'GET', url: server.origin, headers: {} }), 'ADDRESS_REFUSED');
    }
  });

  it('needs metadata services to be named literally', () => {
    const place = (hostname: string) => ({ hostname, port: 80 });
    const wide = new HostPolicy(['169.254.0.0/16', '*.internal', 'sneaky.example.com']);
    expect(wide.refusesAddress(place('sneaky.example.com'), '169.254.169.254')).to.include('metadata');
    expect(wide.refusesName(place('169.254.169.254'))).to.include('metadata');
    expect(wide.refusesName(place('metadata.google.internal'))).to.include('metadata');
    expect(wide.refusesAddress(place('a.internal'), '10.0.0.1')).to.equal(undefined);
    expect(new HostPolicy(['169.254.169.254']).refusesName(place('169.254.169.254'))).to.equal(undefined);
    expect(new HostPolicy(['metadata.google.internal']).refusesName(place('metadata.google.internal'))).to.equal(
      undefined,
    );
  });

  it('refuses entries that are no hosts', () => {
    for (const entry of ['', 'http://x', '10.0.0.0/33', 'a b', '*', 'a/*']) {
      expect(() => new HostPolicy([entry]), entry).to.throw('allowedHosts');
    }
  });

  it('refuses what is no URL, another scheme, and a user name in a URL', async () => {
    for (const url of ['file:///etc/passwd', '/relative', 'ftp://example.com/', 'http://me:pw@127.0.0.1/']) {
      const http = createUpstream({ allowedHosts: ['127.0.0.1'] });
      const error = await rejection(http.send({ method: 'GET', url, headers: {} }), 'ADDRESS_REFUSED');
      expect(error.message).not.to.include('pw');
    }
  });

  it('fetches documents, and says why one cannot be had', async () => {
    const http = createUpstream({ allowedHosts: ['127.0.0.1'] });
    expect(await fetchDocument(`${server.origin}/d`, http)).to.deep.equal({
      text: 'inside',
      contentType: 'text/plain',
      url: `${server.origin}/d`,
    });
    await rejection(fetchDocument(`${server.origin}/d`, http, { maxBytes: 3 }), 'DESCRIPTOR_UNAVAILABLE');
    await rejection(fetchDocument(`${server.origin}/d`, createUpstream()), 'ADDRESS_REFUSED');
    const missing = await rawServer((_, socket) => socket.write(answered('no', '', '404 Not Found')));
    const error = await rejection(fetchDocument(`${missing.origin}/d?key=s3cret`, http), 'DESCRIPTOR_UNAVAILABLE');
    expect(error.message).to.include('404').and.not.include('s3cret');
    await missing.close();
  });
});
