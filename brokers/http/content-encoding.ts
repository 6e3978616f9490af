import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { SmartwrightError, UpstreamError } from '../../config/model/errors.js';
import { tooLarge } from './exchange.js';

/** What an answer may come in: the encodings that can be undone (RFC 9110 §8.4.1; RFC 7932 for `br`). */
export const acceptEncoding = 'gzip, deflate, br';

interface Decoder {
  whole(bytes: Buffer, limits: zlib.ZlibOptions): Promise<Buffer>;
  stream(): Transform;
}

const gzip: Decoder = { whole: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip), stream: zlib.createGunzip };

const decoders: Readonly<Record<string, Decoder>> = {
  gzip,
  'x-gzip': gzip,
  deflate: {
    whole: (bytes, limits) =>
      isZlib(bytes[0])
        ? promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate)(bytes, limits)
        : promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw)(bytes, limits),
    stream: zlib.createInflate,
  },
  br: {
    whole: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.brotliDecompress),
    stream: zlib.createBrotliDecompress,
  },
};

/** RFC 9110 asks for zlib's wrapping; some servers send plain deflate. The first byte of zlib's has method 8 (RFC 1950 §2.2). */
function isZlib(first: number | undefined): boolean {
  return first !== undefined && (first & 0x0f) === 8;
}

/**
 * Undoes the content encodings of a body.
 *
 * @param maxBytes of the decoded body; decoding stops there
 * @throws UpstreamError UPSTREAM_UNREADABLE, UPSTREAM_TOO_LARGE
 */
export async function decode(bytes: Buffer, encoding: string, maxBytes: number, what: string): Promise<Buffer> {
  let decoded = bytes;
  for (const [name, decoder] of chain(encoding, what)) {
    if (decoded.length === 0) return decoded;
    try {
      decoded = await decoder.whole(decoded, { maxOutputLength: maxBytes });
    } catch (error) {
      throw undecodable(error, name, maxBytes, what);
    }
  }
  return decoded;
}

/** The same for a body that is read piece by piece. */
export function decodeStream(body: Readable, encoding: string, maxBytes: number, what: string): Readable {
  const steps = chain(encoding, what);
  if (steps.length === 0) return body;
  const names = steps.map(([name]) => name).join(', ');
  const last = new Counter(maxBytes, (error) => undecodable(error, names, maxBytes, what), what);
  // A fault anywhere destroys the last stream, whose reader is told of it there, even one that begins to read only then.
  last.on('error', () => {});
  pipeline([body, ...steps.map(([, decoder]) => decoder.stream()), last]).catch(() => {});
  return last;
}

/** The decoders in the order in which they apply: the encoding named last was applied last. */
function chain(encoding: string, what: string): [string, Decoder][] {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return names
    .filter((name) => name !== '' && name !== 'identity')
    .reverse()
    .map((name) => {
      const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
      if (decoder !== undefined) return [name, decoder];
      const message = `${what}: the answer has the content encoding "${name.slice(0, 40)}"; only ${acceptEncoding} can be read.`;
      throw new UpstreamError('UPSTREAM_UNREADABLE', message);
    });
}

function undecodable(error: unknown, name: string, maxBytes: number, what: string): SmartwrightError {
  if (error instanceof SmartwrightError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(what, maxBytes);
  const message = `${what}: the answer cannot be decoded as ${name}; it is damaged or cut off.`;
  return new UpstreamError('UPSTREAM_UNREADABLE', message, { cause: error });
}

/** Counts what passes and stops it beyond a limit; what goes wrong on the way becomes a typed error. */
class Counter extends Transform {
  readonly #maxBytes: number;
  readonly #typed: (error: Error) => Error;
  readonly #what: string;
  #size = 0;

  constructor(maxBytes: number, typed: (error: Error) => Error, what: string) {
    super();
    this.#maxBytes = maxBytes;
    this.#typed = typed;
    this.#what = what;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, callback: TransformCallback): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) callback(tooLarge(this.#what, this.#maxBytes));
    else callback(null, chunk);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    callback(error === null ? null : this.#typed(error));
  }
}
