/** A piece of a file, and whether it is the last. */
export interface Arriving {
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/** Cuts what arrives into pieces of one size; no more than two are held. The last one may be smaller, never empty but for an empty file. */
export async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Arriving, void, undefined> {
  let held: Uint8Array | undefined;
  let chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (rest.length > 0) {
      const taken = rest.subarray(0, size - length);
      chunks.push(taken);
      length += taken.length;
      rest = rest.subarray(taken.length);
      if (length < size) continue;
      if (held !== undefined) yield { bytes: held, last: false };
      held = Buffer.concat(chunks, length);
      chunks = [];
      length = 0;
    }
  }
  if (held !== undefined && length > 0) yield { bytes: held, last: false };
  const last = length > 0 || held === undefined ? Buffer.concat(chunks, length) : held;
  yield { bytes: last, last: true };
}
