import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';
import { anchorsOf, type Page, prose, readPages, root } from './page.js';

interface Link {
  readonly page: Page;
  readonly target: string;
}

const pages = readPages();
const links = pages.flatMap((page): Link[] =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target })),
);
const relative = links.filter(({ target }) => !/^[a-z]+:/.test(target));

/** The file that a link leads to, from the root, and the anchor in it. */
function parts({ page, target }: Link): { file: string; anchor: string | undefined } {
  const [path = '', anchor] = target.split('#', 2);
  return { file: path === '' ? page.file : normalize(join(dirname(page.file), path)), anchor };
}

describe('the links of the documentation', () => {
  it('lead to files that there are', () => {
    expect(relative.length).to.be.greaterThan(20);
    const dead = relative.filter((link) => !existsSync(join(root, parts(link).file)));
    expect(dead.map(({ page, target }) => `${page.file}: ${target}`)).to.deep.equal([]);
  });

  it('lead to headings that there are', () => {
    const dead = relative.filter((link) => {
      const { file, anchor } = parts(link);
      const page = pages.find((candidate) => candidate.file === file);
      return anchor !== undefined && (page === undefined || !anchorsOf(page).has(anchor));
    });
    expect(dead.map(({ page, target }) => `${page.file}: ${target}`)).to.deep.equal([]);
  });

  it('make each page reachable from the README', () => {
    const reached = new Set(['README.md', 'CHANGELOG.md']);
    for (const file of reached) {
      for (const link of relative.filter(({ page }) => page.file === file)) {
        const { file: next } = parts(link);
        if (pages.some((page) => page.file === next)) reached.add(next);
      }
    }
    expect(pages.map(({ file }) => file).filter((file) => !reached.has(file))).to.deep.equal([]);
  });

  it('show pictures that are quick to load', () => {
    const pictures = relative.map((link) => parts(link).file).filter((file) => file.endsWith('.png'));
    expect(pictures.length).to.be.greaterThan(0);
    for (const file of pictures) expect(statSync(join(root, file)).size, file).to.be.lessThan(200 * 1024);
  });
});
