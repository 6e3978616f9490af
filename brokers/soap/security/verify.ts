import type { X509Certificate } from 'node:crypto';
import { UpstreamError } from '../../../config/model/errors.js';
import { attributeOf, childElements, firstChild, textOf, type XmlElement } from '../../xml/index.js';
import type { Envelope } from '../execute/message.js';
import { ns } from '../namespaces.js';
import { type DomDocument, type DomNode, xmlSignature } from './xml-signature.js';

/** Milliseconds that the clocks of the service and ours may differ. */
const SKEW = 300_000;

/**
 * Checks that the service signed the body of its answer, and the timestamp where there is one, which must not be over. Whatever the
 * message says of certificates is left aside: only the given one counts.
 *
 * @param xml the whole message, as it came
 * @throws UpstreamError UPSTREAM_UNTRUSTED
 */
export function verifySignature(
  xml: string,
  message: Envelope,
  certificate: X509Certificate,
  what: string,
  now: number = Date.now(),
): void {
  const security = message.header === undefined ? undefined : firstChild(message.header, ns.wsse, 'Security');
  const signatures = security === undefined ? [] : childElements(security, ns.ds, 'Signature');
  const [signature, ...more] = signatures;
  if (security === undefined || signature === undefined || more.length > 0)
    throw untrusted(what, `has ${signatures.length} signatures in its security header, not one`);
  const signed = new Set(referencesOf(signature));
  const timestamp = firstChild(security, ns.wsu, 'Timestamp');
  for (const part of [message.body, ...(timestamp === undefined ? [] : [timestamp])]) {
    const id = attributeOf(part, 'Id', ns.wsu);
    if (id === undefined || !signed.has(`#${id}`)) throw untrusted(what, `has a <${part.name}> that is not signed`);
  }
  const reason = refutation(xml, certificate);
  if (reason !== undefined) throw untrusted(what, `has a signature that does not hold: ${reason}`);
  const expires = timestamp === undefined ? undefined : firstChild(timestamp, ns.wsu, 'Expires');
  if (expires !== undefined && !(Date.parse(textOf(expires).trim()) + SKEW > now))
    throw untrusted(what, 'is an old one: its timestamp has expired');
}

function referencesOf(signature: XmlElement): string[] {
  const info = firstChild(signature, ns.ds, 'SignedInfo');
  const references = info === undefined ? [] : childElements(info, ns.ds, 'Reference');
  return references.flatMap((reference) => attributeOf(reference, 'URI') ?? []);
}

/**
 * Why the signature in the security header is none of the certificate's; undefined when it is. An identifier that two elements have is
 * refused with it, so that what is signed is what stands where it is read.
 */
function refutation(xml: string, certificate: X509Certificate): string | undefined {
  const { SignedXml, DOMParser } = xmlSignature();
  const verifier = new SignedXml({
    idMode: 'wssecurity',
    publicCert: certificate.toString(),
    getCertFromKeyInfo: () => null,
  });
  try {
    const document = new DOMParser().parseFromString(xml, 'text/xml');
    const found = Array.from(document.getElementsByTagNameNS(ns.ds, 'Signature'));
    const own = found.filter((one) => isInSecurity(one, document));
    const [signature] = own;
    if (signature === undefined || own.length > 1) return 'it is not one';
    verifier.loadSignature(signature);
    return verifier.checkSignature(xml) ? undefined : 'it was made with another key';
  } catch (error) {
    // Its words may quote the document.
    return error instanceof Error ? error.message.slice(0, 80).replace(/[^\x20-\x7e]/g, '?') : 'it is malformed';
  }
}

/** Whether a node is in a security header: `Envelope/Header/Security`. */
function isInSecurity({ parentNode: security }: DomNode, { documentElement }: DomDocument): boolean {
  const header = security?.parentNode;
  return security?.localName === 'Security' && header?.localName === 'Header' && header.parentNode === documentElement;
}

function untrusted(what: string, reason: string): UpstreamError {
  return new UpstreamError(
    'UPSTREAM_UNTRUSTED',
    `${what}: the answer ${reason}. It was refused, because the service key "Service Certificate" is set.`,
  );
}
