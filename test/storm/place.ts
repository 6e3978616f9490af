import type { Credential } from '../../config/model/principal.js';
import { type AuthorizationServer, startAuthorizationServer } from '../../samples/authorization-server/index.js';
import {
  callbackUrl,
  clientSecret,
  consent,
  crmResource,
  crmType,
  dataFolder,
  type Node,
  startNode,
} from '../oauth/installation.js';
import { startPostgres } from '../support/postgres-server.js';

/** Where a storm rages: a database, an authorization server, and a consent of each credential. */
export interface Place {
  readonly data: string;
  readonly databaseUrl: string;
  readonly server: AuthorizationServer;
  /** A node of the leader's own, that looks and does not call. */
  readonly node: Node;
  readonly credentials: readonly Credential[];
  close(): Promise<void>;
}

/** @param ttl seconds that an access token lives */
export async function openPlace(credentialCount: number, ttl: number): Promise<Place> {
  const postgres = await startPostgres();
  const server = await startAuthorizationServer({
    clients: [{ clientId: 'crm-client', clientSecret }],
    redirectUris: [callbackUrl],
    accessTokenTtl: ttl,
  });
  const database = await postgres.createDatabase();
  const folder = await dataFolder();
  const node = await startNode(folder.path, database.url);
  const { authorizationEndpoint, tokenEndpoint, issuer } = server;
  await node.store.resourceTypes.save(crmType());
  await node.store.resources.save(crmResource({ authorizationEndpoint, tokenEndpoint, issuer }));
  const credentials = Array.from({ length: credentialCount }, (_, n): Credential => `user:person-${n}`);
  for (const credential of credentials) await consent(node, credential);
  return {
    data: folder.path,
    databaseUrl: database.url.reveal(),
    server,
    node,
    credentials,
    async close() {
      await node.close();
      await server.close();
      await postgres.stop();
      await folder.remove();
    },
  };
}
