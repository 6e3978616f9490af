import { expect } from 'chai';
import { parseJson, writeJson } from '../../runtime/server/json.js';

const fault = (text: string): string => {
  try {
    parseJson(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no fault';
};

describe('JSON of requests and answers', () => {
  it('keeps every digit of an integer, and leaves all other numbers numbers', () => {
    const text =
      '{"id":9007199254740993,"small":42,"float":1234.5678901234567,"text":"9007199254740993","list":[-9223372036854775808]}';
    expect(parseJson(text)).to.deep.equal({
      id: 9007199254740993n,
      small: 42,
      float: 1234.5678901234567,
      text: '9007199254740993',
      list: [-9223372036854775808n],
    });
    expect(writeJson({ id: 9007199254740993n, at: new Date(0), list: [1n] })).to.equal(
      '{"id":9007199254740993,"at":"1970-01-01T00:00:00.000Z","list":[1]}',
    );
  });

  it('refuses nesting that no recursion should meet, and counts no brackets inside of strings', () => {
    expect(fault(`${'['.repeat(1_001)}${']'.repeat(1_001)}`)).to.equal('The body is nested deeper than 1000 levels.');
    expect(fault(`${'{"a":'.repeat(1_001)}1${'}'.repeat(1_001)}`)).to.contain('nested deeper');
    expect(fault(`${'['.repeat(1_000)}${']'.repeat(1_000)}`)).to.equal('no fault');
    expect(fault(JSON.stringify(['['.repeat(5_000), '\\"'.repeat(5_000)]))).to.equal('no fault');
    let deep: unknown = 1;
    for (let level = 0; level < 200_000; level++) deep = [deep];
    expect(() => writeJson(deep))
      .to.throw('nested too deep')
      .with.property('code', 'UPSTREAM_UNREADABLE');
  });

  it('refuses a number that it could not keep, and takes large ones that it can', () => {
    for (const number of ['1e999', '-1E+400', `1${'0'.repeat(400)}.5`]) {
      expect(fault(`{"a":[${number}]}`), number).to.equal('The body has a number that is too large to be kept.');
    }
    expect(parseJson('[1e300,"1e999"]')).to.deep.equal([1e300, '1e999']);
  });

  it('takes the last of a key that is given twice, big integers or not', () => {
    expect(parseJson('{"a":1,"a":9007199254740993}')).to.deep.equal({ a: 9007199254740993n });
  });

  it('keeps "__proto__" a plain property', () => {
    const value = parseJson('{"__proto__":{"admin":true},"id":9007199254740993}') as Record<string, unknown>;
    expect(Object.hasOwn(value, '__proto__')).to.equal(true);
    expect(value.admin).to.equal(undefined);
  });

  it('says where the fault is', () => {
    expect(fault('{"a":x}')).to.equal('The body is not JSON: line 1, column 6 (position 5).');
    expect(fault('{\n  "a": 1,\n  b: 2\n}')).to.contain('line 3, column 3');
    expect(fault('{"a": 1')).to.equal('The body ends too early to be JSON: line 1, column 8 (position 7).');
    expect(fault('')).to.contain('ends too early');
    expect(fault('{"a":1,"a":2,x}')).to.contain('position 13');
  });
});
