/** An XML element as parsed: names resolved to namespaces, the order of its content kept. */
export interface XmlElement {
  /** The local name, without its prefix. */
  readonly name: string;
  /** The namespace name; '' for none. */
  readonly namespace: string;
  /** Without the namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** Child elements and character data, in document order. Neighbouring pieces of text are one. */
  readonly content: readonly (XmlElement | string)[];
  /** Prefix → namespace name, of all declarations in scope; '' is the default namespace. For names inside values. */
  readonly scope: NamespaceScope;
  /** Line of the start tag, from 1. */
  readonly line: number;
}

export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

export type NamespaceScope = ReadonlyMap<string, string>;

/** A namespace name and a local name (Namespaces in XML 1.0 §2.1). */
export interface QName {
  readonly namespace: string;
  readonly name: string;
}

/** `{namespace}name`, a key for maps. */
export const clark = ({ namespace, name }: QName): string => `{${namespace}}${name}`;

/** The child elements, those of one name where one is given. */
export function childElements(element: XmlElement, namespace?: string, name?: string): XmlElement[] {
  return element.content.filter(
    (child): child is XmlElement =>
      typeof child !== 'string' &&
      (namespace === undefined || child.namespace === namespace) &&
      (name === undefined || child.name === name),
  );
}

export function firstChild(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return element.content.find(
    (child): child is XmlElement => typeof child !== 'string' && child.namespace === namespace && child.name === name,
  );
}

/** The character data directly inside. */
export function textOf(element: XmlElement): string {
  let text = '';
  for (const child of element.content) if (typeof child === 'string') text += child;
  return text;
}

export function attributeOf(element: XmlElement, name: string, namespace = ''): string | undefined {
  for (const attribute of element.attributes) {
    if (attribute.name === name && attribute.namespace === namespace) return attribute.value;
  }
  return undefined;
}

/**
 * The name that a QName value stands for in the scope of its element; undefined when its prefix is not declared. A name without a
 * prefix is in the default namespace (XML Schema Part 2 §3.2.18).
 */
export function resolveQName(value: string, scope: NamespaceScope): QName | undefined {
  const text = value.trim();
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? '' : text.slice(0, colon);
  const namespace = scope.get(prefix) ?? (prefix === '' ? '' : undefined);
  return namespace === undefined ? undefined : { namespace, name: text.slice(colon + 1) };
}
