import { createRequire } from 'node:module';
import { MessageFault } from './fault.js';

/** What is used of an element of a document (DOM Level 3 Core). The types of xmldom would bring in those of a browser, for all files. */
export interface Element {
  readonly nodeType: number;
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<{ readonly nodeType: number }>;
  getAttributeNS(namespace: string, name: string): string | null;
  getAttribute(name: string): string | null;
  lookupNamespaceURI(prefix: string): string | null;
}

interface Document {
  readonly doctype: unknown;
  readonly documentElement: Element | null;
}

interface XmlDom {
  readonly DOMParser: new (options: {
    readonly errorHandler: (level: string, message: string) => void;
  }) => { parseFromString(text: string, type: string): Document };
}

const { DOMParser } = createRequire(import.meta.url)('@xmldom/xmldom') as XmlDom;

/**
 * The root element of a document.
 *
 * @throws MessageFault when it is not well-formed or has a document type, which SOAP forbids (SOAP 1.1 §3)
 */
export function parseDocument(text: string): Element {
  const refuse = (reason: string): never => {
    throw new MessageFault(`It is no well-formed XML: ${reason.split('\n')[0] ?? ''}`);
  };
  if (/<!DOCTYPE/i.test(text)) refuse('a document type is not allowed.');
  const { documentElement } = new DOMParser({ errorHandler: (_level, message) => refuse(message) }).parseFromString(
    text,
    'text/xml',
  );
  return documentElement ?? refuse('it has no root element.');
}
