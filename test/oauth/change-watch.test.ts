import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import { openStore } from '../../config/store/index.js';
import type { Store, TokenToSave } from '../../config/store/store.js';
import { ChangeWatch } from '../../runtime/change-watch.js';
import { silent } from '../config/silent.js';
import { crmType, dataFolder } from './installation.js';

const token: TokenToSave = {
  credential: 'user:alice',
  resource: 'crm',
  accessToken: new Secret('access'),
  refreshToken: new Secret('refresh'),
  tokenType: 'Bearer',
  issuedAt: new Date(),
};

const ended = { kind: 'consent', code: 'invalid_grant', message: '', at: '2030-01-01T00:00:00Z', count: 1 } as const;

describe('What one node changes', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let node: Store;
  let other: Store;
  let watch: ChangeWatch;
  let told: string[];

  beforeEach(async () => {
    folder = await dataFolder();
    node = await openStore({ data: folder.path }, silent);
    other = await openStore({ data: folder.path }, silent);
    await node.tokens.save(token, 'any');
    told = [];
    watch = new ChangeWatch(other, silent);
    watch.onChange(() => told.push('configuration'));
    watch.onTokenChange(({ resource, credential }) => told.push(`${resource} ${credential}`));
    await watch.look();
  });
  afterEach(async () => {
    await watch.stop();
    await node.close();
    await other.close();
    await folder.remove();
  });

  it('by refreshing a token makes no other node drop anything', async () => {
    for (let generation = 1; generation <= 20; generation++) await node.tokens.save(token, generation);
    await watch.look();
    expect(told).to.deep.equal([]);
  });

  it('by a consent, an end or a deletion of a token makes another drop that token, and no compiled method', async () => {
    await node.tokens.save(token, 'any');
    await watch.look();
    await node.tokens.requireReconnect('user:alice', 'crm', 2, ended);
    await watch.look();
    await node.tokens.delete('user:alice', 'crm');
    await watch.look();
    await watch.look();
    expect(told).to.deep.equal(['crm user:alice', 'crm user:alice', 'crm user:alice']);
  });

  it('is noticed within about a second, without anybody asking', async () => {
    await node.tokens.delete('user:alice', 'crm');
    await node.resourceTypes.save(crmType());
    const deadline = Date.now() + 3_000;
    while (told.length < 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).to.have.members(['configuration', 'crm user:alice']);
  });
});
