import type { AnswerPlan, Codec } from '../../../plan.js';
import { parseJson } from '../../json/json.js';
import { EventStreamReader } from './event-stream.js';
import { Records } from './records.js';

/** Reads items out of text that arrives piece by piece. */
export interface ItemReader {
  /**
   * The items that the text completes; those before one that is not what it should be are given.
   *
   * @throws SyntaxError, RangeError for an item that is not what it should be; UpstreamError UPSTREAM_TOO_LARGE
   */
  push(text: string): Iterable<unknown>;
  /** The items that the end completes. */
  end(): Iterable<unknown>;
}

/** The codecs whose answers are items one after another. */
export type ItemCodec = Extract<Codec, 'event-stream' | 'json-lines' | 'json-seq'>;

/** What stands before each text of a JSON sequence. */
const SEPARATOR = '\u001e';

const makers: Readonly<Record<ItemCodec, (plan: AnswerPlan) => ItemReader>> = {
  'event-stream': (plan) => new EventStreamReader(plan),
  // Lines that are blank are skipped.
  'json-lines': () => new JsonRecords('\n'),
  // RFC 7464 §2.2: a text may itself have line breaks.
  'json-seq': () => new JsonRecords(SEPARATOR),
};

export function isItemCodec(codec: Codec): codec is ItemCodec {
  return Object.hasOwn(makers, codec);
}

export function itemReader(codec: ItemCodec, plan: AnswerPlan): ItemReader {
  return makers[codec](plan);
}

/** All items of a text. */
export function readItems(reader: ItemReader, text: string): unknown[] {
  return [...reader.push(text), ...reader.end()];
}

/** JSON texts with a separator between them. */
class JsonRecords implements ItemReader {
  readonly #records: Records;

  constructor(separator: string) {
    this.#records = new Records(separator);
  }

  *push(text: string): Iterable<unknown> {
    for (const record of this.#records.push(text)) yield* read(record);
  }

  end(): Iterable<unknown> {
    return read(this.#records.end());
  }
}

function read(record: string): unknown[] {
  const trimmed = record.trim();
  // Some services write JSON lines with the separators of a JSON sequence.
  const text = trimmed.startsWith(SEPARATOR) ? trimmed.slice(1).trim() : trimmed;
  return text === '' ? [] : [parseJson(text)];
}
