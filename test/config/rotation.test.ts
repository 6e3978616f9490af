import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import { KEY_FILE, type OpenedStore, openStore } from '../../config/store/index.js';
import { addToKeyFile } from '../../config/store/key-file.js';
import type { TokenToSave } from '../../config/store/store.js';
import { json, startFaultServer } from '../oauth/fault-server.js';
import { crmResource, crmType, dataFolder, person, startNode } from '../oauth/installation.js';
import { silent } from './silent.js';

const token = (access: string): TokenToSave => ({
  credential: person,
  resource: 'crm',
  accessToken: new Secret(access),
  refreshToken: new Secret('refresh'),
  tokenType: 'Bearer',
  issuedAt: new Date(Date.now() - 2_000),
  expiresAt: new Date(Date.now() - 1_000),
});

describe('The rotation of the key file', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  const stores: OpenedStore[] = [];
  const open = async () => {
    const store = await openStore({ data: folder.path }, silent);
    stores.push(store);
    return store;
  };
  const keyIds = async () =>
    [...(await readFile(join(folder.path, KEY_FILE), 'utf8')).matchAll(/^(key-\w+):/gm)].map(([, id]) => id);
  const access = async (store: OpenedStore) => (await store.tokens.get(person, 'crm'))?.accessToken.reveal();

  beforeEach(async () => {
    folder = await dataFolder();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await folder.remove();
  });

  it('makes a key, wraps everything with it, and a process that runs meanwhile goes on reading and writing', async () => {
    const running = await open();
    await running.tokens.save(token('one'), 'any');
    const operator = await open();
    const [first] = await keyIds();
    const rotated = await operator.rotateMasterKey();
    expect(rotated)
      .to.include({ rows: 1, made: true })
      .and.to.deep.include({ retired: [first], unreadable: [] });
    expect(await keyIds()).to.deep.equal([rotated.masterKey, first]);
    expect((await stat(join(folder.path, KEY_FILE))).mode & 0o777).to.equal(0o600);
    expect(await access(running)).to.equal('one');
    await running.tokens.save(token('two'), 'any');
    expect(await access(await open())).to.equal('two');
  });

  it('keeps the former key for what a process seals that has not met the new one, and drops it the next time', async () => {
    const stale = await open();
    await stale.tokens.save(token('one'), 'any');
    const operator = await open();
    const { masterKey: second } = await operator.rotateMasterKey();
    // It has read nothing since, so it seals with the former key.
    await stale.tokens.save({ ...token('two'), credential: 'user:bob' }, 'any');
    expect(await operator.rotateMasterKey(), 'what it sealed is wrapped first').to.include({ made: false, rows: 1 });
    const { masterKey: third } = await operator.rotateMasterKey();
    expect(await keyIds()).to.deep.equal([third, second]);
    expect(await access(stale)).to.equal('one');
    expect(await access(await open())).to.equal('one');
  });

  it('goes on where it was interrupted: no second key is made', async () => {
    const store = await open();
    for (let n = 0; n < 5; n++) await store.tokens.save({ ...token('one'), credential: `user:${n}` }, 'any');
    // The new key is there, and the process died before it wrapped a row.
    const [former = ''] = await keyIds();
    await addToKeyFile(folder.path, new Set([former]));
    const [added] = await keyIds();
    const rotated = await (await open()).rotateMasterKey();
    expect(rotated).to.include({ masterKey: added, made: false, rows: 5 });
    expect(await keyIds()).to.deep.equal([added, former]);
  });

  it('by two at once leaves a key file that opens everything', async () => {
    const [one, other] = [await open(), await open()];
    for (let n = 0; n < 120; n++) await one.tokens.save({ ...token('one'), credential: `user:${n}` }, 'any');
    await Promise.all([one.rotateMasterKey(), other.rotateMasterKey()]);
    const after = await open();
    for (let n = 0; n < 120; n++) {
      expect((await after.tokens.get(`user:${n}`, 'crm'))?.accessToken.reveal()).to.equal('one');
    }
  });

  it('fault 39: in the middle of a refresh loses neither the former token nor the new one', async () => {
    const endpoint = await startFaultServer();
    const node = await startNode(folder.path);
    try {
      await node.store.resourceTypes.save(crmType());
      await node.store.resources.save(crmResource({ tokenEndpoint: endpoint.url }));
      await node.store.tokens.save(token('former'), 'any');
      const operator = await open();
      endpoint.play((socket, body) => {
        operator.rotateMasterKey().then(() => json({ access_token: 'new', refresh_token: 'next' })(socket, body));
      });
      expect((await node.oauth.get('crm', person)).value.reveal()).to.equal('new');
      expect(await access(await open())).to.equal('new');
      expect((await operator.resources.reveal('crm'))?.document.values.client_secret).to.be.a('string');
    } finally {
      await node.close();
      await endpoint.close();
    }
  });
});
