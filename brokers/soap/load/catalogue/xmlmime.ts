/** The media type of binary content (Describing Media Content of Binary Data in XML §2). */
export const xmlmime = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xmime="http://www.w3.org/2005/05/xmlmime"
    targetNamespace="http://www.w3.org/2005/05/xmlmime">
  <xs:attribute name="contentType" type="xs:string"/>
  <xs:attribute name="expectedContentTypes" type="xs:string"/>
  <xs:complexType name="base64Binary">
    <xs:simpleContent><xs:extension base="xs:base64Binary"><xs:attribute ref="xmime:contentType"/></xs:extension></xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="hexBinary">
    <xs:simpleContent><xs:extension base="xs:hexBinary"><xs:attribute ref="xmime:contentType"/></xs:extension></xs:simpleContent>
  </xs:complexType>
</xs:schema>`;
