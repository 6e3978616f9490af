import { randomUUID } from 'node:crypto';
import { MessageFault } from './fault.js';

/** Bytes that travel beside an envelope, by content ID. */
export type Attachments = Map<string, Buffer>;

/**
 * Takes a `multipart/related` message apart (RFC 2387; XOP §4.1).
 *
 * @returns the root part's text, and the others
 * @throws MessageFault
 */
export function readRelated(
  body: Buffer,
  contentType: string,
): { readonly root: string; readonly attachments: Attachments } {
  const boundary = parameter(contentType, 'boundary');
  if (boundary === undefined) throw new MessageFault('The multipart message names no boundary.');
  const start = parameter(contentType, 'start')?.replace(/^<|>$/g, '');
  // latin1 keeps each byte as a character, so that parts can be cut as text.
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`).slice(1);
  if (pieces.at(-1)?.startsWith('--') !== true) throw new MessageFault('The multipart message breaks off.');
  const parts = pieces.slice(0, -1).map(partOf);
  const root = parts.find(({ id }) => id !== undefined && id === start) ?? parts[0];
  if (root === undefined) throw new MessageFault('The multipart message has no parts.');
  const others = parts.flatMap((part) =>
    part === root || part.id === undefined ? [] : [[part.id, part.content] as const],
  );
  return { root: root.content.toString('utf8'), attachments: new Map(others) };
}

function partOf(piece: string): { readonly id: string | undefined; readonly content: Buffer } {
  const end = piece.indexOf('\r\n\r\n');
  if (end === -1) throw new MessageFault('A part of the multipart message has no headers.');
  const head = piece.slice(0, end);
  const content = piece.slice(end + 4);
  const isBase64 = /^content-transfer-encoding:\s*base64\s*$/im.test(head);
  return {
    id: /^content-id:\s*<?([^>\r\n]+)>?/im.exec(head)?.[1],
    content: isBase64 ? Buffer.from(content, 'base64') : Buffer.from(content, 'latin1'),
  };
}

/** An envelope with its attachments, as MTOM has them (SOAP MTOM §3). */
export function writeRelated(
  envelope: string,
  attachments: Attachments,
  envelopeType: string,
): { readonly contentType: string; readonly body: Buffer } {
  const boundary = `uuid:${randomUUID()}`;
  const root = 'envelope@sample.example';
  const part = (headers: readonly string[], content: Buffer): Buffer[] => [
    Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ];
  const rootType = `Content-Type: application/xop+xml; charset=utf-8; type="${envelopeType}"`;
  const files = [...attachments].flatMap(([id, content]) =>
    part(
      [`Content-ID: <${id}>`, 'Content-Transfer-Encoding: binary', 'Content-Type: application/octet-stream'],
      content,
    ),
  );
  return {
    contentType: `multipart/related; type="application/xop+xml"; start="<${root}>"; boundary="${boundary}"; start-info="${envelopeType}"`,
    body: Buffer.concat([
      ...part([`Content-ID: <${root}>`, 'Content-Transfer-Encoding: 8bit', rootType], Buffer.from(envelope)),
      ...files,
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  };
}

function parameter(contentType: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(contentType);
  return match?.[1] ?? match?.[2];
}
