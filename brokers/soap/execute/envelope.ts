import { randomUUID } from 'node:crypto';
import { escapeText } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { SoapPlan } from '../plan.js';

export const envelopeNamespace = (version: SoapPlan['version']): string => (version === '1.2' ? ns.soap12 : ns.soap11);

/** WS-Addressing 1.0 Core §3.2: what a request says of itself. */
export function addressingHeaders(action: string, to: string): string {
  const element = (name: string, text: string): string => `<wsa:${name}>${escapeText(text)}</wsa:${name}>`;
  return [
    element('Action', action),
    element('MessageID', `urn:uuid:${randomUUID()}`),
    '<wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:ReplyTo>',
    element('To', to),
  ].join('');
}

/** A whole message (SOAP 1.1 §4, SOAP 1.2 Part 1 §5). */
export function envelope(declarations: string, header: string, body: string): string {
  const head = header === '' ? '' : `<soap:Header>${header}</soap:Header>`;
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope${declarations}>${head}<soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** The headers of the HTTP request (SOAP 1.1 §6.1.1; SOAP 1.2 Part 2 §7.1.4). */
export function httpHeaders({ version, action }: SoapPlan): Record<string, string> {
  const quoted = `"${action.replace(/["\\]/g, '')}"`;
  return version === '1.2'
    ? {
        'content-type': `application/soap+xml; charset=utf-8${action === '' ? '' : `; action=${quoted}`}`,
        accept: 'application/soap+xml, text/xml;q=0.9',
      }
    : { 'content-type': 'text/xml; charset=utf-8', soapaction: quoted, accept: 'text/xml, multipart/related;q=0.9' };
}
