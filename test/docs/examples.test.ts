import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as broker from '../../brokers/index.js';
import type { AdminDocument } from '../../config/model/admin-document.js';
import { checkResourceAgainstType } from '../../config/schema/index.js';
import { readDocuments } from '../../runtime/cli/documents/read.js';
import { validDocuments } from '../../runtime/cli/documents/validate.js';
import * as client from '../../runtime/client/index.js';
import * as runtime from '../../runtime/index.js';
import * as conformance from '../conformance/broker-suite.js';
import { type Page, readPages } from './page.js';

const modules: Readonly<Record<string, object>> = {
  smartwright: runtime,
  'smartwright/broker': broker,
  'smartwright/client': client,
  'smartwright/conformance': conformance,
};

const inPages = (pages: readonly Page[], language: string) =>
  pages.flatMap(({ blocks }) => blocks.filter((block) => block.language === language));

describe('the examples of the documentation', () => {
  const pages = readPages();
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'smartwright-docs-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The documents of a YAML example, as `smartwright apply` reads them. */
  async function documentsIn(place: string, text: string): Promise<AdminDocument[]> {
    const file = join(folder, `${place.replaceAll(/[^\w]/g, '-')}.yaml`);
    writeFileSync(file, text);
    return validDocuments(await readDocuments([file], (name) => `a value of some length for ${name}`));
  }

  it('are documents that can be applied', async () => {
    const blocks = inPages(pages, 'yaml');
    expect(blocks.length).to.be.greaterThan(5);
    for (const { place, text } of blocks) {
      const documents = await documentsIn(place, text).catch((error: Error) =>
        expect.fail(`${place}: ${error.message}`),
      );
      expect(documents, place).not.to.deep.equal([]);
    }
  });

  it('give OAuth resources values that their types have', async () => {
    for (const page of pages) {
      const blocks = inPages([page], 'yaml');
      const documents = (await Promise.all(blocks.map(({ place, text }) => documentsIn(place, text)))).flat();
      const types = documents.filter((document) => document.kind === 'OAuthResourceType');
      for (const resource of documents.filter((document) => document.kind === 'OAuthResource')) {
        const type = types.find(({ name }) => name === resource.type);
        expect(type, `${page.file}: the type of ${resource.name}`).not.to.equal(undefined);
        if (type !== undefined) checkResourceAgainstType(resource, type);
      }
    }
  });

  it('import what the package exports', () => {
    const blocks = inPages(pages, 'ts');
    expect(blocks.length).to.be.greaterThan(2);
    for (const { place, text } of blocks) {
      for (const [, names = '', module = ''] of text.matchAll(/import \{([^}]*)\} from '(smartwright[^']*)'/g)) {
        const values = names.split(',').map((name) => name.trim());
        for (const name of values.filter((value) => value !== '' && !value.startsWith('type '))) {
          expect(Object.keys(modules[module] ?? {}), `${place}: ${module}`).to.include(name);
        }
      }
    }
  });

  it('are JSON where they say so', () => {
    for (const { place, text } of inPages(pages, 'json')) {
      expect(() => JSON.parse(text), place).not.to.throw();
    }
  });
});
