/** Namespace names of the standards that a WSDL is made of. */
export const ns = {
  xsd: 'http://www.w3.org/2001/XMLSchema',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  xml: 'http://www.w3.org/XML/1998/namespace',
  /** WSDL 1.1. */
  wsdl: 'http://schemas.xmlsoap.org/wsdl/',
  /** WSDL 2.0, which is not read. */
  wsdl20: 'http://www.w3.org/ns/wsdl',
  /** The binding for SOAP 1.1 (WSDL 1.1 §3). */
  wsdlSoap11: 'http://schemas.xmlsoap.org/wsdl/soap/',
  wsdlSoap12: 'http://schemas.xmlsoap.org/wsdl/soap12/',
  wsdlHttp: 'http://schemas.xmlsoap.org/wsdl/http/',
  wsdlMime: 'http://schemas.xmlsoap.org/wsdl/mime/',
  /** SOAP 1.1 §4: the envelope. */
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  /** SOAP 1.2 Part 1 §5. */
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
  /** SOAP 1.1 §5: the encoding. */
  encoding11: 'http://schemas.xmlsoap.org/soap/encoding/',
  encoding12: 'http://www.w3.org/2003/05/soap-encoding',
  xop: 'http://www.w3.org/2004/08/xop/include',
  xmlmime: 'http://www.w3.org/2005/05/xmlmime',
  addressing: 'http://www.w3.org/2005/08/addressing',
  /** The submission that WS-Addressing 1.0 followed. */
  addressing2004: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  /** WS-Addressing 1.0 Metadata §4.4. */
  addressingMetadata: 'http://www.w3.org/2007/05/addressing/metadata',
  /** The same attribute in the draft that most documents use. */
  addressingWsdl: 'http://www.w3.org/2006/05/addressing/wsdl',
  /** WS-Security 1.1: the header block and its tokens. */
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  /** Its identifiers and the Timestamp. */
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  /** WS-Policy 1.2, and 1.5 of the W3C. */
  policy12: 'http://schemas.xmlsoap.org/ws/2004/09/policy',
  policy15: 'http://www.w3.org/ns/ws-policy',
  /** XML Signature. */
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  /** XML Encryption. */
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  mex: 'http://schemas.xmlsoap.org/ws/2004/09/mex',
  /** Types of the .NET data contract serializer. */
  dataContract: 'http://schemas.microsoft.com/2003/10/Serialization/',
} as const;

/** The namespaces of the types that SOAP's own encoding defines. */
export const isEncodingNamespace = (namespace: string): boolean =>
  namespace === ns.encoding11 || namespace === ns.encoding12;
