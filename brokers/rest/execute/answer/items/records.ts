import { UpstreamError } from '../../../../../config/model/errors.js';

/** Characters of one item; a longer one is refused before it is complete. */
const MAX_ITEM = 32 * 1024 * 1024;

/** Cuts text that arrives piece by piece at a separator of one character. What is not complete yet is kept, and no more than that. */
export class Records {
  readonly #separator: string;
  readonly #longest: number;
  #pieces: string[] = [];
  #length = 0;

  constructor(separator: string, longest = MAX_ITEM) {
    this.#separator = separator;
    this.#longest = longest;
  }

  /**
   * The records that the text completes.
   *
   * @throws UpstreamError UPSTREAM_TOO_LARGE
   */
  push(text: string): string[] {
    const records = text.split(this.#separator);
    const rest = records.pop() ?? '';
    if (records.length > 0) {
      records[0] = this.#take() + records[0];
    }
    this.#pieces.push(rest);
    this.#length += rest.length;
    if (this.#length > this.#longest) {
      const message = `An item of the answer is longer than ${this.#longest} characters.`;
      throw new UpstreamError('UPSTREAM_TOO_LARGE', message);
    }
    return records;
  }

  /** What is left at the end. */
  end(): string {
    return this.#take();
  }

  #take(): string {
    const text = this.#pieces.length === 1 ? (this.#pieces[0] ?? '') : this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    return text;
  }
}
