/** Endpoint references and message headers (WS-Addressing 1.0 Core §2 and §3). */
export const addressing = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:wsa="http://www.w3.org/2005/08/addressing"
    targetNamespace="http://www.w3.org/2005/08/addressing" elementFormDefault="qualified">
  <xs:complexType name="AttributedURIType">
    <xs:simpleContent><xs:extension base="xs:anyURI"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension></xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="AttributedQNameType">
    <xs:simpleContent><xs:extension base="xs:QName"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension></xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="ReferenceParametersType">
    <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
  <xs:complexType name="MetadataType">
    <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
  <xs:complexType name="EndpointReferenceType">
    <xs:sequence>
      <xs:element name="Address" type="wsa:AttributedURIType"/>
      <xs:element ref="wsa:ReferenceParameters" minOccurs="0"/>
      <xs:element ref="wsa:Metadata" minOccurs="0"/>
      <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
  <xs:complexType name="RelatesToType">
    <xs:simpleContent>
      <xs:extension base="xs:anyURI">
        <xs:attribute name="RelationshipType" type="xs:anyURI"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:element name="EndpointReference" type="wsa:EndpointReferenceType"/>
  <xs:element name="ReferenceParameters" type="wsa:ReferenceParametersType"/>
  <xs:element name="Metadata" type="wsa:MetadataType"/>
  <xs:element name="MessageID" type="wsa:AttributedURIType"/>
  <xs:element name="RelatesTo" type="wsa:RelatesToType"/>
  <xs:element name="ReplyTo" type="wsa:EndpointReferenceType"/>
  <xs:element name="From" type="wsa:EndpointReferenceType"/>
  <xs:element name="FaultTo" type="wsa:EndpointReferenceType"/>
  <xs:element name="To" type="wsa:AttributedURIType"/>
  <xs:element name="Action" type="wsa:AttributedURIType"/>
  <xs:element name="ProblemIRI" type="wsa:AttributedURIType"/>
  <xs:element name="ProblemHeaderQName" type="wsa:AttributedQNameType"/>
  <xs:attribute name="IsReferenceParameter" type="xs:boolean"/>
</xs:schema>`;
