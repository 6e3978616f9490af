/** Tells when a walk along references goes round in a circle, with memory for one step only (Brent's algorithm). */
export class Circle {
  #mark: unknown;
  #steps = 0;
  #until = 1;

  /** Whether the walk, which is now at a value, goes round. */
  closes(value: unknown): boolean {
    if (this.#steps > 0 && value === this.#mark) return true;
    if (++this.#steps === this.#until) {
      this.#mark = value;
      this.#until *= 2;
    }
    return false;
  }
}
