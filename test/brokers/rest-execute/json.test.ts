import { expect } from 'chai';
import fc from 'fast-check';
import { parseJson, stringifyJson } from '../../../brokers/rest/execute/index.js';

describe('JSON with integers of any size', () => {
  it('reads each integer exactly, wherever it stands', () => {
    const scalarValue = fc.oneof(
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    );
    const property = fc.property(fc.dictionary(fc.string(), fc.array(scalarValue)), (value) => {
      const normal = (item: unknown): unknown =>
        typeof item === 'bigint' && Number.isSafeInteger(Number(item)) ? Number(item) : item;
      const expected = Object.fromEntries(Object.entries(value).map(([key, items]) => [key, items.map(normal)]));
      const text = stringifyJson(expected) ?? '';
      expect(parseJson(text)).to.deep.equal(expected);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('reads what has no long integer as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('keeps a long integer at the root, with a sign, and after white space', () => {
    expect(parseJson('9007199254740993')).to.equal(9007199254740993n);
    expect(parseJson('[-9007199254740993]')).to.deep.equal([-9007199254740993n]);
    expect(parseJson('{"a":\n\t9007199254740993}')).to.deep.equal({ a: 9007199254740993n });
    expect(parseJson('{"a":0.12345678901234567890,"b":12345678901234567890.5}')).to.deep.equal({
      a: JSON.parse('0.12345678901234567890'),
      b: JSON.parse('12345678901234567890.5'),
    });
  });

  it('finds the one long integer behind long runs of digits in strings', () => {
    for (let shift = 0; shift < 40; shift++) {
      const text = `["${'a'.repeat(shift)}${'7'.repeat(100)}",${' '.repeat(shift % 7)}9007199254740993]`;
      expect(parseJson(text)).to.have.property('1', 9007199254740993n);
    }
    expect(parseJson(`"x${'7'.repeat(3_000_000)}"`)).to.have.length(3_000_001);
  });

  it('takes the last of duplicate members, as JSON.parse does', () => {
    expect(parseJson('{"a":1,"a":9007199254740993}')).to.deep.equal({ a: 9007199254740993n });
  });
});
