import { expect } from 'chai';
import { startAuthorizationServer } from '../../samples/authorization-server/index.js';
import { usePostgres } from '../config/postgres.js';
import {
  callbackUrl,
  clientSecret,
  consent,
  crmResource,
  crmType,
  dataFolder,
  person,
  startNode,
} from './installation.js';

const hour = 3_600_000;

describe('Four nodes on one PostgreSQL', () => {
  const postgres = usePostgres();

  it('fault 35: refresh once for each expiry, under rotation and reuse detection', async function () {
    this.timeout(120_000);
    const server = await startAuthorizationServer({
      clients: [{ clientId: 'crm-client', clientSecret }],
      redirectUris: [callbackUrl],
      accessTokenTtl: 600,
    });
    const { authorizationEndpoint, tokenEndpoint, issuer } = server;
    const database = await postgres().createDatabase();
    const folder = await dataFolder();
    const nodes = [];
    for (let n = 0; n < 4; n++) nodes.push(await startNode(folder.path, database.url));
    try {
      const [first] = nodes;
      if (first === undefined) throw new Error('no node');
      await first.store.resourceTypes.save(crmType());
      await first.store.resources.save(crmResource({ authorizationEndpoint, tokenEndpoint, issuer }));
      await consent(first);
      for (let n = 1; n <= 4; n++) {
        for (const { clock } of nodes) clock.offset = n * hour;
        const calls = nodes.flatMap(({ oauth }) => Array.from({ length: 25 }, () => oauth.get('crm', person)));
        const tokens = await Promise.all(calls);
        expect(new Set(tokens.map(({ value }) => value.reveal())).size).to.equal(1);
        expect(server.counts().refresh_token).to.equal(n);
      }
      expect(await first.store.tokens.get(person, 'crm')).to.include({ generation: 5, state: 'valid' });
    } finally {
      for (const node of nodes) await node.close();
      await folder.remove();
      await database.drop();
      await server.close();
    }
  });
});
