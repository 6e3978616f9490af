import { fork } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DataSource } from 'typeorm';
import { DATABASE_FILE, KEY_FILE, openStore } from '../../config/store/index.js';
import { rejection } from '../support/rejection.js';
import { description, instance, smartObject } from './samples.js';
import { silent } from './silent.js';

describe('a SQLite store in its data folder', () => {
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'smartwright-sqlite-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

  it('makes the folder, the database and the key file, readable by nobody else', async () => {
    const folder = join(data, 'deep', 'inside');
    const store = await openStore({ data: folder }, silent);
    await store.instances.save(instance());
    expect(await mode(folder)).to.equal('700');
    expect(await mode(join(folder, DATABASE_FILE))).to.equal('600');
    expect(await mode(join(folder, `${DATABASE_FILE}-wal`))).to.equal('600');
    expect(await mode(join(folder, KEY_FILE))).to.equal('600');
    await store.close();
  });

  it('keeps what was saved over a restart', async () => {
    const first = await openStore({ data }, silent);
    await first.instances.save(instance());
    await first.close();
    const second = await openStore({ data }, silent);
    expect((await second.instances.get('CRM'))?.document).to.deep.equal(instance());
    await second.close();
  });

  it('keeps the description that a release without versions had stored', async () => {
    const first = await openStore({ data }, silent);
    await first.descriptions.save('CRM', description());
    await first.close();
    const database = await new DataSource({ type: 'better-sqlite3', database: join(data, DATABASE_FILE) }).initialize();
    await database.query('DELETE FROM description_versions');
    await database.destroy();
    const second = await openStore({ data }, silent);
    await second.descriptions.save('CRM', description({ version: '2' }), { by: 'ada' });
    const versions = await second.descriptions.versions('CRM');
    expect(versions.map(({ version, current, serviceVersion }) => [version, current, serviceVersion])).to.deep.equal([
      [2, true, '2'],
      [1, false, '1.0'],
    ]);
    expect(await (await second.descriptions.version('CRM', 1))?.load()).to.deep.equal(description());
    await second.close();
  });

  it('finds the methods that a release without a search over them had stored', async () => {
    const first = await openStore({ data }, silent);
    await first.smartObjects.replace('CRM', [smartObject('Contact'), smartObject('Deal')]);
    const before = await first.smartObjects.findMethods();
    await first.close();
    const database = await new DataSource({ type: 'better-sqlite3', database: join(data, DATABASE_FILE) }).initialize();
    await database.query('DROP TABLE smart_method_entries');
    await database.query("DELETE FROM migrations WHERE name LIKE 'SmartMethodEntries%'");
    await database.destroy();
    const second = await openStore({ data }, silent);
    expect(before.total).to.equal(4);
    expect(await second.smartObjects.findMethods()).to.deep.equal(before);
    await second.close();
  });

  it('is opened by several processes at once, with one schema and one key', async function () {
    this.timeout(60_000);
    const script = new URL('./open-and-save.ts', import.meta.url);
    const codes = await Promise.all(
      ['A', 'B', 'C'].map(
        (name) =>
          new Promise<number | null>((resolve) => {
            fork(script, [data, name], { execArgv: ['--import', 'tsx'], stdio: 'inherit' }).once('exit', resolve);
          }),
      ),
    );
    expect(codes).to.deep.equal([0, 0, 0]);
    const store = await openStore({ data }, silent);
    const revealed = await Promise.all(['A', 'B', 'C'].map((name) => store.resources.reveal(name)));
    expect(revealed.map((one) => one?.document.values.client_secret)).to.deep.equal(['A', 'B', 'C']);
    await store.close();
  });

  it('refuses a key file that others can read, and says how to cure it', async () => {
    await (await openStore({ data }, silent)).close();
    await chmod(join(data, KEY_FILE), 0o644);
    const refused = await rejection(openStore({ data }, silent), 'SETTINGS_INVALID');
    expect(refused.message).to.contain('(mode 644)').and.contain('chmod 600');
  });

  it('makes no new key file when the database was sealed with a lost one', async () => {
    await (await openStore({ data }, silent)).close();
    await rm(join(data, KEY_FILE));
    const refused = await rejection(openStore({ data }, silent), 'SETTINGS_INVALID');
    expect(refused.message).to.contain('restore the key file');
    expect(await readFile(join(data, KEY_FILE)).catch((error: NodeJS.ErrnoException) => error.code)).to.equal('ENOENT');
  });

  it('refuses a key file that is malformed, without repeating any of it', async () => {
    await writeFile(join(data, KEY_FILE), 'k1:canarycanary\n', { mode: 0o600 });
    const refused = await rejection(openStore({ data }, silent), 'SETTINGS_INVALID');
    expect(refused.message).to.contain(KEY_FILE).and.contain('32 bytes').and.not.contain('canary');
  });

  it('says that a file is no database', async () => {
    await writeFile(join(data, DATABASE_FILE), 'not a database, and long enough to have a header of sixteen bytes');
    const refused = await rejection(openStore({ data }, silent), 'STORE_UNAVAILABLE');
    expect(refused.message).to.contain(join(data, DATABASE_FILE)).and.contain('is no SQLite database');
  });

  it('says that the data folder is a file', async () => {
    const file = join(data, 'file');
    await writeFile(file, '');
    expect((await rejection(openStore({ data: file }, silent), 'STORE_UNAVAILABLE')).message).to.contain(file);
  });

  it('says that the database is a folder', async () => {
    await mkdir(join(data, DATABASE_FILE));
    const refused = await rejection(openStore({ data }, silent), 'STORE_UNAVAILABLE');
    expect(refused.message).to.contain(DATABASE_FILE);
  });
});
