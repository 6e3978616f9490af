import { randomUUID } from 'node:crypto';
import { ConfigurationError } from '../../../config/model/errors.js';
import type { Signer } from '../signer.js';
import { type CanonicalXml, canonicalXml, type XmlElement } from './canonical-xml.js';
import { xmlSignature, xmlSignatures } from './sign-xml.js';

/** What a bearer assertion says (RFC 7522 §3). */
export interface SamlStatement {
  readonly issuer: string;
  readonly subject: string;
  readonly nameIdFormat: string;
  readonly audience: string;
  readonly recipient: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Seconds since the epoch. */
  readonly notBefore: number;
  readonly notOnOrAfter: number;
}

/**
 * A signed SAML 2.0 bearer assertion (SAML Core §2.3.3, RFC 7522 §3).
 *
 * @param resource the OAuth resource, for messages
 * @throws ConfigurationError DOCUMENT_INVALID when the key's algorithm is none of XML Signature
 */
export function samlAssertion(statement: SamlStatement, signer: Signer, resource: string): CanonicalXml {
  const algorithm = xmlSignatures[signer.algorithm];
  if (algorithm === undefined) {
    const fitting = Object.keys(xmlSignatures).join(', ');
    throw new ConfigurationError(
      'DOCUMENT_INVALID',
      `OAuth resource "${resource}": a SAML assertion cannot be signed with ${signer.algorithm}; use ${fitting}.`,
    );
  }
  const id = `_${randomUUID()}`;
  const [issuer, ...rest] = contents(statement);
  const unsigned = assertionElement(id, statement, [issuer, ...rest]);
  const signature = xmlSignature(canonicalXml(unsigned), id, signer, algorithm);
  return canonicalXml(assertionElement(id, statement, [issuer, signature, ...rest]));
}

const assertionElement = (
  id: string,
  { notBefore }: SamlStatement,
  content: readonly (XmlElement | undefined)[],
): XmlElement => ({
  name: 'saml:Assertion',
  namespaces: { saml: 'urn:oasis:names:tc:SAML:2.0:assertion' },
  attributes: { ID: id, IssueInstant: instant(notBefore), Version: '2.0' },
  content: content.filter((element) => element !== undefined),
});

function contents(statement: SamlStatement): XmlElement[] {
  const { issuer, subject, nameIdFormat, audience, recipient, attributes } = statement;
  const notBefore = instant(statement.notBefore);
  const notOnOrAfter = instant(statement.notOnOrAfter);
  const named = Object.entries(attributes).map(
    ([Name, value]): XmlElement => ({
      name: 'saml:Attribute',
      attributes: { Name },
      content: [{ name: 'saml:AttributeValue', content: value }],
    }),
  );
  return [
    { name: 'saml:Issuer', content: issuer },
    {
      name: 'saml:Subject',
      content: [
        { name: 'saml:NameID', attributes: { Format: nameIdFormat }, content: subject },
        {
          name: 'saml:SubjectConfirmation',
          attributes: { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer' },
          content: [
            {
              name: 'saml:SubjectConfirmationData',
              attributes: { NotOnOrAfter: notOnOrAfter, Recipient: recipient },
            },
          ],
        },
      ],
    },
    {
      name: 'saml:Conditions',
      attributes: { NotBefore: notBefore, NotOnOrAfter: notOnOrAfter },
      content: [{ name: 'saml:AudienceRestriction', content: [{ name: 'saml:Audience', content: audience }] }],
    },
    {
      name: 'saml:AuthnStatement',
      attributes: { AuthnInstant: notBefore },
      content: [
        {
          name: 'saml:AuthnContext',
          content: [
            { name: 'saml:AuthnContextClassRef', content: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified' },
          ],
        },
      ],
    },
    ...(named.length === 0 ? [] : [{ name: 'saml:AttributeStatement', content: named }]),
  ];
}

/** SAML Core §1.3.3: UTC, without fractions. */
const instant = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
