import { attributeOf, childElements, parseXml, resolveQName, type XmlElement } from '../../../brokers/xml/index.js';

export const XSD = 'http://www.w3.org/2001/XMLSchema';
const WSDL = 'http://schemas.xmlsoap.org/wsdl/';

const encodings: ReadonlySet<string> = new Set([
  'http://schemas.xmlsoap.org/soap/encoding/',
  'http://www.w3.org/2003/05/soap-encoding',
]);

export const isEncoding = (namespace: string): boolean => encodings.has(namespace);

/** Simple types that the encoding has again, as types of its own (SOAP 1.1 §5.2). */
const simple =
  'string boolean int long short byte integer decimal double float dateTime date time anyURI QName base64Binary'.split(
    ' ',
  );

/** As much of the schema of the SOAP encoding as WSDLs refer to; its own declares no more of an array than that it holds anything. */
export const encodingSchema = (namespace: string): string =>
  [
    `<xs:schema xmlns:xs="${XSD}" targetNamespace="${namespace}">`,
    '<xs:attribute name="arrayType" type="xs:string"/>',
    '<xs:complexType name="Array"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence><xs:anyAttribute processContents="lax"/></xs:complexType>',
    ...simple.map(
      (name) =>
        `<xs:complexType name="${name}"><xs:simpleContent><xs:extension base="xs:${name}"><xs:anyAttribute processContents="lax"/></xs:extension></xs:simpleContent></xs:complexType>`,
    ),
    `<xs:simpleType name="base64"><xs:restriction base="xs:base64Binary"/></xs:simpleType>`,
    '</xs:schema>',
  ].join('');

/**
 * The content of a complex type that restricts an array of the encoding: members of the type that `wsdl:arrayType` names (WSDL 1.1
 * §2.2). Their names mean nothing (SOAP 1.1 §5.4.2); ours are called `item`. Undefined for any other type.
 */
export function encodedArray(complexType: XmlElement): XmlElement | undefined {
  const [content] = childElements(complexType, XSD, 'complexContent');
  const [restriction] = content === undefined ? [] : childElements(content, XSD, 'restriction');
  const base =
    restriction === undefined ? undefined : resolveQName(attributeOf(restriction, 'base') ?? '', restriction.scope);
  if (restriction === undefined || base?.name !== 'Array' || !isEncoding(base.namespace)) return undefined;
  const declared = childElements(restriction, XSD, 'attribute').flatMap((attribute) => {
    const type = attributeOf(attribute, 'arrayType', WSDL)?.replace(/\[[\d,]*\]$/, '');
    return type === undefined || type.includes('[') ? [] : [resolveQName(type, attribute.scope)];
  })[0];
  const [xs, members] =
    declared === undefined
      ? ['', '<xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/>']
      : [
          ` xmlns:m="${declared.namespace}"`,
          `<xs:element name="item" form="unqualified" nillable="true" minOccurs="0" maxOccurs="unbounded" type="${declared.namespace === '' ? '' : 'm:'}${declared.name}"/>`,
        ];
  return parseXml(`<xs:sequence xmlns:xs="${XSD}"${xs}>${members}</xs:sequence>`);
}
