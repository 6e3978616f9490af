import SwaggerParser from '@apidevtools/swagger-parser';
import { expect } from 'chai';
import { parse } from 'yaml';
import { type Crm, startCrm } from '../../samples/crm/server.js';
import { type Gateway, startGateway } from './openapi-gateway.js';
import { swaggerAnswers } from './swagger-answers.js';
import { AUDIENCE, startTokenIssuer, type TokenIssuer } from './token-issuer.js';

interface Request {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A JSON answer; its members are looked at by the assertions. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty when there is none. */
  readonly body: Record<string, unknown>;
  readonly text: string;
}

interface Described {
  readonly paths: Record<string, Record<string, { operationId?: string; responses?: object }>>;
}

const ada = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.org' };

describe('samples/crm', () => {
  let issuer: TokenIssuer;
  let crm: Crm;
  let token: string;
  let gateway: Gateway | undefined;

  beforeEach(async () => {
    issuer = await startTokenIssuer();
    crm = await startCrm({
      issuer: issuer.url,
      audience: AUDIENCE,
      authorizationEndpoint: `${issuer.url}/auth`,
      tokenEndpoint: `${issuer.url}/token`,
      today: new Date('2026-03-01T12:00:00Z'),
    });
    token = await issuer.token();
  });
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
    await crm.close();
    await issuer.close();
  });

  async function send(verb: string, path: string, { body, headers }: Request = {}, base = crm.url): Promise<Answer> {
    const answer = await fetch(base + path, {
      method: verb,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text), text };
  }

  describe('access', () => {
    const challengeOf = async (authorization: string, path = '/contacts', verb = 'GET', body?: unknown) => {
      const { status, headers } = await send(verb, path, { headers: { authorization }, body });
      return [status, headers.get('www-authenticate') ?? ''] as const;
    };

    it('asks for a token without naming an error when there is none (RFC 6750 §3)', async () => {
      expect(await challengeOf('')).to.deep.equal([401, 'Bearer realm="crm"']);
      expect(await challengeOf('Basic YTpi')).to.deep.equal([401, 'Bearer realm="crm"']);
    });

    it('refuses tokens that are expired, foreign, for another service or no tokens', async () => {
      const wrong = [
        await issuer.token({ expiresIn: '-1 minute' }),
        await issuer.token({ audience: 'urn:another' }),
        await issuer.token({ issuer: 'http://127.0.0.1:1' }),
        `${token.slice(0, -8)}AAAAAAAA`,
        'no-token',
      ];
      for (const bearer of wrong) {
        const [status, challenge] = await challengeOf(`Bearer ${bearer}`);
        expect(status).to.equal(401);
        expect(challenge).to.match(/^Bearer realm="crm", error="invalid_token", error_description="[^"]+"$/);
      }
    });

    it('names the scope that a token lacks', async () => {
      const reader = `Bearer ${await issuer.token({ scope: 'crm.read' })}`;
      expect((await challengeOf(reader))[0]).to.equal(200);
      expect(await challengeOf(reader, '/contacts', 'POST', ada)).to.deep.equal([
        403,
        'Bearer realm="crm", error="insufficient_scope", scope="crm.write"',
      ]);
    });

    it('refuses the tokens used so far when sessions are ended, and takes new ones', async () => {
      expect((await send('GET', '/me')).status).to.equal(200);
      crm.endSessions();
      expect((await send('GET', '/me')).status).to.equal(401);
      token = await issuer.token();
      expect((await send('GET', '/me')).body).to.include({ subject: 'alice', client: 'tests' });
      expect(crm.counts()).to.deep.equal({ requests: 3, unauthorized: 1 });
    });
  });

  it('has the same data in every run', async () => {
    const first = await send('GET', '/contacts?limit=100');
    const again = await startCrm({
      issuer: issuer.url,
      audience: AUDIENCE,
      authorizationEndpoint: '',
      tokenEndpoint: '',
      today: new Date('2026-03-01T12:00:00Z'),
    });
    expect((await send('GET', '/contacts?limit=100', {}, again.url)).body).to.deep.equal(first.body);
    await again.close();
  });

  it('gives every contact once over the pages of its cursor', async () => {
    const seen = new Set<unknown>();
    let total: unknown;
    for (let cursor: unknown = ''; cursor !== null; ) {
      const { body } = await send('GET', `/contacts?limit=70${cursor === '' ? '' : `&cursor=${cursor}`}`);
      for (const { id } of body.items as { id: number }[]) seen.add(id);
      total = body.total;
      cursor = body.nextCursor;
    }
    expect([seen.size, total]).to.deep.equal([240, 240]);
    expect((await send('GET', '/contacts?cursor=x')).status).to.equal(400);
  });

  it('pages companies by offset', async () => {
    const { body } = await send('GET', '/companies?limit=15&offset=30');
    expect(body).to.include({ total: 40, offset: 30 });
    expect(body.items).to.have.length(10);
  });

  it('filters contacts by text, states, company and change', async () => {
    const { body } = await send('GET', '/contacts?search=LOVELACE&status=lead&status=active&limit=100');
    const items = body.items as { lastName: string; status: string; companyId: number }[];
    expect(items).not.to.equal(undefined);
    expect(items.every(({ lastName, status }) => lastName === 'Lovelace' && status !== 'dormant')).to.equal(true);
    const { body: dues } = await send('GET', '/deals?dueBefore=2026-03-01&stage=proposal');
    expect((dues.items as { dueOn: string }[]).every(({ dueOn }) => dueOn < '2026-03-01')).to.equal(true);
  });

  it('creates, reads, changes and deletes a contact with its nested address', async () => {
    const address = { city: 'London', country: 'GB' };
    const created = await send('POST', '/contacts', { body: { ...ada, address, shoeSize: 38 } });
    expect(created.status).to.equal(201);
    expect(created.body)
      .to.include({ ...ada, status: 'lead', version: 1 })
      .and.not.to.have.property('shoeSize');
    const path = created.headers.get('location') ?? '';
    expect((await send('GET', path)).body).to.deep.equal(created.body);
    const changed = await send('PATCH', path, {
      body: { status: 'active', address: { city: 'Paris', country: 'FR' } },
    });
    expect(changed.body).to.deep.include({ address: { city: 'Paris', country: 'FR' }, status: 'active', version: 2 });
    expect((await send('DELETE', path)).status).to.equal(204);
    expect((await send('GET', path)).status).to.equal(404);
  });

  it('answers 304 to a known entity tag and 412 to a change of an older version', async () => {
    const { headers } = await send('GET', '/contacts/1001');
    const tag = headers.get('etag') ?? '';
    expect((await send('GET', '/contacts/1001', { headers: { 'if-none-match': tag } })).status).to.equal(304);
    const change = { body: { newsletter: true }, headers: { 'if-match': tag } };
    expect((await send('PATCH', '/contacts/1001', change)).status).to.equal(200);
    expect((await send('PATCH', '/contacts/1001', change)).status).to.equal(412);
  });

  it('names every wrong field at once', async () => {
    const { status, headers, body } = await send('POST', '/contacts', {
      body: { firstName: '', email: 'ada', status: 'friend', address: { city: 'London', country: 'England' } },
    });
    expect([status, headers.get('content-type')]).to.deep.equal([422, 'application/problem+json; charset=utf-8']);
    expect((body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).to.have.members([
      '/firstName',
      '/lastName',
      '/email',
      '/status',
      '/address/country',
    ]);
  });

  it('refuses references to what does not exist', async () => {
    const { body } = await send('POST', '/contacts', { body: { ...ada, companyId: 7 } });
    expect(body).to.deep.include({
      status: 422,
      errors: [{ pointer: '/companyId', detail: 'names company 7, which does not exist' }],
    });
    expect((await send('DELETE', '/companies/101')).status).to.equal(409);
  });

  it('closes a deal once, in the name of the token’s person', async () => {
    const { body } = await send('GET', '/deals?stage=negotiation&limit=1');
    const [deal] = body.items as { id: number }[];
    const won = await send('POST', `/deals/${deal?.id}/win`, { body: { closedOn: '2026-03-01' } });
    expect(won.body).to.deep.include({
      stage: 'won',
      outcome: { closedOn: '2026-03-01', closedBy: 'alice', reason: null },
    });
    expect(
      (await send('POST', `/deals/${deal?.id}/lose`, { body: { closedOn: '2026-03-01', reason: 'x' } })).status,
    ).to.equal(409);
  });

  it('stores a photo and gives the same bytes back', async () => {
    const bytes = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 255]);
    const upload = (type: string, content = bytes) => {
      const form = new FormData();
      form.set('photo', new File([content], 'ä.png', { type }));
      form.set('caption', 'At the fair');
      return fetch(`${crm.url}/contacts/1001/photo`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
        body: form,
      });
    };
    expect((await upload('text/html')).status).to.equal(422);
    expect((await upload('image/png', new Uint8Array(1_100_000))).status).to.equal(413);
    expect(await (await upload('image/png')).json()).to.deep.equal({
      fileName: 'ä.png',
      mediaType: 'image/png',
      size: 10,
      caption: 'At the fair',
    });
    const answer = await fetch(`${crm.url}/contacts/1001/photo`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.headers.get('content-type')).to.equal('image/png');
    expect(new Uint8Array(await answer.arrayBuffer())).to.deep.equal(bytes);
  });

  describe('its descriptors', () => {
    /** One request for every JSON operation, and the errors that they declare. In this order. */
    const tour: readonly [verb: string, path: string, status: number, request?: Request][] = [
      [
        'GET',
        '/contacts?search=a&status=lead&status=active&sort=-updatedAt&limit=3&updatedSince=2024-02-01T00%3A00%3A00Z',
        200,
      ],
      [
        'POST',
        '/contacts',
        201,
        { body: { ...ada, phone: null, birthday: '1985-12-10', companyId: 101, tags: ['VIP'] } },
      ],
      ['POST', '/contacts', 422, { body: { ...ada, companyId: 7 } }],
      ['GET', '/contacts/1001', 200],
      ['GET', '/contacts/1001', 401, { headers: { authorization: '' } }],
      ['GET', '/contacts/7', 404],
      ['PATCH', '/contacts/1001', 200, { body: { status: 'dormant' }, headers: { 'if-match': '"1"' } }],
      ['PATCH', '/contacts/1001', 412, { body: { status: 'active' }, headers: { 'if-match': '"1"' } }],
      ['DELETE', '/contacts/1001', 204],
      ['GET', '/companies?industry=health&limit=2&offset=1', 200],
      ['POST', '/companies', 201, { body: { name: 'Difference Works', industry: 'software', employees: 2 } }],
      ['GET', '/companies/101', 200],
      ['PUT', '/companies/101', 200, { body: { name: 'Analytical Works', industry: 'manufacturing' } }],
      ['DELETE', '/companies/102', 409],
      ['DELETE', '/companies/141', 204],
      ['GET', '/deals?stage=won&stage=lost&dueBefore=2026-04-01', 200],
      [
        'POST',
        '/deals',
        201,
        { body: { title: 'Pilot', companyId: 101, value: { amount: 1, currency: 'GBP' }, dueOn: '2026-04-01' } },
      ],
      ['GET', '/deals/5061', 200],
      ['PATCH', '/deals/5061', 200, { body: { stage: 'negotiation', probability: 80 } }],
      ['POST', '/deals/5061/win', 200, { body: { closedOn: '2026-03-02' } }],
      ['POST', '/deals/5061/lose', 409, { body: { closedOn: '2026-03-02', reason: 'Late.' } }],
      ['DELETE', '/deals/5061', 204],
      ['GET', '/notes?about=contact&limit=2', 200],
      ['POST', '/notes', 201, { body: { about: 'company', aboutId: 101, text: 'Called.' } }],
      ['GET', '/notes/9091', 200],
      ['DELETE', '/notes/9091', 204],
      ['GET', '/me', 200],
    ];

    it('are valid, and name the addresses of this run', async () => {
      const json = (await (await fetch(`${crm.url}/openapi.json`)).json()) as { servers: { url: string }[] };
      const yaml = parse(await (await fetch(`${crm.url}/swagger.yaml`)).text()) as { host: string };
      expect([json.servers[0]?.url, yaml.host]).to.deep.equal([crm.url, crm.host]);
      for (const document of [json, yaml]) {
        await SwaggerParser.validate(document as unknown as Parameters<typeof SwaggerParser.validate>[0]);
      }
    });

    it('describe the same operations', async () => {
      const operations = (document: Described) =>
        Object.entries(document.paths).flatMap(([path, item]) =>
          Object.entries(item)
            .filter(([, { operationId }]) => operationId !== undefined)
            .map(([verb, { operationId, responses }]) =>
              [verb, path, operationId, ...Object.keys(responses ?? {})].join(' '),
            ),
        );
      const json = (await (await fetch(`${crm.url}/openapi.json`)).json()) as Described;
      const yaml = parse(await (await fetch(`${crm.url}/swagger.yaml`)).text()) as Described;
      expect(operations(json)).to.have.length(24);
      expect(operations(yaml)).to.deep.equal(operations(json));
    });

    it('describe its requests and answers truly: OpenAPI 3.1, judged by express-openapi-validator', async () => {
      const document = (await (await fetch(`${crm.url}/openapi.json`)).json()) as Record<string, unknown>;
      gateway = await startGateway({ ...document, servers: [{ url: '/' }] }, crm.url);
      for (const [verb, path, status, request] of tour) {
        const answer = await send(verb, path, request, gateway.url);
        expect(answer.status, `${verb} ${path}: ${JSON.stringify(answer.body)}`).to.equal(status);
      }
    });

    it('describe its answers truly: Swagger 2.0, judged by Ajv', async () => {
      const faults = swaggerAnswers(await (await fetch(`${crm.url}/swagger.yaml`)).text());
      for (const [verb, path, status, request] of tour) {
        const answer = await send(verb, path, request);
        expect(answer.status, `${verb} ${path}`).to.equal(status);
        const [pathname = ''] = path.split('?');
        expect(
          faults(verb, pathname, status, answer.text === '' ? undefined : answer.body),
          `${verb} ${path}`,
        ).to.deep.equal([]);
      }
    });
  });
});
