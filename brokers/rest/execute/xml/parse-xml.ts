import type { XmlAttribute, XmlElement } from './xml-element.js';

/** Depth of nesting beyond which a document is refused. */
const MAX_DEPTH = 200;
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** A document that is not well-formed, or that uses what is refused: a document type, an entity of its own. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';
}

interface Open {
  readonly tag: string;
  readonly element: {
    name: string;
    namespace: string;
    attributes: XmlAttribute[];
    children: XmlElement[];
    text: string;
  };
  /** Prefix → namespace. */
  readonly namespaces: ReadonlyMap<string, string>;
}

const endTag = /<\/([^\s<>/="']+)\s*>/y;
const startTag = /<([^\s<>/="'!?]+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attributePattern = /([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/**
 * Parses an XML document with namespaces. Strict: a fault ends it. No document type, no entities but the five of XML itself,
 * nothing is fetched.
 *
 * @throws XmlSyntaxError
 */
export function parseXml(text: string): XmlElement {
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  for (let at = 0; at < text.length; ) {
    const top = stack.at(-1);
    if (text[at] !== '<') {
      const end = until(text, '<', at, text.length);
      addText(top, decoded(text.slice(at, end)), at);
      at = end;
    } else if (text.startsWith('<!--', at)) {
      at = until(text, '-->', at + 4) + 3;
    } else if (text.startsWith('<![CDATA[', at)) {
      const end = until(text, ']]>', at + 9);
      addText(top, text.slice(at + 9, end), at);
      at = end + 3;
    } else if (text.startsWith('<?', at)) {
      at = until(text, '?>', at + 2) + 2;
    } else if (text.startsWith('</', at)) {
      const [, tag] = matchAt(endTag, text, at);
      if (top?.tag !== tag) throw new XmlSyntaxError(`the end tag at character ${at} closes no open element`);
      stack.pop();
      at = endTag.lastIndex;
    } else {
      const [, tag = '', attributes = '', selfClosing] = matchAt(startTag, text, at);
      if (top === undefined && root !== undefined) throw new XmlSyntaxError(`a second root element at character ${at}`);
      if (stack.length >= MAX_DEPTH) throw new XmlSyntaxError(`elements are nested deeper than ${MAX_DEPTH}`);
      const open = opened(tag, attributes, top?.namespaces);
      if (top === undefined) root = open.element;
      else top.element.children.push(open.element);
      if (selfClosing === '') stack.push(open);
      at = startTag.lastIndex;
    }
  }
  const unclosed = stack.at(-1);
  if (unclosed !== undefined) throw new XmlSyntaxError(`<${unclosed.tag}> is never closed`);
  if (root === undefined) throw new XmlSyntaxError('there is no root element');
  return root;
}

/** Where `mark` comes next; without an `otherwise` it must come. */
function until(text: string, mark: string, from: number, otherwise?: number): number {
  const found = text.indexOf(mark, from);
  if (found !== -1) return found;
  if (otherwise !== undefined) return otherwise;
  throw new XmlSyntaxError(`"${mark}" is missing after character ${from}`);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match !== null) return match;
  if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) throw new XmlSyntaxError('a document type is not accepted');
  throw new XmlSyntaxError(`the markup at character ${at} is not well-formed`);
}

function addText(top: Open | undefined, text: string, at: number): void {
  if (top !== undefined) top.element.text += text;
  else if (text.replace('\ufeff', '').trim() !== '')
    throw new XmlSyntaxError(`text outside the root element at character ${at}`);
}

function opened(tag: string, written: string, outer: ReadonlyMap<string, string> | undefined): Open {
  const raw = [...written.matchAll(attributePattern)].map(
    ([, name = '', double, single]) => [name, decoded((double ?? single ?? '').replace(/[\t\r\n]/g, ' '))] as const,
  );
  if (new Set(raw.map(([name]) => name)).size < raw.length) throw new XmlSyntaxError(`<${tag}> has an attribute twice`);
  const declarations = raw.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const namespaces =
    declarations.length === 0 && outer !== undefined
      ? outer
      : new Map([
          ['xml', XML_NAMESPACE],
          ...(outer ?? []),
          ...declarations.map(([name, value]) => [name === 'xmlns' ? '' : name.slice(6), value] as const),
        ]);
  const attributes = raw
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => {
      const [prefix, local] = split(name);
      return { name: local, namespace: prefix === '' ? '' : lookUp(prefix, namespaces), value };
    });
  const [prefix, name] = split(tag);
  const namespace = prefix === '' ? (namespaces.get('') ?? '') : lookUp(prefix, namespaces);
  return { tag, element: { name, namespace, attributes, children: [], text: '' }, namespaces };
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function lookUp(prefix: string, namespaces: ReadonlyMap<string, string>): string {
  const namespace = namespaces.get(prefix);
  if (namespace === undefined) throw new XmlSyntaxError(`the prefix "${prefix.slice(0, 40)}" is not declared`);
  return namespace;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves references and normalises line ends (XML 1.0 §2.11). */
function decoded(text: string): string {
  const plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!plain.includes('&')) return plain;
  return plain.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([^;&\s]{1,40}));|&/g, (whole, hex, decimal, name) => {
    if (name !== undefined) {
      const character = Object.hasOwn(named, name) ? named[name] : undefined;
      if (character !== undefined) return character;
      throw new XmlSyntaxError(`the entity "${whole}" is not one of XML's own`);
    }
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (whole === '&' || Number.isNaN(code) || code === 0 || code > 0x10ffff) {
      throw new XmlSyntaxError('an ampersand that begins no valid reference');
    }
    return String.fromCodePoint(code);
  });
}
