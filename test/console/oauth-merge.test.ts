import { expect } from 'chai';
import fc from 'fast-check';
import { type Json, merge, withMine } from '../../console/src/documents/merge.js';

describe('bringing together what two people made of a document', () => {
  const base = {
    name: 'crm',
    description: 'Old',
    values: { client_id: 'a', scope: 'read' },
    parameters: [{ name: 'client_id' }, { name: 'scope', secret: false }],
    hosts: ['one'],
  };

  it('takes over what only one of them changed, deep inside too', () => {
    const mine = { ...base, values: { client_id: 'b', scope: 'read' }, hosts: ['one', 'two'] };
    const theirs = { ...base, description: 'New', values: { client_id: 'a', scope: 'write' } };
    const { merged, conflicts, theirChanges } = merge(base, mine, theirs);
    expect(merged).to.deep.equal({
      ...base,
      description: 'New',
      values: { client_id: 'b', scope: 'write' },
      hosts: ['one', 'two'],
    });
    expect(conflicts).to.deep.equal([]);
    expect(theirChanges).to.deep.equal([['description'], ['values', 'scope']]);
  });

  it('tells rows of a table by their names, wherever they stand', () => {
    const mine = { ...base, parameters: [...base.parameters, { name: 'prompt' }] };
    const theirs = { ...base, parameters: [{ name: 'scope', secret: true }, { name: 'client_id' }] };
    expect(merge(base, mine, theirs)).to.deep.include({
      merged: { ...base, parameters: [{ name: 'scope', secret: true }, { name: 'client_id' }, { name: 'prompt' }] },
      conflicts: [],
    });
  });

  it('asks where both changed the same, and where one deleted what the other changed', () => {
    const mine = { ...base, description: 'Mine', values: { client_id: 'a' } };
    const theirs = { ...base, description: 'Theirs', values: { client_id: 'a', scope: 'write' } };
    const { merged, conflicts } = merge(base, mine, theirs);
    expect(conflicts.map(({ path }) => path)).to.deep.equal([['description'], ['values', 'scope']]);
    expect(merged).to.deep.equal(theirs);
    expect(conflicts.reduce<Json>(withMine, merged)).to.deep.equal(mine);
  });

  it('loses no change of either, whatever they did', () => {
    const value = fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }));
    const document = fc.dictionary(
      fc.constantFrom('p', 'q', 'r'),
      fc.oneof(value, fc.dictionary(fc.constantFrom('s', 't'), value)),
    );
    fc.assert(
      fc.property(document, document, document, (was, mine, theirs) => {
        const { merged, conflicts } = merge(was, mine, theirs);
        expect(merge(was, theirs, theirs).conflicts).to.deep.equal([]);
        expect(merge(was, was, theirs).merged).to.deep.equal(theirs);
        expect(merge(was, mine, was).merged).to.deep.equal(mine);
        const all = conflicts.reduce<Json>(withMine, merged);
        for (const [name, own] of Object.entries(mine)) {
          const untouched = JSON.stringify(was[name]) === JSON.stringify(theirs[name]);
          if (untouched) expect(all).to.have.deep.property(name, own);
        }
      }),
    );
  });
});
