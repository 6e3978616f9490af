/** The description of the contacts service of the tests: inheritance, lists, null, attributes, a choice, a header and a fault. */
export const contactsWsdl = (
  endpoint: string,
  version: '1.1' | '1.2' = '1.1',
): string => `<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:tns="urn:contacts"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/${version === '1.2' ? 'soap12' : 'soap'}/" targetNamespace="urn:contacts">
  <wsdl:types>
    <xs:schema targetNamespace="urn:contacts" elementFormDefault="qualified">
      <xs:complexType name="Party" abstract="true">
        <xs:sequence><xs:element name="id" type="xs:long"/><xs:element name="name" type="xs:string" nillable="true"/></xs:sequence>
      </xs:complexType>
      <xs:complexType name="Person">
        <xs:complexContent><xs:extension base="tns:Party">
          <xs:sequence>
            <xs:element name="born" type="xs:date" minOccurs="0"/>
            <xs:element name="tags" type="tns:ArrayOfString" minOccurs="0"/>
            <xs:choice minOccurs="0"><xs:element name="email" type="xs:string"/><xs:element name="phone" type="xs:string"/></xs:choice>
          </xs:sequence>
          <xs:attribute name="rank" type="xs:int"/>
        </xs:extension></xs:complexContent>
      </xs:complexType>
      <xs:complexType name="Company">
        <xs:complexContent><xs:extension base="tns:Party">
          <xs:sequence><xs:element name="revenue" type="xs:decimal" minOccurs="0"/></xs:sequence>
        </xs:extension></xs:complexContent>
      </xs:complexType>
      <xs:complexType name="ArrayOfString">
        <xs:sequence><xs:element name="string" type="xs:string" minOccurs="0" maxOccurs="unbounded" nillable="true"/></xs:sequence>
      </xs:complexType>
      <xs:complexType name="ArrayOfParty">
        <xs:sequence><xs:element name="Party" type="tns:Party" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
      </xs:complexType>
      <xs:element name="GetContact"><xs:complexType><xs:sequence><xs:element name="id" type="xs:long"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="GetContactResponse"><xs:complexType><xs:sequence><xs:element name="GetContactResult" type="tns:Party" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="ListContacts"><xs:complexType><xs:sequence><xs:element name="limit" type="xs:int" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="ListContactsResponse"><xs:complexType><xs:sequence><xs:element name="ListContactsResult" type="tns:ArrayOfParty" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="CreateContact"><xs:complexType><xs:sequence><xs:element name="contact" type="tns:Party"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="CreateContactResponse"><xs:complexType><xs:sequence><xs:element name="CreateContactResult" type="xs:long"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="Session"><xs:complexType><xs:sequence><xs:element name="token" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="NoSuchContact"><xs:complexType><xs:sequence><xs:element name="id" type="xs:long"/></xs:sequence></xs:complexType></xs:element>
    </xs:schema>
  </wsdl:types>
  ${['GetContact', 'ListContacts', 'CreateContact']
    .map(
      (name) => `<wsdl:message name="${name}In"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message>
  <wsdl:message name="${name}Out"><wsdl:part name="parameters" element="tns:${name}Response"/></wsdl:message>`,
    )
    .join('\n  ')}
  <wsdl:message name="SessionHeader"><wsdl:part name="session" element="tns:Session"/></wsdl:message>
  <wsdl:message name="NoSuchContactFault"><wsdl:part name="fault" element="tns:NoSuchContact"/></wsdl:message>
  <wsdl:portType name="ContactService">
    ${['GetContact', 'ListContacts', 'CreateContact']
      .map(
        (name) => `<wsdl:operation name="${name}"><wsdl:documentation>${name} of the tests.</wsdl:documentation>
      <wsdl:input message="tns:${name}In"/><wsdl:output message="tns:${name}Out"/><wsdl:fault name="NoSuchContact" message="tns:NoSuchContactFault"/>
    </wsdl:operation>`,
      )
      .join('\n    ')}
  </wsdl:portType>
  <wsdl:binding name="ContactBinding" type="tns:ContactService">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    ${['GetContact', 'ListContacts', 'CreateContact']
      .map(
        (name) => `<wsdl:operation name="${name}"><soap:operation soapAction="urn:contacts/${name}"/>
      <wsdl:input><soap:body use="literal"/>${name === 'CreateContact' ? '<soap:header message="tns:SessionHeader" part="session" use="literal"/>' : ''}</wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
      <wsdl:fault name="NoSuchContact"><soap:fault name="NoSuchContact" use="literal"/></wsdl:fault>
    </wsdl:operation>`,
      )
      .join('\n    ')}
  </wsdl:binding>
  <wsdl:service name="Contacts">
    <wsdl:port name="ContactPort" binding="tns:ContactBinding"><soap:address location="${endpoint}"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>`;
