import type { StreamedResult } from '../../brokers/broker.js';

/** What is told of a result that arrives: one of both, once. */
export interface Watching {
  /** All has come, or whoever takes it has had enough. */
  readonly ended: () => void;
  readonly failed: (error: unknown) => void;
}

/** The same result, watched while it arrives. One that is there already has ended. */
export function watched(result: StreamedResult, watching: Watching): StreamedResult {
  if ('bytes' in result) return { ...result, bytes: passedOn(result.bytes, watching) };
  if ('arriving' in result) return { ...result, arriving: passedOn(result.arriving, watching) };
  watching.ended();
  return result;
}

async function* passedOn<T>(parts: AsyncIterable<T>, { ended, failed }: Watching): AsyncGenerator<T, void, undefined> {
  let broken = false;
  try {
    yield* parts;
  } catch (error) {
    broken = true;
    failed(error);
    throw error;
  } finally {
    if (!broken) ended();
  }
}
