import { expect } from 'chai';
import { nearest } from '../../config/schema/index.js';
import { prettyJson } from '../../runtime/cli/output/pretty-json.js';
import { table } from '../../runtime/cli/output/table.js';
import { parseHeaders } from '../../runtime/cli/service/headers.js';
import { parseKeys, typedHosts } from '../../runtime/cli/service/keys.js';

describe('what a command prints', () => {
  it('is JSON as JSON.stringify indents it, with bigints in full', () => {
    const value = { a: [1, 'x"\n', null, true, [], {}], b: { c: undefined, d: new Date(0) }, __e: 1.5 };
    expect(prettyJson(value)).to.equal(JSON.stringify(value, null, 2));
    expect(prettyJson({ n: 12345678901234567890n })).to.equal('{\n  "n": 12345678901234567890\n}');
    expect(prettyJson(undefined)).to.equal('null');
  });

  it('is a table whose columns line up and whose cells cannot move the cursor', () => {
    const text = table(
      ['Name', 'N'],
      [
        ['a\u001b[2J\nb', 1],
        ['long name', { x: 2n }],
        ['y'.repeat(80), null],
      ],
    );
    expect(text.split('\n').slice(0, 3)).to.deep.equal([
      `Name${' '.repeat(58)}N`,
      `${'a\ufffd[2J b'.padEnd(62)}1`,
      `${'long name'.padEnd(62)}{"x":"2"}`,
    ]);
    expect(text.split('\n')[3]).to.match(/^y{59}…$/);
  });
});

describe('what a person types', () => {
  const schema = {
    type: 'object' as const,
    properties: {
      serviceUrl: { type: 'string' as const, title: 'Service URL' },
      timeout: { type: 'integer' as const },
      verify: { type: 'boolean' as const },
      headers: { type: 'object' as const, title: 'Default HTTP Request Headers' },
    },
  };

  it('names a key in any of its three ways, and its value is read by its type', () => {
    const keys = parseKeys(
      [
        'service-url=http://a/?x=1',
        'TIMEOUT=30',
        'verify=false',
        'Default HTTP Request Headers=A: b:c',
        'headers={"d":"e"}',
      ],
      schema,
    );
    expect(keys).to.deep.equal({
      serviceUrl: 'http://a/?x=1',
      timeout: 30,
      verify: false,
      headers: { A: 'b:c', d: 'e' },
    });
  });

  it('keeps a value that is not of the type, for validation to name', () => {
    expect(parseKeys(['timeout=soon'], schema)).to.deep.equal({ timeout: 'soon' });
  });

  it('allows the hosts of typed URLs, with their ports, and no other', () => {
    const keys = {
      a: 'http://localhost:3000/x',
      b: 'https://example.com/y',
      c: './file.yaml',
      d: 7,
      e: 'http://[::1]:80/',
    };
    expect(typedHosts(keys)).to.deep.equal(['localhost:3000', 'example.com:443', '[::1]:80']);
  });

  it('is a header in one line only', () => {
    expect(parseHeaders(['X-A:  b ', 'Authorization: Bearer x:y'])).to.deep.equal({
      'x-a': 'b',
      authorization: 'Bearer x:y',
    });
    for (const line of ['a b: c', 'a', ': b', 'a: b\r\nc: d', 'a: \u0000'])
      expect(() => parseHeaders([line])).to.throw('--header');
  });

  it('gets suggestions by likeness, best first', () => {
    expect(nearest('Contct', ['Company', 'Contact', 'ContactNote'])).to.deep.equal(['Contact']);
    expect(nearest('contact', ['ContactNote', 'CONTACT_ADDRESS', 'Deal'])).to.deep.equal([
      'ContactNote',
      'CONTACT_ADDRESS',
    ]);
    expect(nearest('zzz', ['Contact'])).to.deep.equal([]);
  });
});
