export const ns = {
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
  addressing: 'http://www.w3.org/2005/08/addressing',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  xop: 'http://www.w3.org/2004/08/xop/include',
  service: 'http://sample.example/invoicing',
  data: 'http://schemas.datacontract.org/2004/07/Sample.Invoicing',
  arrays: 'http://schemas.microsoft.com/2003/10/Serialization/Arrays',
} as const;
