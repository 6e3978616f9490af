import { createHash, sign } from 'node:crypto';
import type { SigningAlgorithm } from '../../../config/model/assertion.js';
import type { Signer } from '../signer.js';
import { type CanonicalXml, canonicalXml, type XmlElement } from './canonical-xml.js';

const more = 'http://www.w3.org/2001/04/xmldsig-more#';

/** XML Signature algorithms (RFC 6931 §2.3) by their JWS names, with the hash that Node calls them by. */
export const xmlSignatures: Readonly<
  Partial<Record<SigningAlgorithm, { readonly uri: string; readonly hash: string }>>
> = {
  RS256: { uri: `${more}rsa-sha256`, hash: 'sha256' },
  RS384: { uri: `${more}rsa-sha384`, hash: 'sha384' },
  RS512: { uri: `${more}rsa-sha512`, hash: 'sha512' },
  ES256: { uri: `${more}ecdsa-sha256`, hash: 'sha256' },
  ES384: { uri: `${more}ecdsa-sha384`, hash: 'sha384' },
  ES512: { uri: `${more}ecdsa-sha512`, hash: 'sha512' },
};

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/**
 * An enveloped signature over an element (XML Signature 1.1 §6.6.4), to be put into it.
 *
 * @param element the element in canonical form, without the signature
 * @param id the value of its `ID` attribute
 */
export function xmlSignature(
  element: CanonicalXml,
  id: string,
  { key, certificate }: Signer,
  { uri, hash }: { readonly uri: string; readonly hash: string },
): XmlElement {
  const digest = createHash('sha256').update(element, 'utf8').digest('base64');
  const algorithm = (name: string, of: string): XmlElement => ({ name: `ds:${name}`, attributes: { Algorithm: of } });
  const signedInfo = canonicalXml({
    name: 'ds:SignedInfo',
    namespaces: { ds },
    content: [
      algorithm('CanonicalizationMethod', exclusive),
      algorithm('SignatureMethod', uri),
      {
        name: 'ds:Reference',
        attributes: { URI: `#${id}` },
        content: [
          {
            name: 'ds:Transforms',
            content: [algorithm('Transform', `${ds}enveloped-signature`), algorithm('Transform', exclusive)],
          },
          algorithm('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256'),
          { name: 'ds:DigestValue', content: digest },
        ],
      },
    ],
  });
  const value = sign(hash, Buffer.from(signedInfo, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString('base64');
  const keyInfo: XmlElement[] =
    certificate === undefined
      ? []
      : [
          {
            name: 'ds:KeyInfo',
            content: [
              {
                name: 'ds:X509Data',
                content: [{ name: 'ds:X509Certificate', content: certificate.raw.toString('base64') }],
              },
            ],
          },
        ];
  return {
    name: 'ds:Signature',
    namespaces: { ds },
    content: [signedInfo, { name: 'ds:SignatureValue', content: value }, ...keyInfo],
  };
}

const ds = 'http://www.w3.org/2000/09/xmldsig#';
