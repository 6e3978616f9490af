import { parseXmlBytes, type XmlElement, XmlSyntaxError } from '../../xml/index.js';

/** A part of a message beside its envelope. */
export interface Attachment {
  /** The bytes, as base64. */
  readonly content: string;
  readonly mediaType?: string;
  /** The file's name, where one is given. */
  readonly name?: string;
}

/** Parts of one message. */
const MOST_PARTS = 1_000;
const LONGEST_HEAD = 16 * 1024;

/**
 * The envelope and the attachments of a `multipart/related` message (RFC 2387; XOP §4.1; SOAP Messages with Attachments §3).
 *
 * @returns attachments by content ID, in their order; one without an ID by its place
 * @throws XmlSyntaxError when there is no envelope in it, it breaks off, or there are more than 1,000 parts
 */
export async function attachmentsOf(
  bytes: Buffer,
  contentType: string,
): Promise<[envelope: XmlElement, attachments: ReadonlyMap<string, Attachment>]> {
  const boundary = parameter(contentType, 'boundary');
  if (boundary === undefined) throw new XmlSyntaxError('the multipart answer names no boundary');
  const parts = split(bytes, boundary);
  const start = parameter(contentType, 'start')?.replace(/^<|>$/g, '');
  const root = parts.find(({ id }) => id !== undefined && id === start) ?? parts[0];
  if (root === undefined) throw new XmlSyntaxError('the multipart answer has no parts');
  const attachments = new Map<string, Attachment>();
  for (const [index, part] of parts.entries()) {
    if (part === root) continue;
    const content =
      part.encoding === 'base64'
        ? part.content.toString('latin1').replace(/\s+/g, '')
        : part.content.toString('base64');
    const { id = `part ${index}`, mediaType, name } = part;
    attachments.set(id, {
      content,
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(name === undefined ? {} : { name }),
    });
  }
  const content = root.encoding === 'base64' ? Buffer.from(root.content.toString('latin1'), 'base64') : root.content;
  return [parseXmlBytes(content), attachments];
}

interface Part {
  readonly id: string | undefined;
  readonly encoding: string | undefined;
  readonly mediaType: string | undefined;
  readonly name: string | undefined;
  readonly content: Buffer;
}

function split(bytes: Buffer, boundary: string): Part[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Part[] = [];
  let at = bytes.indexOf(mark);
  while (at !== -1) {
    const start = at + mark.length;
    if (bytes.subarray(start, start + 2).toString('latin1') === '--') break;
    if (parts.length === MOST_PARTS) throw new XmlSyntaxError(`the multipart answer has more than ${MOST_PARTS} parts`);
    const end = bytes.indexOf(mark, start);
    if (end === -1) throw new XmlSyntaxError('the multipart answer breaks off');
    const part = partOf(bytes.subarray(start, end));
    if (part !== undefined) parts.push(part);
    at = end;
  }
  return parts;
}

function partOf(bytes: Buffer): Part | undefined {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  const isLf = crlf === -1 || (lf !== -1 && lf < crlf);
  const split = isLf ? lf : crlf;
  if (split === -1 || split > LONGEST_HEAD) return undefined;
  const head = bytes
    .subarray(0, split)
    .toString('latin1')
    .replace(/\r?\n[ \t]+/g, ' ');
  const header = (name: string): string | undefined => new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim();
  const content = bytes.subarray(
    split + (isLf ? 2 : 4),
    bytes.at(-2) === 0x0d && bytes.at(-1) === 0x0a ? -2 : bytes.at(-1) === 0x0a ? -1 : undefined,
  );
  return {
    id: header('content-id')?.replace(/^<|>$/g, ''),
    encoding: header('content-transfer-encoding')?.toLowerCase(),
    mediaType: header('content-type'),
    name: parameter(header('content-disposition') ?? '', 'filename'),
    content,
  };
}

function parameter(contentType: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(contentType);
  return match?.[1] ?? match?.[2];
}
