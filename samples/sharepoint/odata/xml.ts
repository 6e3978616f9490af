import { SaxesParser } from 'saxes';
import { invalidArgument } from '../fault.js';

/** An element of CAML; the text is that of its own. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Growing extends XmlElement {
  readonly children: Growing[];
  text: string;
}

const DEEPEST = 200;

/** @throws Fault 400 for what is not well-formed, or nested too deeply */
export function readXml(xml: string): XmlElement {
  const parser = new SaxesParser();
  const open: Growing[] = [];
  let root: Growing | undefined;
  parser.on('error', (error) => {
    throw invalidArgument(
      `One or more field types are not installed properly, or the XML is not valid: ${error.message}`,
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= DEEPEST) throw invalidArgument('The XML is nested too deeply.');
    const element: Growing = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const append = (text: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  if (root === undefined) throw invalidArgument('The XML has no element.');
  return root;
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
