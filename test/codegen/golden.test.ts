import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkModules, deriveSmartObjects, generateModules, writeModules } from '../../codegen/index.js';
import { crmDescription } from './crm-description.js';
import { formatCheck, typeCheck } from './type-check.js';

/** The modules as they are read in review. `UPDATE_GOLDEN=1 npx mocha --spec test/codegen/golden.test.ts` writes them anew. */
const golden = join(import.meta.dirname, '../golden/crm');

describe('the modules of a CRM', () => {
  const objects = deriveSmartObjects({ name: 'Crm', displayName: 'CRM' }, crmDescription);
  const files = generateModules(objects, crmDescription.types);

  it('are the golden ones', async () => {
    if (process.env.UPDATE_GOLDEN === '1') writeModules(files, golden);
    expect(checkModules(files, golden)).to.deep.equal([]);
  });

  it('are typed as their users expect', async () => {
    const consumer = await readFile(join(golden, '../crm-consumer.ts'), 'utf8');
    const placed = files.map(({ path, content }) => ({ path: `crm/${path}`, content }));
    expect(await typeCheck([...placed, { path: 'crm-consumer.ts', content: consumer }])).to.deep.equal([]);
  });

  it('are formatted', async () => {
    expect(await formatCheck(files)).to.deep.equal([]);
  });

  it('are the same whatever the order of the objects and types', () => {
    const types = Object.fromEntries(Object.entries(crmDescription.types).reverse());
    expect(generateModules([...objects].reverse(), types)).to.deep.equal(files);
  });

  it('carry no type that nothing uses', () => {
    expect(files.some(({ content }) => content.includes('Unused'))).to.equal(false);
  });
});
