import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUpstream, type Upstream } from '../../brokers/http/index.js';
import type { Logger } from '../../config/model/logger.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import type { Credential } from '../../config/model/principal.js';
import type { Secret } from '../../config/model/secret.js';
import { type OpenedStore, openStore } from '../../config/store/index.js';
import { createOAuth, type OAuthEvent } from '../../runtime/oauth/index.js';
import type { OAuth } from '../../runtime/oauth/oauth.js';
import { alice, passConsent } from '../../samples/authorization-server/index.js';

/** Nothing listens there: the script stops before the callback, and the test hands the answer on. */
export const publicUrl = 'http://127.0.0.1:9';
export const callbackUrl = `${publicUrl}/identity/token/oauth/2`;
export const person: Credential = 'user:alice';
export const clientSecret = 'canary-client-secret-0123456789';

/** A resource type as an admin writes it. */
export const crmType = (changes: Partial<OAuthResourceType> = {}): OAuthResourceType => ({
  kind: 'OAuthResourceType',
  name: 'sample',
  parameters: [
    { name: 'client_id', stages: { authorization: {}, token: {}, refresh: {} } },
    { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
    { name: 'scope', stages: { authorization: { default: 'crm.read' } } },
  ],
  ...changes,
});

/** A resource of that type. */
export const crmResource = (changes: Partial<OAuthResource> = {}): OAuthResource => ({
  kind: 'OAuthResource',
  name: 'crm',
  type: 'sample',
  authorizationEndpoint: 'https://provider.example/authorize',
  tokenEndpoint: 'https://provider.example/token',
  values: { client_id: 'crm-client', client_secret: clientSecret },
  allowedHosts: ['127.0.0.1'],
  ...changes,
});

/** One node: a store, a token engine, a clock that can be set forward, and everything that was logged. */
export interface Node {
  readonly store: OpenedStore;
  readonly oauth: OAuth;
  readonly events: OAuthEvent[];
  readonly logged: string[];
  readonly clock: { offset: number };
  close(): Promise<void>;
}

/**
 * @param databaseUrl PostgreSQL; absent: SQLite in the data folder
 * @param way the way to providers; default: the guarded transport as it is
 */
export async function startNode(
  data: string,
  databaseUrl?: Secret,
  way: (upstream: Upstream) => Upstream = (upstream) => upstream,
): Promise<Node> {
  const logged: string[] = [];
  const write = (details: object, message: string) => void logged.push(JSON.stringify({ ...details, message }));
  const log: Logger = { debug: write, info: write, warn: write, error: write };
  const store = await openStore({ data, ...(databaseUrl === undefined ? {} : { databaseUrl }) }, log);
  const clock = { offset: 0 };
  const events: OAuthEvent[] = [];
  const oauth = createOAuth({
    store,
    log,
    publicUrl: () => publicUrl,
    http: ({ allowedHosts = [] }) => way(createUpstream({ allowedHosts, log })),
    now: () => Date.now() + clock.offset,
    onEvent: (event) => void events.push(event),
  });
  const close = async () => {
    await oauth.close();
    await store.close();
  };
  return { store, oauth, events, logged, clock, close };
}

/** A data folder of its own, gone afterwards. */
export async function dataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'smartwright-oauth-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Consents as Alice, up to the callback, and returns what it receives. */
export async function authorizationResponse(
  { oauth }: Pick<Node, 'oauth'>,
  { credential = person, session = 'session-1', resource = 'crm' } = {},
): Promise<URLSearchParams> {
  const url = await oauth.consent.begin({ resource, credential, session });
  const end = await passConsent(url, { ...alice, stopBefore: callbackUrl });
  return new URL(end.url).searchParams;
}

/** Consents as Alice, to the end. */
export async function consent(node: Node, credential: Credential = person): Promise<void> {
  await node.oauth.consent.complete(await authorizationResponse(node, { credential }), 'session-1');
}
