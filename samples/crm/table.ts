/** Rows in memory, by number. Numbers count up and are not given out twice. */
export class Table<Row extends { id: number }> {
  readonly #rows = new Map<number, Row>();
  #next: number;

  /** @param first the number of the first row */
  constructor(first: number) {
    this.#next = first;
  }

  insert(fields: Omit<Row, 'id'>): Row {
    const row = { id: this.#next++, ...fields } as Row;
    this.#rows.set(row.id, row);
    return row;
  }

  get(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  replace(row: Row): Row {
    this.#rows.set(row.id, row);
    return row;
  }

  delete(id: number): boolean {
    return this.#rows.delete(id);
  }

  /** In the order of their numbers. */
  where(fits: (row: Row) => boolean = () => true): Row[] {
    return [...this.#rows.values()].filter(fits);
  }
}
