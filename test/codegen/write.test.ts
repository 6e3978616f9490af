import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  checkModules,
  deriveSmartObjects,
  type GeneratedFile,
  generateModules,
  writeModules,
} from '../../codegen/index.js';
import { refusal } from '../support/rejection.js';
import { crmDescription } from './crm-description.js';
import { inTemporaryFolder } from './type-check.js';

const objects = deriveSmartObjects({ name: 'Crm', displayName: 'CRM' }, crmDescription);
const all = generateModules(objects, crmDescription.types);
const [contacts = []] = [objects.filter(({ name }) => name === 'Crm_Contact')];
const onlyContacts = generateModules(contacts, crmDescription.types);
const paths = (files: readonly GeneratedFile[]): string[] => files.map(({ path }) => path);

describe('writing modules', () => {
  it('makes the folder, and leaves nothing there but the modules', async () => {
    await inTemporaryFolder(async (dir) => {
      const out = join(dir, 'a/b');
      const result = writeModules(all, out);
      expect(result).to.deep.equal({ written: paths(all), unchanged: [], removed: [] });
      expect((await readdir(out)).sort()).to.deep.equal(paths(all));
    });
  });

  it('does not touch files that are the same already', async () => {
    await inTemporaryFolder(async (dir) => {
      writeModules(all, dir);
      const before = await stat(join(dir, 'index.ts'));
      expect(writeModules(all, dir)).to.deep.equal({ written: [], unchanged: paths(all), removed: [] });
      expect((await stat(join(dir, 'index.ts'))).mtimeMs).to.equal(before.mtimeMs);
      expect((await stat(join(dir, 'index.ts'))).ino).to.equal(before.ino);
    });
  });

  it('removes what an earlier run generated, and nothing else', async () => {
    await inTemporaryFolder(async (dir) => {
      writeModules(all, dir);
      await writeFile(join(dir, 'own.ts'), 'export const own = 1;\n');
      const { removed } = writeModules(onlyContacts, dir);
      expect([...removed].sort()).to.deep.equal(['deal.ts', 'delete.ts', 'types.ts']);
      expect((await readdir(dir)).sort()).to.deep.equal(['contact.ts', 'index.ts', 'own.ts']);
    });
  });

  it('refuses to replace a file that it did not generate, and writes nothing then', async () => {
    await inTemporaryFolder(async (dir) => {
      await writeFile(join(dir, 'deal.ts'), 'export const mine = true;\n');
      const error = refusal(() => writeModules(all, dir), 'CONFLICT');
      expect(error.message).to.include(join(dir, 'deal.ts'));
      expect(await readdir(dir)).to.deep.equal(['deal.ts']);
      expect(await readFile(join(dir, 'deal.ts'), 'utf8')).to.equal('export const mine = true;\n');
    });
  });

  it('says that the output folder is a file', async () => {
    await inTemporaryFolder(async (dir) => {
      await writeFile(join(dir, 'out'), '');
      const error = refusal(() => writeModules(all, join(dir, 'out')), 'CONFLICT');
      expect(error.message).to.include('not a folder');
    });
  });

  it('fails whole when a module cannot be placed', async () => {
    await inTemporaryFolder(async (dir) => {
      await mkdir(join(dir, 'index.ts'));
      refusal(() => writeModules(all, dir), 'CONFLICT');
      expect(await readdir(dir)).to.deep.equal(['index.ts']);
    });
  });
});

describe('checking modules', () => {
  it('finds no drift in what was just written, whatever the line ends', async () => {
    await inTemporaryFolder(async (dir) => {
      expect(checkModules(all, join(dir, 'absent')).map(({ kind }) => kind)).to.deep.equal(all.map(() => 'missing'));
      writeModules(all, dir);
      const index = await readFile(join(dir, 'index.ts'), 'utf8');
      await writeFile(join(dir, 'index.ts'), index.replaceAll('\n', '\r\n'));
      expect(checkModules(all, dir)).to.deep.equal([]);
    });
  });

  it('names what is missing, changed and stale', async () => {
    await inTemporaryFolder(async (dir) => {
      writeModules(all, dir);
      await writeFile(join(dir, 'contact.ts'), `${await readFile(join(dir, 'contact.ts'), 'utf8')}// edited\n`);
      expect(checkModules([...onlyContacts, { path: 'new.ts', content: '' }], dir)).to.deep.include.members([
        { path: 'contact.ts', kind: 'changed' },
        { path: 'deal.ts', kind: 'stale' },
        { path: 'delete.ts', kind: 'stale' },
        { path: 'new.ts', kind: 'missing' },
      ]);
    });
  });
});
