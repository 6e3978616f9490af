import { expect } from 'chai';
import * as fc from 'fast-check';
import { isBase64 } from '../../brokers/file-bytes.js';

describe('The bytes of a file', () => {
  it('are base64 of any length, with white space in it and both alphabets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(isBase64(text)).to.equal(true);
        expect(isBase64(` ${text.replace(/.{4}/g, '$&\r\n')} \n`)).to.equal(true);
        expect(isBase64(Buffer.from(bytes).toString('base64url'))).to.equal(true);
      }),
    );
    for (const none of ['a!', 'a===', '=a', 'a= =', 'é']) expect(isBase64(none), none).to.equal(false);
  });

  it('are refused in no time, however much white space is before what is no base64', function () {
    this.timeout(5_000);
    expect(isBase64(`${' '.repeat(1_000_000)}!`)).to.equal(false);
    expect(isBase64(`a=${' '.repeat(1_000_000)}!`)).to.equal(false);
  });
});
