import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Upstream } from '../../../brokers/http/upstream.js';
import type { Deviations } from './deviations.js';

/** A provider that holds its clients to what it documents. */
export interface Simulator {
  /** What clients did wrong, a sentence each. */
  readonly faults: readonly string[];
  /** How often the token endpoint was asked. */
  readonly tokenRequests: number;
  /** The access tokens that were issued, in order. */
  readonly issued: readonly string[];
  /** The refresh tokens that were handed out, in order. */
  readonly refreshTokens: readonly string[];
  /** Ends every refresh token. */
  end(): void;
  /** Consents as a person would, and returns the address that the browser is sent back to. */
  consent(authorizationUrl: string): Promise<URL>;
  /** Sends what goes to the provider's hosts to the simulator. */
  redirected(upstream: Upstream): Upstream;
  close(): Promise<void>;
}

interface Grant {
  readonly redirectUri: string;
  readonly challenge: string | null;
}

/** The parameters that a code exchange or a refresh may carry, for a provider that refuses all others. */
const standardMembers = new Set(['grant_type', 'code', 'redirect_uri', 'refresh_token']);

/** A real HTTP server on loopback. The host that a request was meant for is part of its path. */
export async function startSimulator(provider: Deviations): Promise<Simulator> {
  const faults: string[] = [];
  const issued: string[] = [];
  const refreshTokens: string[] = [];
  const codes = new Map<string, Grant>();
  let current: string | undefined;
  let tokenRequests = 0;
  const { authorize, token, refresh, clientName = 'client_id', pkce = 'required' } = provider;
  const { client_secret: secret, [clientName]: clientId } = provider.given.values;

  const expect = (isRight: boolean, fault: string): boolean => {
    if (!isRight) faults.push(fault);
    return isRight;
  };
  const expectMembers = (
    where: string,
    wanted: Readonly<Record<string, string>> = {},
    has: (name: string) => readonly string[],
  ): void => {
    for (const [name, value] of Object.entries(wanted)) {
      const all = has(name);
      expect(
        all.length === 1 && all[0] === value,
        `${where}: ${name} must be "${value}" once, is ${JSON.stringify(all)}`,
      );
    }
  };

  function answerAuthorization(query: URLSearchParams, response: ServerResponse): void {
    const all = (name: string) => query.getAll(name);
    expectMembers('authorization', { response_type: 'code', [clientName]: String(clientId), ...authorize?.query }, all);
    expect(clientName === 'client_id' || !query.has('client_id'), 'authorization: client_id under two names');
    expect(!query.has('client_secret') && !query.toString().includes('canary'), 'authorization: a secret in a URL');
    const challenge = query.get('code_challenge');
    expect((challenge !== null) === (pkce === 'required'), `authorization: PKCE must be ${pkce}`);
    const redirectUri = query.get('redirect_uri') ?? '';
    const code = randomUUID();
    codes.set(code, { redirectUri, challenge });
    const back = new URL(redirectUri);
    for (const [name, value] of Object.entries({ ...authorize?.callback, code, state: query.get('state') ?? '' })) {
      back.searchParams.set(name, value);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  function answerToken(request: IncomingMessage, body: string, response: ServerResponse): void {
    tokenRequests += 1;
    const format = token.body ?? 'form';
    const type = format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
    expect(request.method === 'POST' && request.headers['content-type'] === type, `token: must be a POST of ${type}`);
    const pairs: [string, string][] =
      format === 'json' ? Object.entries(JSON.parse(body) as Record<string, string>) : [...new URLSearchParams(body)];
    const all = (name: string) => pairs.filter(([key]) => key === name).map(([, value]) => value);
    const one = (name: string) => all(name)[0];
    expectClient(request, all);

    const isRefresh = refresh !== undefined && one('grant_type') === (refresh.grantType ?? 'refresh_token');
    expectMembers(isRefresh ? 'refresh' : 'token', isRefresh ? refresh.has : token.has, all);
    if (token.strict === true) {
      const unknown = pairs.map(([name]) => name).filter((name) => !standardMembers.has(name));
      if (!expect(unknown.length === 0, `token: unknown members ${unknown.join(', ')}`)) {
        refuse(response);
        return;
      }
    }
    const good = isRefresh ? isCurrent(one(refresh.member ?? 'refresh_token')) : isGrant(one);
    if (!good) {
      refuse(response, isRefresh ? provider.over : undefined);
      return;
    }
    const access = `access-${randomUUID()}`;
    issued.push(access);
    const next =
      refresh === undefined || (isRefresh && refresh.style === 'same') ? undefined : `refresh-${randomUUID()}`;
    const isOwn = refresh?.member !== undefined;
    if (next !== undefined) {
      current = isOwn ? access : next;
      refreshTokens.push(current);
    }
    send(response, 200, provider.answer(access, isOwn ? undefined : next));
  }

  function expectClient(request: IncomingMessage, all: (name: string) => readonly string[]): void {
    const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    if (token.client === 'basic') {
      expect(request.headers.authorization === basic, 'token: the client must authenticate by Basic');
      expect(all('client_secret').length + all(clientName).length === 0, 'token: two ways of client authentication');
      return;
    }
    expect(request.headers.authorization === undefined, 'token: the client must not authenticate by Basic');
    expectMembers('token', { [clientName]: String(clientId) }, all);
    if (token.client === 'body') expectMembers('token', { client_secret: String(secret) }, all);
  }

  const isCurrent = (presented: string | undefined): boolean => presented !== undefined && presented === current;

  /** A code works once, with the redirect URI that it was issued for and the verifier of its challenge. */
  function isGrant(one: (name: string) => string | undefined): boolean {
    if (authorize === undefined) return (one('assertion') ?? '') !== '';
    expect(one('grant_type') === 'authorization_code', 'token: grant_type must be authorization_code');
    const grant = codes.get(one('code') ?? '');
    codes.delete(one('code') ?? '');
    if (grant === undefined) return false;
    expect(one('redirect_uri') === grant.redirectUri, 'token: another redirect_uri than in the authorization request');
    const verifier = one('code_verifier');
    if (grant.challenge === null) return expect(verifier === undefined, 'token: a verifier without a challenge');
    const challenge = createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url');
    return expect(challenge === grant.challenge, 'token: the verifier is not that of the challenge');
  }

  function refuse(response: ServerResponse, over?: Deviations['over']): void {
    const { status, body } = over ?? provider.refusal ?? { status: 400, body: { error: 'invalid_grant' } };
    send(response, status, body);
  }

  /** A provider whose answers are forms writes its errors as forms too. */
  function send(response: ServerResponse, status: number, body: object): void {
    const isForm = provider.answers === 'form';
    const type = isForm ? 'application/x-www-form-urlencoded; charset=utf-8' : 'application/json; charset=utf-8';
    const written = isForm ? new URLSearchParams(Object.entries(body)).toString() : JSON.stringify(body);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(written);
  }

  const server = createServer(async (request, response) => {
    const [, path = '', query = ''] = /^\/([^?]*)\??(.*)$/.exec(request.url ?? '') ?? [];
    const address = `https://${path}`;
    if (address === authorize?.url && request.method === 'GET') {
      answerAuthorization(new URLSearchParams(query), response);
    } else if (address === token.url) {
      answerToken(request, await text(request), response);
    } else {
      faults.push(`nothing is at ${request.method} ${address}`);
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const local = (url: string) => url.replace(/^https:\//, origin);
  return {
    faults,
    issued,
    refreshTokens,
    get tokenRequests() {
      return tokenRequests;
    },
    end() {
      current = undefined;
    },
    async consent(authorizationUrl) {
      const answer = await fetch(local(authorizationUrl), { redirect: 'manual' });
      const back = answer.headers.get('location');
      if (back === null) throw new Error(`${answer.status} from ${authorizationUrl}: ${faults.join('; ')}`);
      return new URL(back);
    },
    redirected: ({ send: sendOn }) => ({ send: (request) => sendOn({ ...request, url: local(request.url) }) }),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
