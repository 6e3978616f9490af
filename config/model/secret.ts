import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A value that cannot print: not by `String()`, template literals, JSON, `util.inspect` or a logger. Call `reveal()` at the
 * one place that sends it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Keep it out of anything that outlives the request it is sent in. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
