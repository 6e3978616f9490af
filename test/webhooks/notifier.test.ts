import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createUpstream } from '../../brokers/http/index.js';
import { Secret } from '../../config/model/secret.js';
import type { TokenToSave } from '../../config/store/store.js';
import { Notifier } from '../../runtime/webhooks/notifier.js';
import { silent } from '../config/silent.js';
import { json, startFaultServer } from '../oauth/fault-server.js';
import { crmResource, crmType, dataFolder, type Node, person, startNode } from '../oauth/installation.js';

const key = Buffer.alloc(32, 7);
const secret = new Secret(`whsec_${key.toString('base64')}`);

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that answers with what it is told to, in order; the last answer stays. */
class Receiver {
  readonly deliveries: Delivery[] = [];
  answers: { status: number; retryAfter?: string }[] = [{ status: 204 }];
  readonly #server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.deliveries.push({ headers: request.headers, body });
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer?.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter);
    response.writeHead(answer?.status ?? 500).end();
  });

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('The webhook', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Node;
  let receiver: Receiver;
  let url: string;
  let offset: number;
  const notifiers: Notifier[] = [];

  beforeEach(async () => {
    folder = await dataFolder();
    node = await startNode(folder.path);
    receiver = new Receiver();
    url = await receiver.listen();
    offset = 0;
  });
  afterEach(async () => {
    for (const notifier of notifiers.splice(0)) await notifier.stop();
    await receiver.close();
    await node.close();
    await folder.remove();
  });

  function notifier({ store, oauth }: Node, allowedHosts = ['127.0.0.1'], configured = true): Notifier {
    const made = new Notifier({
      store,
      webhook: configured ? { url, secret } : undefined,
      http: createUpstream({ allowedHosts }),
      log: silent,
      authorizationUrl: (resource, credential) => oauth.authorizationUrl(resource, credential),
      now: () => Date.now() + offset,
    });
    notifiers.push(made);
    return made;
  }

  const token: TokenToSave = {
    credential: person,
    resource: 'crm',
    accessToken: new Secret('canary-access'),
    refreshToken: new Secret('canary-refresh'),
    tokenType: 'Bearer',
    issuedAt: new Date(0),
    expiresAt: new Date(1_000),
  };

  /** Lets a provider refuse the refresh token, so that a person is needed. */
  async function breakToken(): Promise<void> {
    const endpoint = await startFaultServer();
    endpoint.play(json({ error: 'invalid_grant' }, 400));
    await node.store.resourceTypes.save(crmType());
    await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url }));
    await node.store.tokens.save(token, 'any');
    await Promise.all(Array.from({ length: 5 }, () => node.oauth.get('crm', person).catch(() => undefined)));
    await endpoint.close();
  }

  it('is told once when a person is needed, and once when they came', async () => {
    await breakToken();
    const told = notifier(node);
    await told.look();
    await node.store.tokens.save(token, 'any');
    await node.store.tokens.save(token, 'any');
    await told.look();
    await told.look();
    const messages = receiver.deliveries.map(({ body }) => JSON.parse(body));
    expect(messages.map(({ type }) => type)).to.deep.equal(['token.reconnect-required', 'token.recovered']);
    const authorizationUrl = node.oauth.authorizationUrl('crm', person);
    expect(messages[0].data).to.deep.equal({
      resource: 'crm',
      credential: person,
      reason: 'invalid_grant',
      authorizationUrl,
    });
    expect(Date.parse(messages[0].timestamp)).to.be.closeTo(Date.now(), 60_000);
    expect(JSON.stringify(receiver.deliveries)).to.not.contain('canary');
  });

  it('can prove where a delivery comes from: HMAC-SHA-256 over id, time and body', async () => {
    await breakToken();
    await notifier(node).look();
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.deliveries;
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
    expect(Number(at)).to.be.closeTo(Date.now() / 1000, 60);
    const expected = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
    expect(signature).to.equal(`v1,${expected}`);
  });

  it('is tried again with the same id after a failure, and not before Retry-After', async () => {
    receiver.answers = [{ status: 500 }, { status: 429, retryAfter: '600' }, { status: 200 }];
    await breakToken();
    const told = notifier(node);
    const counts: number[] = [];
    for (const later of [0, 4_000, 2_000, 590_000, 20_000, 3_600_000]) {
      offset += later;
      await told.look();
      counts.push(receiver.deliveries.length);
    }
    expect(counts).to.deep.equal([1, 1, 2, 2, 3, 3]);
    expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
  });

  it('is told once by several nodes, and by another one after a restart', async () => {
    await breakToken();
    const other = await startNode(folder.path);
    try {
      await Promise.all([notifier(node), notifier(other)].map((one) => one.look()));
      expect(receiver.deliveries).to.have.length(1);
      await node.store.tokens.save(token, 'any');
      // The node that saw it is gone before it could tell.
      await notifier(other).look();
      expect(receiver.deliveries).to.have.length(2);
    } finally {
      await other.close();
    }
  });

  it('is not told at a private address that nobody allowed', async () => {
    await breakToken();
    await notifier(node, []).look();
    expect(receiver.deliveries).to.have.length(0);
  });

  it('is told nothing by a process without one, which leaves the notices to the others', async () => {
    await breakToken();
    await notifier(node, [], false).look();
    await notifier(node).look();
    expect(receiver.deliveries).to.have.length(1);
  });
});
