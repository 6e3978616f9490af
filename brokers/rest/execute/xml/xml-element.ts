/** An element of a parsed XML document. */
export interface XmlElement {
  /** The local name, without its prefix. */
  readonly name: string;
  /** The namespace name; '' for none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The character data directly inside, put together. */
  readonly text: string;
}

export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}
