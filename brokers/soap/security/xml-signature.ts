import { createRequire } from 'node:module';

/**
 * What is used of `xml-crypto` and `@xmldom/xmldom`, loaded when a message is first signed or checked. Their own types are left aside:
 * they bring those of a browser's DOM into the whole project.
 */
export interface XmlSignature {
  readonly SignedXml: new (options: SignedXmlOptions) => SignedXml;
  readonly DOMParser: new () => { parseFromString(xml: string, type: 'text/xml'): DomDocument };
}

export interface SignedXmlOptions {
  readonly idMode: 'wssecurity';
  readonly privateKey?: unknown;
  readonly publicCert?: string;
  readonly signatureAlgorithm?: string;
  readonly canonicalizationAlgorithm?: string;
  readonly getKeyInfoContent?: () => string;
  readonly getCertFromKeyInfo?: () => null;
}

export interface SignedXml {
  addReference(reference: {
    readonly xpath: string;
    readonly transforms: readonly string[];
    readonly digestAlgorithm: string;
  }): void;
  computeSignature(xml: string, options: { readonly prefix: string }): void;
  getSignatureXml(): string;
  loadSignature(signature: DomNode): void;
  checkSignature(xml: string): boolean;
}

export interface DomNode {
  readonly localName?: string | null;
  readonly parentNode: DomNode | null;
}

export interface DomDocument {
  readonly documentElement: DomNode;
  getElementsByTagNameNS(namespace: string, name: string): ArrayLike<DomNode>;
}

/**
 * A document whose characters `@xmldom/xmldom` reads as they are. Next line and line separator stand in it as references: it takes them
 * for line feeds, as only XML 1.1 does (§2.11), so that a signature would hold whichever of them is there.
 */
export const withPlainLines = (xml: string): string =>
  xml.replace(/[\u0085\u2028]/g, (character) => `&#${character.charCodeAt(0)};`);

const load = createRequire(import.meta.url);

export const xmlSignature = (): XmlSignature => ({
  SignedXml: (load('xml-crypto') as Pick<XmlSignature, 'SignedXml'>).SignedXml,
  DOMParser: (load('@xmldom/xmldom') as Pick<XmlSignature, 'DOMParser'>).DOMParser,
});
