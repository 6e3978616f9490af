import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogued } from '../../../brokers/soap/load/catalogue/index.js';
import type { WsdlDocuments } from '../../../brokers/soap/load/documents.js';
import { attributeOf, childElements, writeElement, type XmlElement } from '../../../brokers/xml/index.js';
import { encodingSchema, isEncoding, XSD } from './encoding-schema.js';
import { mended, substitutesOf } from './mended-schema.js';
import { type RpcWrapper, wrapperSchema } from './rpc-wrappers.js';

/**
 * Lays the schemas of a WSDL out as files, as they are but for the places of what they import and include, with one that brings in
 * all: what an independent validator reads.
 *
 * @param wrappers declared beside the WSDL's own elements
 * @returns the path of the schema that imports every namespace
 */
export function writeSchemas({ schemas }: WsdlDocuments, wrappers: readonly RpcWrapper[], folder: string): string {
  mkdirSync(folder, { recursive: true });
  const byNamespace = new Map<string, string[]>();
  const used = new Set<string>();
  const substitutes = substitutesOf(schemas);
  schemas.forEach(({ element, targetNamespace }, index) => {
    const file = `s${index}.xsd`;
    for (const child of childElements(element, XSD))
      if (child.name === 'import') used.add(attributeOf(child, 'namespace') ?? '');
    writeFileSync(join(folder, file), writeElement(mended(standalone(element), substitutes)));
    byNamespace.set(targetNamespace, [...(byNamespace.get(targetNamespace) ?? []), file]);
  });
  const wrapped = new Map<string, RpcWrapper[]>();
  for (const wrapper of wrappers) {
    wrapped.set(wrapper.namespace, [...(wrapped.get(wrapper.namespace) ?? []), wrapper]);
    for (const { type, element } of wrapper.parts) used.add((type ?? element)?.namespace ?? '');
  }
  for (const [namespace, members] of wrapped) {
    const file = `w${[...wrapped.keys()].indexOf(namespace)}.xsd`;
    writeFileSync(join(folder, file), wrapperSchema(namespace, members));
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), file]);
  }
  // A validator reads one document for each namespace: it includes the others.
  const entries: string[] = [];
  for (const [namespace, files] of byNamespace) {
    const entry = `n${entries.length}.xsd`;
    const includes = files.map((file) => `<xs:include schemaLocation="${file}"/>`).join('');
    const target = namespace === '' ? '' : ` targetNamespace="${escaped(namespace)}"`;
    writeFileSync(join(folder, entry), `<xs:schema xmlns:xs="${XSD}"${target}>${includes}</xs:schema>`);
    entries.push(
      `<xs:import${namespace === '' ? '' : ` namespace="${escaped(namespace)}"`} schemaLocation="${entry}"/>`,
    );
  }
  for (const namespace of used) {
    if (isEncoding(namespace) && !byNamespace.has(namespace)) {
      const file = `e${entries.length}.xsd`;
      writeFileSync(join(folder, file), encodingSchema(namespace));
      entries.push(`<xs:import namespace="${namespace}" schemaLocation="${file}"/>`);
      continue;
    }
    const known = byNamespace.has(namespace) ? undefined : catalogued(namespace);
    if (known === undefined) continue;
    const file = `c${entries.length}.xsd`;
    writeFileSync(join(folder, file), writeElement(known));
    entries.push(`<xs:import namespace="${escaped(namespace)}" schemaLocation="${file}"/>`);
  }
  const all = join(folder, 'all.xsd');
  writeFileSync(all, `<xs:schema xmlns:xs="${XSD}" targetNamespace="urn:all">${entries.join('')}</xs:schema>`);
  return all;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The schema without the places of others. One without a namespace of its own has that of the schema which includes it (Part 1 §4.2.1). */
function standalone(schema: XmlElement): XmlElement {
  const content = schema.content.flatMap((child): (XmlElement | string)[] => {
    if (typeof child === 'string' || child.namespace !== XSD) return [child];
    if (child.name === 'include') return [];
    if (child.name !== 'import') return [child];
    return [{ ...child, attributes: child.attributes.filter(({ name }) => name !== 'schemaLocation') }];
  });
  return { ...schema, content };
}
