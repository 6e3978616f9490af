import { expect } from 'chai';
import fc from 'fast-check';
import { parseJson, stringifyJson } from '../../runtime/client/index.js';

/** As JSON keeps it (without minus zero), with integers that a number cannot hold marked, however they came. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === 'bigint') return `big:${member}`;
    const wide = Number.isInteger(member) && !Number.isSafeInteger(member) && !String(member).includes('e');
    return wide ? `big:${member}` : member;
  });
  return JSON.parse(text);
}

describe('JSON with big integers', () => {
  it('keeps the digits that a number would lose, and only those', () => {
    expect(parseJson('[9007199254740991,9007199254740992,-9007199254740993,1234567890123456]')).to.deep.equal([
      9007199254740991,
      9007199254740992n,
      -9007199254740993n,
      1234567890123456,
    ]);
  });

  it('leaves fractions, exponents and digits in strings and keys alone', () => {
    const text =
      '{"12345678901234567890":"12345678901234567890","#n1":"#n12345678901234567890","s":"\\u0023n1","#s":"#s",' +
      '"f":0.12345678901234567,"e":1E-12345678901234567,"q":"\\\\\\"12345678901234567890","g":12345678901234567e2, "n" : -12345678901234567890}';
    const { n, ...others } = parseJson(text) as Record<string, unknown>;
    const { n: _n, ...expected } = JSON.parse(text) as Record<string, unknown>;
    expect(others).to.deep.equal(expected);
    expect(n).to.equal(-12345678901234567890n);
  });

  it('writes what it reads', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const big = fc.oneof(
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
      fc.bigInt({ min: -(2n ** 80n), max: -(2n ** 53n) }),
    );
    const tricky = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('#n1', '#s', '\\"', '"', '12345678901234567890'),
    );
    const entries = fc.oneof(
      value,
      big,
      tricky,
      fc.dictionary(tricky, fc.oneof(big, tricky), { noNullPrototype: true }),
    );
    fc.assert(
      fc.property(fc.array(entries), (data) => {
        expect(plain(parseJson(stringifyJson(data)))).to.deep.equal(plain(data));
      }),
      { numRuns: 300 },
    );
  });

  it('writes what JSON.stringify writes, beside big integers', () => {
    const value = {
      a: undefined,
      b: [undefined, () => 1, Number.NaN],
      c: new Date(0),
      d: { toJSON: () => ({ e: 1n }) },
      'f"': 1n,
    };
    expect(stringifyJson(value)).to.equal('{"b":[null,null,null],"c":"1970-01-01T00:00:00.000Z","d":{"e":1},"f\\"":1}');
  });

  it('refuses malformed text as JSON.parse does', () => {
    for (const text of [
      '{"a":12345678901234567890',
      '12345678901234567890x',
      '"12345678901234567890',
      '[12345678901234567890,]',
      '012345678901234567890',
    ]) {
      expect(() => parseJson(text), text).to.throw(SyntaxError);
    }
  });

  it('reads a long string in a document with big integers', () => {
    const content = 'A'.repeat(20_000_000);
    const read = parseJson(`{"content":"${content}","id":12345678901234567890}`) as { content: string; id: bigint };
    expect(read.id).to.equal(12345678901234567890n);
    expect(read.content.length).to.equal(content.length);
  });
});
