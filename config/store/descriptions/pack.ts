import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';

/**
 * Values as lines of JSON, compressed (gzip, RFC 1952), in base64: text columns are the same on both databases. The values go through one by
 * one, since the whole text can be very long.
 */
export async function pack(values: Iterable<unknown>): Promise<string> {
  return (await buffer(Readable.from(lines(values)).pipe(createGzip()))).toString('base64');
}

function* lines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** The values that were packed. */
export async function* unpack(packed: string): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of Readable.from([Buffer.from(packed, 'base64')]).pipe(createGunzip())) {
    const parts = decoder.write(chunk as Buffer).split('\n');
    parts[0] = rest + parts[0];
    rest = parts.pop() ?? '';
    for (const line of parts) yield JSON.parse(line);
  }
}
