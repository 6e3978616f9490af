import { attributeOf, childElements, type QName, resolveQName, type XmlElement } from '../../xml/index.js';
import { isEncodingNamespace, ns } from '../namespaces.js';
import type { Translated } from '../plan.js';
import { type SchemaContext, schemaName } from './schema-set.js';

/**
 * A type that restricts SOAP's own array type (SOAP 1.1 §5.4.2; WSDL 1.1 §2.2): `wsdl:arrayType`, or an element that repeats, says
 * what its members are. Undefined for any other type.
 */
export function encodedArray(
  type: XmlElement,
  context: SchemaContext,
  typeOf: (name: QName) => Translated,
): Translated | undefined {
  const content = childElements(type, ns.xsd, 'complexContent')[0];
  const derivation = content === undefined ? undefined : childElements(content, ns.xsd)[0];
  const base =
    derivation === undefined ? undefined : schemaName(attributeOf(derivation, 'base') ?? '', derivation, context);
  if (derivation === undefined || base === undefined || !isEncodingNamespace(base.namespace) || base.name !== 'Array')
    return undefined;
  const memberName = declaredMember(derivation) ??
    sequenceMember(derivation, context) ?? { namespace: ns.xsd, name: 'anyType' };
  const { schema, type: member } = typeOf(memberName);
  return { schema: { type: 'array', items: schema }, type: { kind: 'array', member, memberName } };
}

/** `wsdl:arrayType="tns:Contact[]"`; of more dimensions, the last is looked at. */
function declaredMember(derivation: XmlElement): QName | undefined {
  for (const attribute of childElements(derivation, ns.xsd, 'attribute')) {
    const declared = attributeOf(attribute, 'arrayType', ns.wsdl);
    if (declared !== undefined) return resolveQName(declared.replace(/\[[\d,]*\]\s*$/, ''), attribute.scope);
  }
  return undefined;
}

function sequenceMember(derivation: XmlElement, context: SchemaContext): QName | undefined {
  const sequence = childElements(derivation, ns.xsd).find(({ name }) => name === 'sequence' || name === 'all');
  const element = sequence === undefined ? undefined : childElements(sequence, ns.xsd, 'element')[0];
  const type = element === undefined ? undefined : attributeOf(element, 'type');
  return element === undefined || type === undefined ? undefined : schemaName(type, element, context);
}
