import { expect } from 'chai';
import fc from 'fast-check';
import { applyOverlay } from '../../runtime/overlay/index.js';
import { matches } from '../../runtime/overlay/patterns.js';
import { describeDocument, giving, openapi } from '../brokers/rest/describing.js';
import { broker as probe } from '../server/probe-broker.js';

describe('patterns of an overlay', () => {
  it('mean what the regular expression with .* for * means', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '.', '*', '/'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, candidate) => {
        const escaped = pattern.replace(/[.*/]/g, (mark) => (mark === '*' ? '.*' : `\\${mark}`));
        expect(matches(pattern, candidate)).to.equal(new RegExp(`^${escaped}$`, 'is').test(candidate));
      }),
      { numRuns: 2_000 },
    );
  });

  it('take time that grows with the text alone, however many stars there are', () => {
    const started = performance.now();
    expect(matches('*a'.repeat(500), `${'a'.repeat(20_000)}b`)).to.equal(false);
    expect(performance.now() - started).to.be.below(500);
  });
});

describe('an overlay on a broker that cannot change lists', () => {
  it('is told so, and the rest is applied', async () => {
    const description = await describeDocument(openapi({ '/things': { get: giving({ type: 'array', items: {} }) } }));
    const overlay = { methods: { 'Thing.List': { kind: 'read', displayName: 'All' } } } as const;
    const { description: result, faults } = await applyOverlay(description, overlay, probe);
    expect(faults.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([
      'OVERLAY_UNFIT: This cannot be: a service of type "probe" cannot have its lists changed.',
    ]);
    expect(result.serviceObjects[0]?.methods[0]).to.deep.include({ kind: 'list', displayName: 'All' });
  });
});
