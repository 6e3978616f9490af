import type { FileStream } from '../../brokers/broker.js';
import type { FileValue } from '../../config/model/file-value.js';

export function isFileValue(value: unknown): value is FileValue {
  return typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'string';
}

/** A file that is there already, as a stream of its bytes. */
export function fileStream({ name, mediaType, content }: FileValue): FileStream {
  const bytes = Buffer.from(content, 'base64');
  return {
    file: {
      ...(name === undefined ? {} : { name }),
      ...(mediaType === undefined ? {} : { mediaType }),
      size: bytes.length,
    },
    bytes: inOnePiece(bytes),
    close: () => undefined,
  };
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  if (bytes.length > 0) yield bytes;
}
