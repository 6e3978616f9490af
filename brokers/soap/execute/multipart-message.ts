import { randomUUID } from 'node:crypto';
import type { RepeatableBody } from '../../http/index.js';
import type { OutgoingPart } from './attached.js';

/** Characters of base64 that are decoded at a time: a multiple of four. */
const AT_ONCE = 64 * 1024;
const BREAK = Buffer.from('\r\n');
const ROOT = 'envelope@smartwright';

/** How the parts of a message are put together. */
export interface Packaging {
  /** `xop`: the envelope refers to parts (MTOM §3); otherwise they stand beside it (SOAP Messages with Attachments §3). */
  readonly xop: boolean;
  /** The media type of the envelope itself: `text/xml`, `application/soap+xml`. */
  readonly envelopeType: string;
  /** `action` of SOAP 1.2; '' for none. */
  readonly action: string;
}

/** A `multipart/related` message (RFC 2387). */
export interface MultipartMessage {
  readonly contentType: string;
  readonly body: (envelope: string) => RepeatableBody;
}

/** Puts an envelope and its parts together. Parts are decoded while they are sent, so that no copy of them is kept. */
export function multipartMessage(
  parts: readonly OutgoingPart[],
  { xop, envelopeType, action }: Packaging,
): MultipartMessage {
  const boundary = `smartwright-${randomUUID()}`;
  const start = `start="<${ROOT}>"; boundary="${boundary}"`;
  const acting = action === '' ? '' : `; action="${action.replace(/["\\]/g, '')}"`;
  const contentType = xop
    ? `multipart/related; type="application/xop+xml"; start-info="${envelopeType}"; ${start}${acting}`
    : `multipart/related; type="${envelopeType}"; ${start}${acting}`;
  const rootType = xop
    ? `application/xop+xml; charset=utf-8; type="${envelopeType}"`
    : `${envelopeType}; charset=utf-8`;
  const root = head(boundary, ROOT, rootType, '8bit');
  const heads = parts.map(({ id, mediaType }) => Buffer.concat([BREAK, head(boundary, id, mediaType, 'binary')]));
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType,
    body(envelope) {
      const size = parts.reduce(
        (sum, { base64 }, index) => sum + (heads[index]?.length ?? 0) + Buffer.byteLength(base64, 'base64'),
        root.length + Buffer.byteLength(envelope) + end.length,
      );
      return { size, pieces: () => pieces(root, envelope, parts, heads, end) };
    },
  };
}

function head(boundary: string, id: string, type: string, encoding: string): Buffer {
  return Buffer.from(
    `--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-ID: <${id}>\r\n\r\n`,
  );
}

function* pieces(
  root: Buffer,
  envelope: string,
  parts: readonly OutgoingPart[],
  heads: readonly Buffer[],
  end: Buffer,
): Generator<Uint8Array> {
  yield root;
  yield Buffer.from(envelope);
  for (const [index, { base64 }] of parts.entries()) {
    yield heads[index] ?? Buffer.alloc(0);
    for (let at = 0; at < base64.length; at += AT_ONCE) yield Buffer.from(base64.slice(at, at + AT_ONCE), 'base64');
  }
  yield end;
}
