import { ns } from '../namespaces.js';
import type { SigningKey } from './certificate.js';
import { X509 } from './header.js';
import { withPlainLines, xmlSignature } from './xml-signature.js';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/**
 * Signs parts of a message, by RSA with SHA-256 over exclusive canonical XML (WS-Security 1.1 §8; X.509 Token Profile 1.1 §3).
 *
 * @param ids `wsu:Id` of the parts
 * @param certificate `wsu:Id` of the certificate's token in the header
 * @returns the message with the signature at the end of its security header
 */
export function signMessage(
  xml: string,
  { privateKey }: SigningKey,
  ids: readonly string[],
  certificate: string,
): string {
  const { SignedXml } = xmlSignature();
  const signature = new SignedXml({
    idMode: 'wssecurity',
    privateKey,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE,
    getKeyInfoContent: () =>
      `<wsse:SecurityTokenReference xmlns:wsse="${ns.wsse}"><wsse:Reference URI="#${certificate}" ValueType="${X509}"/></wsse:SecurityTokenReference>`,
  });
  for (const id of ids) {
    signature.addReference({
      xpath: `//*[@*[local-name(.)='Id' and namespace-uri(.)='${ns.wsu}']='${id}']`,
      transforms: [EXCLUSIVE],
      digestAlgorithm: SHA256,
    });
  }
  signature.computeSignature(withPlainLines(xml), { prefix: 'ds' });
  // Put in by hand: written anew by the library, the rest would lose references to characters such as carriage returns.
  const end = xml.indexOf('</wsse:Security>');
  return xml.slice(0, end) + signature.getSignatureXml() + xml.slice(end);
}
