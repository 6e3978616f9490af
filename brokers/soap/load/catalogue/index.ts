import { parseXml, type XmlElement } from '../../../xml/index.js';
import { ns } from '../../namespaces.js';
import { addressing } from './addressing.js';
import { serialization } from './serialization.js';
import { xmlAttributes } from './xml-attributes.js';
import { xmlmime } from './xmlmime.js';
import { xop } from './xop.js';

/** What documents import of the standards, by namespace: written anew from their texts, and no more than services use. */
const texts: Readonly<Record<string, string>> = {
  [ns.xml]: xmlAttributes,
  [ns.addressing]: addressing,
  [ns.xmlmime]: xmlmime,
  [ns.xop]: xop,
  [ns.dataContract]: serialization,
};

const parsed = new Map<string, XmlElement>();

/** The schema of a namespace that the product knows by itself; nothing is fetched for it. */
export function catalogued(namespace: string): XmlElement | undefined {
  const text = Object.hasOwn(texts, namespace) ? texts[namespace] : undefined;
  if (text === undefined) return undefined;
  const known = parsed.get(namespace) ?? parseXml(text);
  parsed.set(namespace, known);
  return known;
}

/** Namespaces whose components are built in. */
const builtIn: ReadonlySet<string> = new Set([ns.xsd, ns.xsi, ns.encoding11, ns.encoding12, ns.soap11, ns.soap12]);

/** Whether documents of the namespace need not be fetched. */
export const isCatalogued = (namespace: string): boolean => builtIn.has(namespace) || Object.hasOwn(texts, namespace);
