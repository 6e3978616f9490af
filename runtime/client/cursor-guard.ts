/**
 * Notices that cursors go round in a circle, of whatever length, and keeps one of them only (Brent's cycle detection): the kept
 * one is exchanged after 1, 2, 4, 8, … pages, so that it lies within the circle sooner or later.
 */
export class CursorGuard {
  #kept: string | undefined;
  #pages = 0;
  #exchangedAfter = 1;

  /** Whether the cursor has been there before; at the latest after three rounds of a circle. */
  repeats(cursor: string): boolean {
    if (cursor === this.#kept) return true;
    this.#pages += 1;
    if (this.#pages === this.#exchangedAfter) {
      this.#kept = cursor;
      this.#pages = 0;
      this.#exchangedAfter *= 2;
    }
    return false;
  }
}
