import type { X509Certificate } from 'node:crypto';
import { UpstreamError } from '../../../config/model/errors.js';
import { attributeOf, childElements, firstChild, textOf, type XmlElement } from '../../xml/index.js';
import type { Envelope } from '../execute/message.js';
import { ns } from '../namespaces.js';
import { type DomDocument, type DomNode, xmlSignature } from './xml-signature.js';

/** Milliseconds that the clocks of the service and ours may differ. */
const SKEW = 300_000;
/** Parts that one signature may be over: each is looked for in the whole message before it is known who signed. */
const MOST_REFERENCES = 50;
/** Tags that a message which is checked may have; the time that it takes is theirs, some seconds for so many. */
const MOST_TAGS = 200_000;

/**
 * Checks that the service signed what is read of its answer, and the timestamp where there is one, which must not be over. Whatever the
 * message says of certificates is left aside: only the given one counts.
 *
 * @param xml the whole message, as `withPlainLines` gives it and as `message` was parsed from it
 * @param read the parts of the message that are read
 * @throws UpstreamError UPSTREAM_UNTRUSTED; UPSTREAM_TOO_LARGE
 */
export function verifySignature(
  xml: string,
  message: Envelope,
  read: readonly XmlElement[],
  certificate: X509Certificate,
  what: string,
  now: number = Date.now(),
): void {
  const security = message.header === undefined ? undefined : firstChild(message.header, ns.wsse, 'Security');
  const signatures = security === undefined ? [] : childElements(security, ns.ds, 'Signature');
  const [signature, ...more] = signatures;
  if (security === undefined || signature === undefined || more.length > 0)
    throw untrusted(what, `has ${signatures.length} signatures in its security header, not one`);
  const references = referencesOf(signature);
  if (references.length > MOST_REFERENCES)
    throw untrusted(what, `has a signature over more than ${MOST_REFERENCES} parts`);
  const signed = new Set(references);
  const timestamp = firstChild(security, ns.wsu, 'Timestamp');
  for (const part of [...read, ...(timestamp === undefined ? [] : [timestamp])]) {
    const id = attributeOf(part, 'Id', ns.wsu);
    if (id === undefined || !signed.has(`#${id}`)) throw untrusted(what, `has a <${part.name}> that is not signed`);
  }
  if (hasMoreTags(xml, MOST_TAGS)) {
    const message = `${what}: the answer has more than ${MOST_TAGS} tags. So many are not checked for a signature; ask for less at a time.`;
    throw new UpstreamError('UPSTREAM_TOO_LARGE', message);
  }
  const reason = refutation(xml, certificate);
  if (reason !== undefined) throw untrusted(what, `has a signature that does not hold: ${reason}`);
  const expires = timestamp === undefined ? undefined : firstChild(timestamp, ns.wsu, 'Expires');
  if (expires !== undefined && !(Date.parse(textOf(expires).trim()) + SKEW > now))
    throw untrusted(what, 'is an old one: its timestamp has expired');
}

function hasMoreTags(xml: string, most: number): boolean {
  let tags = 0;
  for (let at = xml.indexOf('<'); at !== -1 && tags <= most; at = xml.indexOf('<', at + 1)) tags++;
  return tags > most;
}

function referencesOf(signature: XmlElement): string[] {
  const info = firstChild(signature, ns.ds, 'SignedInfo');
  const references = info === undefined ? [] : childElements(info, ns.ds, 'Reference');
  return references.map((reference) => attributeOf(reference, 'URI') ?? '');
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

/** The refusal of an answer. @param reason what is wrong with the answer: its verb and what follows */
export function untrusted(what: string, reason: string): UpstreamError {
  return new UpstreamError(
    'UPSTREAM_UNTRUSTED',
    `${what}: the answer ${reason}. It was refused, because the service key "Service Certificate" is set.`,
  );
}
