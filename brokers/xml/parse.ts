import { SaxesParser } from 'saxes';
import { XmlDecoder } from './decode.js';
import type { NamespaceScope, XmlElement } from './element.js';
import { XmlSyntaxError } from './syntax-error.js';

/** Depth of nesting beyond which a document is refused; it bounds the recursion of all that walk the tree. */
const MAX_DEPTH = 500;
/** Attributes of one element, namespace declarations included. */
const MAX_ATTRIBUTES = 1_000;
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

interface Open {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: { readonly name: string; readonly namespace: string; readonly value: string }[];
  readonly content: (XmlElement | string)[];
  readonly scope: NamespaceScope;
  readonly line: number;
}

const rootScope: NamespaceScope = new Map([['xml', XML_NAMESPACE]]);

/**
 * Parses an XML 1.0 document with namespaces, piece by piece as it arrives. Strict: a fault ends it. There is no document type,
 * so no entity but the five of XML itself, and nothing is ever fetched.
 */
export class XmlTreeParser {
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #stack: Open[] = [];
  #root: Open | undefined;

  /** @param tolerate told of a prefix that is not declared, in place of an end; its name is then in no namespace */
  constructor(tolerate?: (fault: string) => void) {
    const parser = this.#parser;
    parser.on('error', ({ message }) => {
      if (tolerate === undefined || !message.includes('unbound namespace prefix'))
        throw new XmlSyntaxError(plain(message));
      tolerate(plain(message));
    });
    parser.on('doctype', () => {
      throw new XmlSyntaxError(`a document type is not accepted (line ${parser.line})`);
    });
    parser.on('opentag', (tag) => this.#open(tag as OpenTag));
    parser.on('closetag', () => {
      this.#stack.pop();
    });
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
  }

  /** @throws XmlSyntaxError */
  write(text: string): void {
    this.#parser.write(text);
  }

  /** The root element. @throws XmlSyntaxError when the document is not whole */
  end(): XmlElement {
    this.#parser.close();
    if (this.#root === undefined) throw new XmlSyntaxError('there is no root element');
    return this.#root;
  }

  #open(tag: OpenTag): void {
    const top = this.#stack.at(-1);
    if (this.#stack.length >= MAX_DEPTH) throw new XmlSyntaxError(`elements are nested deeper than ${MAX_DEPTH}`);
    let declared: Map<string, string> | undefined;
    const attributes: Open['attributes'] = [];
    const names = Object.keys(tag.attributes);
    if (names.length > MAX_ATTRIBUTES)
      throw new XmlSyntaxError(`<${tag.name}> has more than ${MAX_ATTRIBUTES} attributes`);
    for (const key of names) {
      const attribute = tag.attributes[key];
      if (attribute === undefined) continue;
      const { prefix, local, uri, value } = attribute;
      if (uri === XMLNS_NAMESPACE || key === 'xmlns') {
        declared ??= new Map(top?.scope ?? rootScope);
        declared.set(prefix === '' ? '' : local, value);
      } else attributes.push({ name: local, namespace: uri ?? '', value });
    }
    const open: Open = {
      name: tag.local,
      namespace: tag.uri ?? '',
      attributes,
      content: [],
      scope: declared ?? top?.scope ?? rootScope,
      line: this.#parser.line,
    };
    if (top === undefined) this.#root = open;
    else top.content.push(open);
    this.#stack.push(open);
  }

  #text(text: string): void {
    const content = this.#stack.at(-1)?.content;
    if (content === undefined || text === '') return;
    const last = content.length - 1;
    const before = content[last];
    if (typeof before === 'string') content[last] = before + text;
    else content.push(text);
  }
}

interface OpenTag {
  readonly name: string;
  readonly local: string;
  /** Absent for an undeclared prefix. */
  readonly uri?: string;
  readonly attributes: Readonly<
    Record<string, { readonly prefix: string; readonly local: string; readonly uri?: string; readonly value: string }>
  >;
}

/** saxes puts `line:column: ` in front. */
function plain(message: string): string {
  const [, line, column, rest] = /^(?:undefined:)?(\d+):(\d+): (.*)$/s.exec(message) ?? [];
  // It may quote the document, as long as that likes to be.
  const text = (rest ?? message).slice(0, 200).replace(/\.$/, '');
  return line === undefined ? text : `${text} (line ${line}, column ${column})`;
}

/** Parses a whole document. @throws XmlSyntaxError */
export function parseXml(text: string): XmlElement {
  const parser = new XmlTreeParser();
  parser.write(text.startsWith('\uFEFF') ? text.slice(1) : text);
  return parser.end();
}

/**
 * Parses a document in the encoding that it has.
 *
 * @param charset what the transport says, which wins over the document (RFC 7303 §3.2)
 * @param tolerate see `XmlTreeParser`
 * @throws XmlSyntaxError also for bytes that the encoding does not have
 */
export function parseXmlBytes(bytes: Uint8Array, charset?: string, tolerate?: (fault: string) => void): XmlElement {
  const decoder = new XmlDecoder(charset);
  const parser = new XmlTreeParser(tolerate);
  parser.write(decoder.write(bytes));
  parser.write(decoder.end());
  return parser.end();
}

/** Parses a document as it arrives. @throws XmlSyntaxError, and whatever the source throws */
export async function parseXmlStream(chunks: AsyncIterable<Uint8Array>, charset?: string): Promise<XmlElement> {
  const decoder = new XmlDecoder(charset);
  const parser = new XmlTreeParser();
  for await (const chunk of chunks) parser.write(decoder.write(chunk));
  parser.write(decoder.end());
  return parser.end();
}
