/** The parts of xml-crypto and xmldom that are used. Their own types bring in those of a browser, for all files. */
interface XmlCrypto {
  readonly SignedXml: new (options: {
    readonly publicCert: string;
  }) => {
    loadSignature(signature: string): void;
    checkSignature(xml: string): boolean;
    getSignedReferences(): string[];
  };
}
interface XmlDom {
  readonly DOMParser: new () => { parseFromString(xml: string, type: string): XmlDocument };
}
interface XmlElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  toString(): string;
}
export interface XmlDocument {
  getElementsByTagName(name: string): Readonly<Record<number, XmlElement | undefined>>;
}

/** A name that the compiler does not follow. */
const load = async (name: string): Promise<unknown> => import(name);

export async function parseXml(xml: string): Promise<XmlDocument> {
  const { DOMParser } = (await load('@xmldom/xmldom')) as XmlDom;
  return new DOMParser().parseFromString(xml, 'text/xml');
}

/** What the signature of an assertion covers, as an independent library verifies it. Throws when it is not valid. */
export async function signedXml(xml: string, certificate: string): Promise<XmlDocument> {
  const { SignedXml } = (await load('xml-crypto')) as XmlCrypto;
  const signature = (await parseXml(xml)).getElementsByTagName('ds:Signature')[0];
  if (signature === undefined) throw new Error('The assertion is not signed.');
  const signed = new SignedXml({ publicCert: certificate });
  signed.loadSignature(signature.toString());
  if (!signed.checkSignature(xml)) throw new Error('The signature is not valid.');
  return parseXml(signed.getSignedReferences()[0] ?? '');
}
