const simple: readonly (readonly [element: string, type: string])[] = [
  ...['anyType', 'anyURI', 'base64Binary', 'boolean', 'byte', 'dateTime', 'decimal', 'double', 'float', 'int'],
  ...['long', 'QName', 'short', 'string', 'unsignedByte', 'unsignedInt', 'unsignedLong', 'unsignedShort'],
].map((name) => [name, `xs:${name}`] as const);
const own: readonly (readonly [element: string, type: string])[] = ['char', 'duration', 'guid'].map(
  (name) => [name, `tns:${name}`] as const,
);

/** The types of the .NET data contract serializer that other schemas refer to ([MC-NETCEX], Data Contract Schema Reference). */
export const serialization = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://schemas.microsoft.com/2003/10/Serialization/"
    targetNamespace="http://schemas.microsoft.com/2003/10/Serialization/" elementFormDefault="qualified" attributeFormDefault="qualified">
  ${[...simple, ...own].map(([name, type]) => `<xs:element name="${name}" nillable="true" type="${type}"/>`).join('\n  ')}
  <xs:simpleType name="char"><xs:restriction base="xs:int"/></xs:simpleType>
  <xs:simpleType name="duration"><xs:restriction base="xs:duration"/></xs:simpleType>
  <xs:simpleType name="guid">
    <xs:restriction base="xs:string">
      <xs:pattern value="[\\da-fA-F]{8}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{12}"/>
    </xs:restriction>
  </xs:simpleType>
  <xs:attribute name="FactoryType" type="xs:QName"/>
  <xs:attribute name="Id" type="xs:ID"/>
  <xs:attribute name="Ref" type="xs:IDREF"/>
</xs:schema>`;
