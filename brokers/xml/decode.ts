import { TextDecoder } from 'node:util';
import { asWindows1252 } from '../windows-1252.js';
import { XmlSyntaxError } from './syntax-error.js';

/** Bytes looked at for an encoding declaration; it stands at the very start. */
const PROLOGUE = 256;

/**
 * Turns the bytes of an XML document into text, piece by piece: by the byte order mark, else what the transport says, else the
 * encoding declaration, else UTF-8 (XML 1.0 §4.3.3 and Appendix F; RFC 7303 §3).
 */
export class XmlDecoder {
  readonly #charset: string | undefined;
  #decoder: TextDecoder | undefined;
  #held: Uint8Array = new Uint8Array();

  constructor(charset?: string) {
    this.#charset = charset;
  }

  /** @throws XmlSyntaxError for an unknown encoding, and for bytes that it does not have */
  write(chunk: Uint8Array): string {
    if (this.#decoder !== undefined) return this.#decode(this.#decoder, chunk, true);
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    return this.#held.length < PROLOGUE ? '' : this.#start(true);
  }

  /** What is left. @throws XmlSyntaxError */
  end(): string {
    return this.#decoder === undefined ? this.#start(false) : this.#decode(this.#decoder, new Uint8Array(), false);
  }

  #start(stream: boolean): string {
    const held = this.#held;
    this.#held = new Uint8Array();
    const encoding = encodingOf(held, this.#charset);
    try {
      this.#decoder = new TextDecoder(encoding, { fatal: true });
    } catch {
      throw new XmlSyntaxError(`the encoding "${encoding.slice(0, 40)}" is not known`);
    }
    return this.#decode(this.#decoder, held, stream);
  }

  #decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
    try {
      return asWindows1252(decoder.decode(bytes, { stream }), decoder);
    } catch {
      throw new XmlSyntaxError(`the document has bytes that are no ${decoder.encoding.toUpperCase()}`);
    }
  }
}

function encodingOf(bytes: Uint8Array, charset: string | undefined): string {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (charset !== undefined && charset !== '') return charset;
  if (a === 0 && b === 0x3c) return 'utf-16be';
  if (a === 0x3c && b === 0) return 'utf-16le';
  const prologue = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PROLOGUE)).toString('latin1');
  const [, , declared = 'utf-8'] = /^\s*<\?xml[^>]*?\sencoding\s*=\s*(["'])([A-Za-z][\w.-]*)\1/.exec(prologue) ?? [];
  // A document that says UTF-16 in single bytes was recoded on its way.
  return /^utf-?16|^ucs-?2|^iso-10646-ucs-2/i.test(declared) ? 'utf-8' : declared;
}

/** The text of a whole document. @throws XmlSyntaxError for bytes that its encoding does not have */
export function decodeXml(bytes: Uint8Array, charset?: string): string {
  const decoder = new XmlDecoder(charset);
  return decoder.write(bytes) + decoder.end();
}
