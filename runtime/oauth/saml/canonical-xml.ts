/** An element to be written. */
export interface XmlElement {
  /** With its prefix. */
  readonly name: string;
  /** Namespace declarations by prefix. */
  readonly namespaces?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content?: string | readonly (XmlElement | string)[];
}

/** Markup that is written already. */
export type CanonicalXml = string;

/**
 * Writes an element in the form that Exclusive XML Canonicalization 1.0 would bring it to: namespaces, then attributes, each in the
 * order of their names; no empty-element tags; double quotes; the escapes of Canonical XML 1.0 §2.3. So what is signed is what is
 * sent, and nothing has to be canonicalised afterwards. Attributes have no prefix, and every declared namespace is used.
 *
 * A text in a list of content is markup; a text that is the whole content is text.
 */
export function canonicalXml({ name, namespaces = {}, attributes = {}, content = '' }: XmlElement): CanonicalXml {
  const declared = sorted(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${attributeText(uri)}"`);
  const own = sorted(attributes).map(([attribute, value]) => ` ${attribute}="${attributeText(value)}"`);
  const inner = typeof content === 'string' ? text(content) : content.map(markup).join('');
  return `<${name}${declared.join('')}${own.join('')}>${inner}</${name}>`;
}

const markup = (content: XmlElement | CanonicalXml): CanonicalXml =>
  typeof content === 'string' ? content : canonicalXml(content);

const sorted = (members: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1));

const text = (value: string): string => escaped(value, /[&<>\r]/g);
const attributeText = (value: string): string => escaped(value, /[&<"\t\n\r]/g);

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

const escaped = (value: string, special: RegExp): string =>
  value.replace(notXml, '\uFFFD').replace(special, (character) => escapes[character] ?? character);

/** What XML 1.0 §2.2 has no place for. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
