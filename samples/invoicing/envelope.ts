import { InvoicingFault, MessageFault } from './fault.js';
import { childrenOf } from './members.js';
import { ns } from './namespaces.js';
import { escaped, writeInvoicingFault } from './write-contracts.js';
import { type Element, parseDocument } from './xml-document.js';

export type SoapVersion = '1.1' | '1.2';

/** An envelope that was read. */
export interface Envelope {
  readonly version: SoapVersion;
  /** Those that are for this service, without those of WS-Addressing. */
  readonly headers: readonly Element[];
  readonly body: Element;
  /** Of WS-Addressing, where the message has it. */
  readonly addressing: { readonly action: string; readonly messageId: string } | undefined;
}

const envelopes: Readonly<Record<SoapVersion, string>> = { '1.1': ns.soap11, '1.2': ns.soap12 };
export const mediaTypes: Readonly<Record<SoapVersion, string>> = { '1.1': 'text/xml', '1.2': 'application/soap+xml' };

/** Header blocks that this service understands. */
const understood: ReadonlySet<string> = new Set([`{${ns.service}}Approval`]);

/** @throws MessageFault */
export function readEnvelope(text: string): Envelope {
  const root = parseDocument(text);
  const version = (['1.1', '1.2'] as const).find((one) => envelopes[one] === root.namespaceURI);
  if (version === undefined || root.localName !== 'Envelope') throw new MessageFault('It is no SOAP envelope.');
  const [first, second] = childrenOf(root);
  const header = first?.localName === 'Header' ? first : undefined;
  const [body, ...more] = childrenOf((header === undefined ? first : second) ?? root);
  if (body === undefined || more.length > 0) throw new MessageFault('The body must hold one element.');
  const blocks = header === undefined ? [] : childrenOf(header);
  const headers = blocks.filter(({ namespaceURI }) => namespaceURI !== ns.addressing);
  for (const block of headers) {
    const must = block.getAttributeNS(envelopes[version], 'mustUnderstand');
    if ((must === '1' || must === 'true') && !understood.has(`{${block.namespaceURI ?? ''}}${block.localName}`))
      throw new MessageFault(`The header ${block.localName} is not understood.`, 'MustUnderstand');
  }
  return { version, headers, body, addressing: addressingOf(blocks) };
}

function addressingOf(blocks: readonly Element[]): Envelope['addressing'] {
  const textOf = (name: string): string | undefined =>
    blocks.find((block) => block.namespaceURI === ns.addressing && block.localName === name)?.textContent?.trim();
  const action = textOf('Action');
  return action === undefined ? undefined : { action, messageId: textOf('MessageID') ?? '' };
}

/** An answer (SOAP 1.1 §4, SOAP 1.2 Part 1 §5). */
export function writeEnvelope(version: SoapVersion, body: string, header = ''): string {
  const head = header === '' ? '' : `<s:Header>${header}</s:Header>`;
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${envelopes[version]}">${head}<s:Body>${body}</s:Body></s:Envelope>`;
}

/** The headers of an answer to a message with WS-Addressing (WS-Addressing 1.0 Core §3.4). */
export const addressingAnswer = ({ action, messageId }: NonNullable<Envelope['addressing']>): string =>
  `<w:Action xmlns:w="${ns.addressing}">${escaped(action)}Response</w:Action>` +
  `<w:RelatesTo xmlns:w="${ns.addressing}">${escaped(messageId)}</w:RelatesTo>`;

/** SOAP 1.1 §4.4 and SOAP 1.2 Part 1 §5.4. Anything but the service's own faults is told without its reason. */
export function writeFault(version: SoapVersion, error: unknown): string {
  const isOwn = error instanceof InvoicingFault || error instanceof MessageFault;
  const code = error instanceof MessageFault ? error.code : isOwn ? 'Sender' : 'Receiver';
  const reason = isOwn ? error.message : 'The service failed.';
  const detail = error instanceof InvoicingFault ? writeInvoicingFault(error) : '';
  const codes11: Readonly<Record<string, string>> = { Sender: 'Client', Receiver: 'Server' };
  return version === '1.1'
    ? `<s:Fault><faultcode>s:${codes11[code] ?? code}</faultcode><faultstring xml:lang="en">${escaped(reason)}</faultstring>${detail === '' ? '' : `<detail>${detail}</detail>`}</s:Fault>`
    : `<s:Fault><s:Code><s:Value>s:${code}</s:Value></s:Code><s:Reason><s:Text xml:lang="en">${escaped(reason)}</s:Text></s:Reason>${detail === '' ? '' : `<s:Detail>${detail}</s:Detail>`}</s:Fault>`;
}
