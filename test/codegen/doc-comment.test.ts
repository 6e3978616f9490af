import { expect } from 'chai';
import fc from 'fast-check';
import { commentLines, docComment } from '../../codegen/types/doc-comment.js';

const long = 'a word and another '.repeat(8).trim();

describe('doc comments', () => {
  it('are one line where the text is', () => {
    expect(docComment(commentLines('  A person. '), 2)).to.equal('  /** A person. */\n');
    expect(docComment(commentLines(' \n '), 2)).to.equal('');
  });

  it('keep short lines, and fill a paragraph anew that has a long one', () => {
    expect(commentLines('one\ntwo\n\n\nthree\n')).to.deep.equal(['one', 'two', '', 'three']);
    const lines = commentLines(`${long}\nend`);
    expect(lines.length).to.equal(2);
    expect(lines.every((line) => line.length <= 100)).to.equal(true);
    expect(lines.join(' ')).to.equal(`${long} end`);
  });

  it('keep lists apart, and code, tables and headings as they are', () => {
    const code = `\`\`\`\n${long}\n@example\n\`\`\``;
    expect(commentLines(`# ${long}\n| ${long} |\n${code}`)).to.deep.equal([
      `# ${long}`,
      `| ${long} |`,
      '```',
      long,
      '\\@example',
      '```',
    ]);
    expect(commentLines(`- ${long}\n- two`)).to.deep.equal([
      `- ${long.slice(0, 97).replace(/ \S*$/, '')}`,
      `  ${long.slice(long.slice(0, 97).replace(/ \S*$/, '').length + 1)}`,
      '- two',
    ]);
  });

  it('show HTML as Markdown, but not within code', () => {
    expect(
      commentLines(
        '<p>See <a href="/docs">the <docs></a>, <code>a &lt; b</code>.</p><ul><li>one</li><li><b>two</b></li></ul>',
      ),
    ).to.deep.equal(['See <a href="/docs">the <docs></a>, `a < b`.', '', '- one', '- **two**']);
    expect(commentLines('`<b>x</b>` and <a class="x" href="/docs">docs</a><br/>next')).to.deep.equal([
      '`<b>x</b>` and [docs](/docs)',
      'next',
    ]);
  });

  it('leave off where nobody reads on, between paragraphs or words', () => {
    const words = commentLines('word '.repeat(5_000));
    expect(words.join(' ').length).to.be.lessThan(4_100);
    expect(words.join(' ')).to.match(/^(?:word )+…$/);
    const paragraphs = commentLines(`${'One sentence. '.repeat(200)}\n\n${'Another one. '.repeat(200)}`);
    expect(paragraphs.slice(-2)).to.deep.equal(['', '…']);
  });

  it('cannot end, be ended or be tagged by their text', () => {
    const hostile = fc.array(
      fc.constantFrom('*', '/', '@', ' ', '\n', '`', '<b>', '</b>', '<code>', '</code>', '\0', '\u2028', 'x'),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = docComment(commentLines(parts.join('')), 0);
        expect(text === '' || text.indexOf('*/') === text.length - 3).to.equal(true);
        expect(text).not.to.match(/^\s*\*?\s*@|^\/\*\*\s*@/m);
        expect(text).not.to.match(/[\0\u2028]| $/m);
      }),
      { numRuns: 2000 },
    );
  });
});
