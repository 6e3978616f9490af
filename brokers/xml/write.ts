import type { XmlElement } from './element.js';

const textSpecial = /[&<>\r]/g;
const attributeSpecial = /[&<>"\t\n\r]/g;
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const reference = (character: string): string => references[character] ?? character;

/** Characters that no XML 1.0 document may have, not even as references (§2.2); lone surrogates are among them. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Whether a text can stand in an XML document at all. */
export const isXmlText = (text: string): boolean => !forbidden.test(text);

/** Character data. The text must be one that XML can have; see `isXmlText`. */
export const escapeText = (text: string): string => text.replace(textSpecial, reference);

/** An attribute's value, to stand in double quotes; white space is kept by references (XML 1.0 §3.3.3). */
export const escapeAttribute = (text: string): string => text.replace(attributeSpecial, reference);

/**
 * Writes an element with the declarations that it needs, to stand anywhere: those of its names, and those that a value or a text
 * seems to use (`xsi:type="tns:Contact"`).
 */
export function writeElement(element: XmlElement): string {
  return write(element, new Map());
}

/** Writes what is inside an element, each child with all declarations that it needs. */
export function writeContent(element: XmlElement): string {
  return element.content
    .map((child) => (typeof child === 'string' ? escapeText(child) : write(child, new Map())))
    .join('');
}

function write(element: XmlElement, outer: ReadonlyMap<string, string>): string {
  const declared = new Map<string, string>();
  for (const prefix of usedPrefixes(element)) {
    const namespace = element.scope.get(prefix) ?? (prefix === '' ? '' : undefined);
    if (namespace !== undefined && prefix !== 'xml' && (outer.get(prefix) ?? '') !== namespace)
      declared.set(prefix, namespace);
  }
  const inside = declared.size === 0 ? outer : new Map([...outer, ...declared]);
  const tag = qualified(element.namespace, element.name, element.scope, true);
  const attributes = element.attributes.map(
    ({ name, namespace, value }) => ` ${qualified(namespace, name, element.scope, false)}="${escapeAttribute(value)}"`,
  );
  const declarations = [...declared].map(
    ([prefix, namespace]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(namespace)}"`,
  );
  const start = `<${tag}${declarations.join('')}${attributes.join('')}`;
  if (element.content.length === 0) return `${start}/>`;
  const content = element.content.map((child) =>
    typeof child === 'string' ? escapeText(child) : write(child, inside),
  );
  return `${start}>${content.join('')}</${tag}>`;
}

const isName = /^[\p{L}_][\p{L}\p{N}_.-]{0,99}$/u;

/** The prefixes that an element's own names, values and texts use; '' for the default namespace. */
function usedPrefixes({ namespace, name, attributes, content, scope }: XmlElement): Set<string> {
  const prefixOf = (qualifiedName: string): string => qualifiedName.slice(0, Math.max(0, qualifiedName.indexOf(':')));
  const used = new Set([prefixOf(qualified(namespace, name, scope, true))]);
  const mention = (text: string): void => {
    for (const [, prefix = ''] of text.matchAll(/(?<![\p{L}\p{N}_.-])([\p{L}_][\p{L}\p{N}_.-]{0,99}):(?=[\p{L}_*])/gu))
      if (scope.has(prefix)) used.add(prefix);
  };
  for (const attribute of attributes) {
    if (attribute.namespace !== '') used.add(prefixOf(qualified(attribute.namespace, attribute.name, scope, false)));
    mention(attribute.value);
    // A name without a prefix may be one of the default namespace (`type="Contact"`).
    if (isName.test(attribute.value) && (scope.get('') ?? '') !== '') used.add('');
  }
  for (const child of content) if (typeof child === 'string') mention(child);
  return used;
}

/** The element was parsed, so its scope has a prefix for each namespace that it uses. */
function qualified(namespace: string, name: string, scope: ReadonlyMap<string, string>, isElement: boolean): string {
  if (namespace === '') return name;
  if (isElement && scope.get('') === namespace) return name;
  for (const [prefix, known] of scope) if (known === namespace && prefix !== '') return `${prefix}:${name}`;
  return name;
}
