import { childElements, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';

/** Text kept of one documentation, in characters. */
const LONGEST = 2_000;

/** What the annotation of a schema component says to people (Part 1 §3.13). */
export function documentation(component: XmlElement): string | undefined {
  const annotation = childElements(component, ns.xsd, 'annotation')[0];
  if (annotation === undefined) return undefined;
  return plainText(childElements(annotation, ns.xsd, 'documentation').map(allText).join('\n'));
}

/** What a WSDL component says to people (WSDL 1.1 §2.1.4). */
export function wsdlDocumentation(component: XmlElement): string | undefined {
  return plainText(childElements(component, ns.wsdl, 'documentation').map(allText).join('\n'));
}

function allText(element: XmlElement): string {
  return element.content.map((child) => (typeof child === 'string' ? child : allText(child))).join('');
}

function plainText(text: string): string | undefined {
  const clean = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return clean === '' ? undefined : clean.slice(0, LONGEST);
}
