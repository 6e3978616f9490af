import dns, { type LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createUpstream } from '../../../brokers/http/index.js';
import { rejection } from '../../support/rejection.js';

type Lookup = typeof dns.lookup;
type Answer = (error: Error | null, addresses: LookupAddress[]) => void;

describe('fault 19: a host name that changes its address between two requests (DNS rebinding)', () => {
  const genuine: Lookup = dns.lookup;
  let addresses: string[] = [];
  let lookups = 0;
  let requests = 0;
  let reached: string[] = [];
  let server: Server;
  let port = 0;

  before(async () => {
    server = createServer(({ socket }, response) => {
      requests += 1;
      reached.push(socket.localAddress ?? '');
      response.writeHead(200, { connection: 'close' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    port = (server.address() as AddressInfo).port;
    dns.lookup = ((_host: string, _options: object, answer: Answer) => {
      lookups += 1;
      answer(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    }) as unknown as Lookup;
    syncBuiltinESMExports();
  });
  after(async () => {
    dns.lookup = genuine;
    syncBuiltinESMExports();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    lookups = 0;
    requests = 0;
    reached = [];
  });

  // 127.0.0.2 stands for the public address that the name has at first.
  const http = createUpstream({ allowedHosts: ['127.0.0.2/32'] });
  const send = async () => {
    const answer = await http.send({ method: 'GET', url: `http://rebind.example:${port}/`, headers: {} });
    answer.discard();
    return answer.status;
  };

  it('is looked up once a connection, and every address is judged before it is connected to', async () => {
    addresses = ['127.0.0.2'];
    expect(await send()).to.equal(200);
    expect([lookups, requests]).to.deep.equal([1, 1]);
    for (const next of [['127.0.0.1'], ['169.254.169.254'], ['10.0.0.1']]) {
      addresses = next;
      expect(await rejection(send()), String(next)).to.include({ code: 'ADDRESS_REFUSED' });
    }
    expect(requests).to.equal(1);
  });

  it('is connected to at those of its addresses only that are allowed', async () => {
    addresses = ['127.0.0.1', '127.0.0.2', '169.254.169.254'];
    expect(await send()).to.equal(200);
    expect(reached).to.deep.equal(['127.0.0.2']);
  });
});
