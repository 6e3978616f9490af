import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { escapeText } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { ChosenSecurity } from './chosen.js';

/** Milliseconds that a message is good for. */
export const LIFETIME = 300_000;

const profile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const BASE64 = `${profile}-soap-message-security-1.0#Base64Binary`;
/** X.509 Token Profile 1.1 §3.1: one certificate. */
export const X509 = `${profile}-x509-token-profile-1.0#X509v3`;
const password = (type: string): string => `${profile}-username-token-profile-1.0#Password${type}`;

/** The security header of one message. */
export interface SecurityHeader {
  /** The whole `wsse:Security` block. */
  readonly xml: string;
  /** The block's start tag, behind which a token may be put. */
  readonly start: string;
  /** `wsu:Id` of what is in it and is to be signed. */
  readonly signed: readonly string[];
  /** `wsu:Id` of the signer's certificate. */
  readonly certificate: string | undefined;
}

/** A new identifier within a message; an XML name cannot begin with a digit. */
export const newId = (kind: string): string => `${kind}-${randomUUID()}`;

/** ` wsu:Id="…"` with its declaration. */
export const idAttribute = (id: string): string => ` xmlns:wsu="${ns.wsu}" wsu:Id="${id}"`;

/** WS-Security 1.1 §5. The prefix `soap` must be the envelope's. */
export function securityHeader(
  { user, timestamp, signingKey }: ChosenSecurity,
  now: Date = new Date(),
): SecurityHeader {
  const ids = { timestamp: newId('timestamp'), user: newId('user'), certificate: newId('certificate') };
  const start = `<wsse:Security xmlns:wsse="${ns.wsse}" xmlns:wsu="${ns.wsu}" soap:mustUnderstand="1">`;
  const xml = [
    start,
    timestamp ? timestampElement(ids.timestamp, now) : '',
    signingKey === undefined ? '' : binaryToken(ids.certificate, X509, signingKey.certificate.raw.toString('base64')),
    user === undefined ? '' : usernameToken(ids.user, user, now),
    '</wsse:Security>',
  ].join('');
  return {
    xml,
    start,
    signed: [...(timestamp ? [ids.timestamp] : []), ...(user === undefined ? [] : [ids.user])],
    certificate: signingKey === undefined ? undefined : ids.certificate,
  };
}

/** WS-Security 1.1 §10. */
function timestampElement(id: string, now: Date): string {
  const expires = new Date(now.getTime() + LIFETIME);
  return `<wsu:Timestamp wsu:Id="${id}"><wsu:Created>${now.toISOString()}</wsu:Created><wsu:Expires>${expires.toISOString()}</wsu:Expires></wsu:Timestamp>`;
}

/** Username Token Profile 1.1 §3.1. A digest is SHA-1 of nonce, creation time and password: the profile knows no other. */
function usernameToken(
  id: string,
  { name, password: secret = '', type }: NonNullable<ChosenSecurity['user']>,
  now: Date,
) {
  const nonce = randomBytes(16);
  const created = now.toISOString();
  const shown =
    type === 'Text' ? secret : createHash('sha1').update(nonce).update(created).update(secret).digest('base64');
  const freshness =
    type === 'Text'
      ? ''
      : `<wsse:Nonce EncodingType="${BASE64}">${nonce.toString('base64')}</wsse:Nonce><wsu:Created>${created}</wsu:Created>`;
  return `<wsse:UsernameToken wsu:Id="${id}"><wsse:Username>${escapeText(name)}</wsse:Username><wsse:Password Type="${password(type)}">${escapeText(shown)}</wsse:Password>${freshness}</wsse:UsernameToken>`;
}

/** WS-Security 1.1 §6.3. */
export function binaryToken(id: string, valueType: string, base64: string): string {
  return `<wsse:BinarySecurityToken wsu:Id="${id}" ValueType="${valueType}" EncodingType="${BASE64}">${base64}</wsse:BinarySecurityToken>`;
}
