import { randomUUID } from 'node:crypto';
import { escapeText } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { SoapPlan } from '../plan.js';
import { idAttribute } from '../security/header.js';

export const envelopeNamespace = (version: SoapPlan['version']): string => (version === '1.2' ? ns.soap12 : ns.soap11);

/** What goes into a message for its security. */
export interface MessageSecurity {
  /** A block of the header. */
  readonly header: string;
  /** Gives an element that is to be signed its identifier; absent: nothing is signed. */
  readonly identify?: (kind: string) => string;
}

/** WS-Addressing 1.0 Core §3.2: what a request says of itself. */
export function addressingHeaders(action: string, to: string, { identify }: Partial<MessageSecurity> = {}): string {
  const element = (name: string, content: string): string => {
    const id = identify === undefined ? '' : idAttribute(identify(name.toLowerCase()));
    return `<wsa:${name}${id}>${content}</wsa:${name}>`;
  };
  return [
    element('Action', escapeText(action)),
    element('MessageID', `urn:uuid:${randomUUID()}`),
    element('ReplyTo', '<wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address>'),
    element('To', escapeText(to)),
  ].join('');
}

/** A whole message (SOAP 1.1 §4, SOAP 1.2 Part 1 §5). */
export function envelope(
  declarations: string,
  header: string,
  body: string,
  { identify }: Partial<MessageSecurity> = {},
): string {
  const id = identify === undefined ? '' : idAttribute(identify('body'));
  const head = header === '' ? '' : `<soap:Header>${header}</soap:Header>`;
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope${declarations}>${head}<soap:Body${id}>${body}</soap:Body></soap:Envelope>`;
}

export const envelopeType = (version: SoapPlan['version']): string =>
  version === '1.2' ? 'application/soap+xml' : 'text/xml';

/**
 * The headers of the HTTP request (SOAP 1.1 §6.1.1; SOAP 1.2 Part 2 §7.1.4).
 *
 * @param multipart the content type of a message with parts; the action of SOAP 1.2 is in it
 */
export function httpHeaders({ version, action }: SoapPlan, multipart?: string): Record<string, string> {
  const quoted = `"${action.replace(/["\\]/g, '')}"`;
  const alone = `${envelopeType(version)}; charset=utf-8`;
  return version === '1.2'
    ? {
        'content-type': multipart ?? `${alone}${action === '' ? '' : `; action=${quoted}`}`,
        accept: 'application/soap+xml, multipart/related;q=0.9, text/xml;q=0.9',
      }
    : {
        'content-type': multipart ?? alone,
        soapaction: quoted,
        accept: 'text/xml, multipart/related;q=0.9',
      };
}
