import { expect } from 'chai';
import fc from 'fast-check';
import {
  attributeOf,
  childElements,
  parseXml,
  parseXmlBytes,
  resolveQName,
  textOf,
  writeContent,
  writeElement,
  type XmlElement,
  XmlSyntaxError,
} from '../../../brokers/xml/index.js';

describe('XML', () => {
  it('is parsed with namespaces, mixed content in order, and the lines of its elements', () => {
    const root = parseXml(
      '<a xmlns="urn:a" xmlns:b="urn:b">\n<b:c d="1" b:d="2">x<e xmlns=""/>y<![CDATA[<&]]></b:c></a>',
    );
    const [c] = childElements(root, 'urn:b', 'c');
    if (c === undefined) throw new Error('There is no c.');
    expect([root.namespace, c.line, attributeOf(c, 'd'), attributeOf(c, 'd', 'urn:b')]).to.deep.equal([
      'urn:a',
      2,
      '1',
      '2',
    ]);
    expect(
      c.content.map((part) => (typeof part === 'string' ? part : `<${part.namespace}|${part.name}>`)),
    ).to.deep.equal(['x', '<|e>', 'y<&']);
    expect(resolveQName('b:x', c.scope)).to.deep.equal({ namespace: 'urn:b', name: 'x' });
    expect(resolveQName('none:x', c.scope)).to.equal(undefined);
  });

  for (const [what, text, message] of [
    ['a document type', '<!DOCTYPE a><a/>', 'a document type is not accepted (line 1)'],
    ['an entity of its own', '<a>&b;</a>', 'undefined entity'],
    ['an unclosed element', '<a><b></a>', 'unexpected close tag'],
    ['two roots', '<a/><b/>', 'documents may contain only one root'],
    ['text outside of the root', '<a/>x', 'text data outside of root node'],
    ['an undeclared prefix', '<b:a/>', 'unbound namespace prefix: "b"'],
    ['an attribute twice', '<a b="1" b="2"/>', 'duplicate attribute'],
    ['nothing', '', 'document must contain a root element'],
    ['a control character', '<a>\u0001</a>', 'disallowed character'],
    ['absurd depth', '<a>'.repeat(600), 'elements are nested deeper than 500'],
  ] as const) {
    it(`is refused with ${what}, and says where`, () => {
      expect(() => parseXml(text)).to.throw(XmlSyntaxError, message);
    });
  }

  for (const [encoding, bytes] of [
    ['UTF-8 by default', Buffer.from('<a>ü€</a>')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF<a>ü€</a>')],
    ['UTF-16 little-endian with a mark', Buffer.from('\uFEFF<a>ü€</a>', 'utf16le')],
    ['UTF-16 little-endian without one', Buffer.from('<a>ü€</a>', 'utf16le')],
    ['UTF-16 big-endian', Buffer.from('\uFEFF<a>ü€</a>', 'utf16le').swap16()],
    [
      'what it declares',
      Buffer.concat([
        Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>'),
        Buffer.from([0xfc, 0x80]),
        Buffer.from('</a>'),
      ]),
    ],
  ] as const) {
    it(`is read in ${encoding}`, () => {
      expect(textOf(parseXmlBytes(bytes))).to.equal('ü€');
    });
  }

  it('is read in the charset of its transport before the one that it declares', () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="utf-8"?><a>ü</a>', 'latin1');
    expect(textOf(parseXmlBytes(bytes, 'iso-8859-1'))).to.equal('ü');
    expect(() => parseXmlBytes(bytes)).to.throw(XmlSyntaxError, 'bytes that are no UTF-8');
    expect(() => parseXmlBytes(bytes, 'klingon')).to.throw(XmlSyntaxError, '"klingon" is not known');
  });

  it('is written to stand anywhere, with the declarations that its names and values use and no others', () => {
    const root = parseXml(
      '<r xmlns="urn:r" xmlns:u="urn:unused" xmlns:t="urn:t" xmlns:i="urn:i"><c i:type="t:X">a &amp; b</c></r>',
    );
    const [c] = childElements(root);
    expect(writeElement(c as XmlElement)).to.equal(
      '<c xmlns="urn:r" xmlns:i="urn:i" xmlns:t="urn:t" i:type="t:X">a &amp; b</c>',
    );
    expect(writeContent(root)).to.equal(writeElement(c as XmlElement));
  });

  it('is written in time that grows with its text, and tells a fault in few words', function () {
    this.timeout(5_000);
    const long = 'a'.repeat(2_000_000);
    expect(writeContent(parseXml(`<r>${long}</r>`))).to.equal(long);
    expect(() => parseXml(`<${long}:r/>`))
      .to.throw(XmlSyntaxError)
      .with.property('message')
      .with.length.below(300);
  });

  it('comes back as it was when it is written and parsed again', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '<', '&', '"', "'", ' ', '\t', '\n', '\r', ']', '>', 'ü', '😀'),
    });
    const name = fc.constantFrom('a', 'b', 'c-d', 'é');
    const namespace = fc.constantFrom('', 'urn:x', 'urn:y&z');
    const { tree } = fc.letrec<{ tree: string; content: string }>((tie) => ({
      content: fc.oneof({ maxDepth: 4 }, text.map(escaped), tie('tree')),
      tree: fc
        .tuple(name, namespace, text, fc.array(tie('content'), { maxLength: 4 }))
        .map(
          ([tag, ns, value, inside]) =>
            `<p:${tag} xmlns:p="${ns === '' ? 'urn:p' : escaped(ns)}" v="${escaped(value)}">${inside.join('')}</p:${tag}>`,
        ),
    }));
    fc.assert(
      fc.property(tree, (document) => {
        const once = parseXml(document);
        expect(plain(parseXml(writeElement(once)))).to.deep.equal(plain(once));
      }),
    );
  });
});

const escaped = (text: string): string =>
  text.replace(/[<>&"'\t\n\r]/g, (character) => `&#${character.codePointAt(0)};`);

/** An element without what depends on where it stands. */
function plain({ name, namespace, attributes, content }: XmlElement): unknown {
  return {
    name,
    namespace,
    attributes,
    content: content.map((part) => (typeof part === 'string' ? part : plain(part))),
  };
}
