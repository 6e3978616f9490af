import { clientProblem } from './problem.js';
import type { FileValue } from './values.js';

/** What is known of a file before its bytes. */
export interface FileHead {
  readonly name?: string;
  readonly mediaType?: string;
  /** Bytes; absent when nobody knows beforehand. */
  readonly size?: number;
}

/**
 * A file whose bytes arrive while they are read, so that it may be of any size:
 *
 *     for await (const chunk of file) …
 *
 * It holds a connection until it is read to its end, left by `break`, or cancelled.
 */
export class FileDownload implements AsyncIterable<Uint8Array>, FileHead {
  readonly name?: string;
  readonly mediaType?: string;
  readonly size?: number;
  readonly #bytes: AsyncIterable<Uint8Array>;
  readonly #cancel: () => void;

  constructor(head: FileHead, bytes: AsyncIterable<Uint8Array>, cancel: () => void) {
    if (head.name !== undefined) this.name = head.name;
    if (head.mediaType !== undefined) this.mediaType = head.mediaType;
    if (head.size !== undefined) this.size = head.size;
    this.#bytes = bytes;
    this.#cancel = cancel;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#bytes[Symbol.asyncIterator]();
  }

  /** All bytes, put together in memory. */
  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this) {
      chunks.push(chunk);
      size += chunk.length;
    }
    const whole = new Uint8Array(size);
    let position = 0;
    for (const chunk of chunks) {
      whole.set(chunk, position);
      position += chunk.length;
    }
    return whole;
  }

  /** Nobody wants the bytes. */
  cancel(): void {
    this.#cancel();
  }
}

/** A file that came whole. @throws Problem ANSWER_UNREADABLE when it is none */
export function downloadOf(value: unknown, what: string): FileDownload {
  if (!isFile(value)) throw clientProblem('ANSWER_UNREADABLE', `${what} gives no file. Call it without \`download\`.`);
  const bytes = Uint8Array.from(atob(value.content), (character) => character.charCodeAt(0));
  return new FileDownload({ ...value, size: bytes.length }, inOnePiece(bytes), () => undefined);
}

function isFile(value: unknown): value is FileValue {
  return typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'string';
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  if (bytes.length > 0) yield bytes;
}
