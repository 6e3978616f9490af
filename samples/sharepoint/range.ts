/** Bytes from the first to the last, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One range of `Range: bytes=…` (RFC 9110 §14.2); undefined when the whole is meant. */
export function rangeOf(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return start > end || start >= length ? 'unsatisfiable' : { start, end };
}
