import type { StreamedResult } from '../../brokers/broker.js';

/** The same result; `failed` is told when it breaks off while it arrives. */
export function watched(result: StreamedResult, failed: (error: unknown) => void): StreamedResult {
  if ('bytes' in result) return { ...result, bytes: watching(result.bytes, failed) };
  if ('arriving' in result) return { ...result, arriving: watching(result.arriving, failed) };
  return result;
}

async function* watching<T>(
  parts: AsyncIterable<T>,
  failed: (error: unknown) => void,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* parts;
  } catch (error) {
    failed(error);
    throw error;
  }
}
