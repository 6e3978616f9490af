import { join } from 'node:path';
import { expect } from 'chai';
import { brokers } from '../../../brokers/index.js';
import { contextFor } from './describing.js';

const descriptor = join(import.meta.dirname, '../../../samples/crm/openapi.yaml');

describe('REST: a description of some service objects', () => {
  it('has those that are wanted, as they are among all, and no other', async () => {
    const all = await brokers.rest.describe({ descriptor }, contextFor());
    expect(all.serviceObjects.length).to.be.greaterThan(2);
    for (const object of all.serviceObjects) {
      const objects = [object.name.toUpperCase()];
      const some = await brokers.rest.describe({ descriptor }, { ...contextFor(), objects });
      expect(some.serviceObjects).to.deep.equal([object]);
      for (const [name, type] of Object.entries(some.types)) expect(all.types[name]).to.deep.equal(type);
      expect(some.operations).to.equal(all.operations);
    }
  });

  it('is empty when there are none of these names', async () => {
    const none = await brokers.rest.describe({ descriptor }, { ...contextFor(), objects: ['Nothing'] });
    expect(none.serviceObjects).to.deep.equal([]);
    expect(none.types).to.deep.equal({});
  });
});
