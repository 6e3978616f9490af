import type { Readable } from 'node:stream';
import type { TextDecoder } from 'node:util';
import type { ItemReader } from './item-reader.js';

/**
 * The items of a body while it arrives. Ends the connection when the reader stops early.
 *
 * @param typed makes the error to be thrown of what the reader of items throws
 */
export async function* arriving(
  body: Readable,
  decoder: TextDecoder,
  reader: ItemReader,
  typed: (error: unknown) => unknown,
): AsyncGenerator<unknown, void, undefined> {
  try {
    for await (const chunk of body as AsyncIterable<Buffer>)
      yield* reader.push(decoder.decode(chunk, { stream: true }));
    yield* reader.push(decoder.decode());
    yield* reader.end();
  } catch (error) {
    throw typed(error);
  } finally {
    body.destroy();
  }
}
