import { TextDecoder } from 'node:util';
import { UpstreamError } from '../../config/model/errors.js';
import { asWindows1252 } from '../windows-1252.js';

/**
 * Text from bytes: by its byte order mark, else by the `charset` of its media type, else as UTF-8. The mark is dropped.
 *
 * @throws UpstreamError UPSTREAM_UNREADABLE for a charset that is not known (WHATWG Encoding Standard §4.2)
 */
export function decodeText(bytes: Buffer, contentType: string | undefined, what: string): string {
  const charset = markOf(bytes) ?? charsetOf(contentType);
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8') {
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.toString('utf8', 3) : bytes.toString();
  }
  const known = decoder(charset, what);
  return asWindows1252(known.decode(bytes), known);
}

/**
 * Decodes text that comes piece by piece, by the `charset` of its media type, UTF-8 by default. A byte order mark is dropped.
 *
 * @throws UpstreamError UPSTREAM_UNREADABLE for a charset that is not known
 */
export function textDecoder(contentType: string | undefined, what: string): TextDecoder {
  return decoder(charsetOf(contentType) ?? 'utf-8', what);
}

function decoder(charset: string, what: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (cause) {
    const message = `${what}: the answer is in the charset "${charset.slice(0, 40)}", which is not known.`;
    throw new UpstreamError('UPSTREAM_UNREADABLE', message, { cause });
  }
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** The `charset` parameter in lower case. */
function charsetOf(contentType: string | undefined): string | undefined {
  if (contentType?.includes(';') !== true) return undefined;
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase();
}
