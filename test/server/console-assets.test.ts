import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findPackageFile } from '../../config/model/package-file.js';
import { consoleAsset } from '../../runtime/server/console/assets.js';

describe('the files of the console', () => {
  const folder = join(findPackageFile('package.json'), '../dist/console/assets');
  const name = `probe-${process.pid}.js`;
  const file = join(folder, name);

  after(() => rm(file, { force: true }));

  it('are remembered only where there are any, since anybody may ask for names without end', async () => {
    expect(consoleAsset(name)).to.equal(undefined);
    await mkdir(folder, { recursive: true });
    await writeFile(file, 'probe');
    expect(consoleAsset(name)?.content.toString()).to.equal('probe');
    await rm(file);
    expect(consoleAsset(name)?.content.toString()).to.equal('probe');
  });

  it('are never found outside of their folder', () => {
    for (const odd of ['../index.html', '..%2findex.html', '.js', 'a/b.js', 'a\0.js']) {
      expect(consoleAsset(odd), odd).to.equal(undefined);
    }
  });
});
